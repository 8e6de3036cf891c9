/** Which files use which tables: from source, and for tables that only links or traces show from those. */
import type { Evidence } from "#model/evidence.js";
import type { Facts, TableFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { type FileView, isMigrationPath, isTestPath } from "../files/index.js";

export interface KnownTable {
  readonly table: Ref;
  readonly name: string;
  readonly uses: readonly KnownUse[];
}

export interface KnownUse {
  /** The component that uses it, where no file of program text shows it. */
  readonly from: Ref | null;
  /** By index into the view; -1 where no file is known. */
  readonly file: number;
  readonly writes: boolean;
  readonly evidence: Evidence | null;
}

/** Tables and buckets with every use that is no test, by ref. */
export function knownTables(
  { tables = [], resources, relations }: Pick<Facts, "tables" | "resources" | "relations">,
  view: FileView,
): KnownTable[] {
  const found = new Map<Ref, { readonly name: string; readonly uses: KnownUse[] }>();
  for (const fact of tables) found.set(fact.table, { name: fact.name, uses: usesOf(fact, view) });
  const bySource = new Set(found.keys());
  const names = new Map(resources.flatMap(({ ref, name, kind }) => (kind === "table" ? [[ref, name] as const] : [])));
  for (const { from, to, kind, evidence, seen } of relations) {
    const name = names.get(to);
    if ((kind !== "reads" && kind !== "writes") || name === undefined) continue;
    if (bySource.has(to) && !seen.includes("runtime") && !seen.includes("declared")) continue;
    const table = found.get(to) ?? { name, uses: [] };
    found.set(to, table);
    const places = evidence
      .flatMap((one) =>
        one.type === "file" && !isTestPath(one.file) ? [{ evidence: one, file: view.find(one.repository, one.file) }] : [],
      )
      .filter(({ file }) => file >= 0);
    const writes = kind === "writes";
    if (places.length === 0) table.uses.push({ from, file: -1, writes, evidence: evidence[0] ?? null });
    else if (!bySource.has(to)) for (const place of places) table.uses.push({ from, writes, ...place });
  }
  return [...found].map(([table, known]) => ({ table, ...known })).sort((a, b) => (a.table < b.table ? -1 : 1));
}

/** A file that only lists tables, as migrations and schemas do, uses none of them. */
function usesOf({ uses }: TableFact, view: FileView): KnownUse[] {
  return uses.flatMap(({ repository, file: path, line, access }): KnownUse[] => {
    const file = view.find(repository, path);
    if (file < 0 || access === "define" || isTestPath(path) || isMigrationPath(path)) return [];
    if (access === "map" && listsTables.test(path)) return [];
    return [{ from: null, file, writes: access === "write", evidence: { type: "file", repository, file: path, line } }];
  });
}

/** The context of Entity Framework, the schema of Prisma, Rails or SQL: one place for the tables of everybody. */
const listsTables = /(?:context|\.designer|snapshot)\.cs$|\.prisma$|(?:^|\/)db\/schema\.rb$|\.sql$/i;
