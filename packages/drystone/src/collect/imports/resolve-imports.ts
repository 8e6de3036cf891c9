/** From what files write to who imports whom. */
import type { ImportGraph, ImportKind } from "#model/facts.js";
import type { FileImports, FoundAllowance, FoundImport, ImportLanguage } from "./file-imports.js";
import type { Resolution } from "./front-end.js";
import { frontEnds } from "./front-ends.js";

/**
 * The graph of one repository. `paths` are all its files, `perFile` what `scanImports` read of some of them, `configs` the texts of those
 * for which `isImportConfig` is true. Deterministic; the order of the maps does not matter.
 */
export function resolveImports(
  repository: string,
  paths: readonly string[],
  perFile: ReadonlyMap<string, FileImports>,
  configs: ReadonlyMap<string, string>,
): ImportGraph {
  return countedImports(repository, paths, perFile, configs).graph;
}

/** What one file adds to the counts of its language. */
export type FileCounts = readonly [imports: number, resolved: number, packages: number, unresolved: number];

/** The same with what each file adds to the counts. */
export function countedImports(
  repository: string,
  paths: readonly string[],
  perFile: ReadonlyMap<string, FileImports>,
  configs: ReadonlyMap<string, string>,
): { readonly graph: ImportGraph; readonly counted: ReadonlyMap<string, FileCounts> } {
  const counted = new Map<string, FileCounts>();
  const all = new Set(paths);
  const edges: Edge[] = [];
  const packages: NamedPackage[] = [];
  const unresolved: Named[] = [];
  const counts = new Map<ImportLanguage, Counts>();
  const scanned = [...perFile].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const { languages, isConfig, resolver } of frontEnds) {
    const files = new Map(scanned.filter(([, file]) => languages.includes(file.language)));
    if (files.size === 0) continue;
    const resolve = resolver({ paths: all, files, configs: new Map([...configs].filter(([path]) => isConfig(path))) });
    for (const [from, file] of files) {
      const count = counts.get(file.language) ?? { files: 0, imports: 0, resolved: 0, packages: 0, unresolved: 0 };
      counts.set(file.language, count);
      count.files++;
      const before = { ...count };
      for (const found of file.imports) add(from, found, resolve(from, found, file), count);
      counted.set(from, [
        count.imports - before.imports,
        count.resolved - before.resolved,
        count.packages - before.packages,
        count.unresolved - before.unresolved,
      ]);
    }
  }
  const allowances = scanned.flatMap(([from, file]) => (file.allowances ?? []).map((one) => ({ from, ...one })));
  return { graph: graphOf(repository, edges, packages, unresolved, counts, allowances), counted };

  function add(from: string, { specifier, kind, line }: FoundImport, resolution: Resolution, count: Counts): void {
    if ("ignored" in resolution) return;
    count.imports++;
    if ("files" in resolution) {
      count.resolved++;
      for (const to of resolution.files) if (to !== from) edges.push({ from, to, line, kind });
    } else if ("package" in resolution) {
      count.packages++;
      packages.push({ from, name: resolution.package, line, kind, declared: resolution.declared });
    } else {
      count.unresolved++;
      unresolved.push({ from, name: specifier, line });
    }
  }
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly line: number;
  readonly kind: ImportKind;
}

interface Named {
  readonly from: string;
  readonly name: string;
  readonly line: number;
}

interface NamedPackage extends Named {
  readonly kind: ImportKind;
  readonly declared: "runtime" | "development" | "no" | undefined;
}

interface Counts {
  files: number;
  imports: number;
  resolved: number;
  packages: number;
  unresolved: number;
}

function graphOf(
  repository: string,
  edges: readonly Edge[],
  packages: readonly NamedPackage[],
  unresolved: readonly Named[],
  counts: ReadonlyMap<ImportLanguage, Counts>,
  allowances: readonly (FoundAllowance & { readonly from: string })[],
): ImportGraph {
  const named = new Set<string>();
  for (const list of [edges, packages, unresolved, allowances]) for (const { from } of list) named.add(from);
  for (const { to } of edges) named.add(to);
  const files = [...named].sort();
  const at = new Map(files.map((file, index) => [file, index]));
  const indexOf = (file: string) => at.get(file) ?? 0;
  const sorted = edges
    .map(({ from, to, line, kind }) => ({ from: indexOf(from), to: indexOf(to), line, kind }))
    .sort((a, b) => a.from - b.from || a.line - b.line || a.to - b.to || strength[a.kind] - strength[b.kind])
    // Of several imports of one file on one line the one that matters most at run time stays.
    .filter((edge, index, list) => {
      const before = list[index - 1];
      return !before || before.from !== edge.from || before.line !== edge.line || before.to !== edge.to;
    });
  return {
    repository,
    files,
    from: sorted.map(({ from }) => from),
    to: sorted.map(({ to }) => to),
    lines: sorted.map(({ line }) => line),
    kinds: sorted.map(({ kind }) => kind),
    packages: firstOfEach(packages).map(({ from, name, line, kind, declared }) => ({
      from: indexOf(from),
      name,
      line,
      kind,
      ...(declared === undefined ? {} : { declared }),
    })),
    unresolved: firstOfEach(unresolved).map(({ from, name, line }) => ({ from: indexOf(from), specifier: name, line })),
    ...(allowances.length === 0 ? {} : { allowances: allowances.map((one) => ({ ...one, from: indexOf(one.from) })) }),
    counts: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([language, count]) => ({ language, ...count })),
  };
}

const strength: Readonly<Record<ImportKind, number>> = { value: 0, reexport: 1, dynamic: 2, type: 3 };

/** One of each file and name, the first of the strongest kind, sorted by file and line. */
function firstOfEach<One extends Named & { readonly kind?: ImportKind }>(named: readonly One[]): One[] {
  const first = new Map<string, One>();
  for (const one of named) {
    const key = `${one.from}\0${one.name}`;
    const before = first.get(key);
    const weaker = strength[one.kind ?? "value"] - strength[before?.kind ?? "value"];
    if (!before || weaker < 0 || (weaker === 0 && one.line < before.line)) first.set(key, one);
  }
  return [...first.values()].sort((a, b) =>
    a.from === b.from ? a.line - b.line || (a.name < b.name ? -1 : 1) : a.from < b.from ? -1 : 1,
  );
}
