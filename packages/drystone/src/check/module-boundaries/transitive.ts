/** Rules that deny reaching something over other files: the last step out of what the rule speaks about, with the shortest way. */
import type { Evidence } from "#model/evidence.js";
import type { Policy, SelectorRule } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef } from "#model/refs.js";
import { rowsOf } from "#util/strong-sets.js";
import type { ModuleIndex } from "./module-index.js";
import { coversPackage, coversSpot } from "./selecting.js";
import { type FileTable, useAt } from "./uses.js";
import { enforcementOf, violation } from "./violating.js";

export function transitiveViolations(
  policy: Policy,
  tables: readonly FileTable[],
  index: ModuleIndex,
  counts: (table: FileTable, edge: number) => boolean,
): Violation[] {
  const rules = policy.rules.filter(({ effect, transitive }) => effect === "deny" && transitive);
  return rules.flatMap((rule) => tables.flatMap((table) => ofRule(policy, rule, table, index, counts)));
}

function ofRule(
  policy: Policy,
  rule: SelectorRule,
  table: FileTable,
  index: ModuleIndex,
  counts: (table: FileTable, edge: number) => boolean,
): Violation[] {
  const { graph, modules } = table;
  const spots = graph.files.map((file, at) => ({ file, module: modules[at] ?? null }));
  const isFrom = spots.map((spot) => coversSpot(rule.from, spot, index));
  const isTarget = spots.map((spot, at) => !isFrom[at] && coversSpot(rule.to, spot, index));
  const edges = graph.from.flatMap((_, edge) =>
    fitsKind(rule, graph.kinds[edge] ?? "value") && counts(table, edge) ? [edge] : [],
  );
  const packages = packageTargets(rule, table);
  const ways = waysTo(
    graph.files.length,
    isTarget,
    packages,
    edges.map((edge) => graph.from[edge] ?? 0),
    edges.map((edge) => graph.to[edge] ?? 0),
  );
  const found: Violation[] = [];
  const seen = new Set<string>();
  const report = (at: number, to: string, line: number, path: readonly string[]) => {
    const file = graph.files[at] ?? "";
    if (seen.has(`${file}\n${to}`)) return;
    seen.add(`${file}\n${to}`);
    const module = modules[at] ?? null;
    const last = path.at(-1) ?? to;
    const targetModule = index.of(graph.repository, last);
    const word = rule.enforce ?? enforcementOf(policy, "deny", module, null);
    if (word === "off") return;
    const ref = module?.ref ?? componentRef(graph.repository);
    found.push(
      violation({
        rule: "deny",
        enforcement: word,
        module: ref,
        subjects: targetModule && targetModule !== module ? [ref, targetModule.ref] : [ref],
        from: file,
        to,
        kind: null,
        message: `${file} reaches ${last}${path.length > 1 ? ` over ${path.slice(0, -1).join(" -> ")}` : ""}: ${rule.why ?? `a rule denies ${rule.fromText} -> ${rule.toText}, also over other files`}`,
        fix: `take out one step of the way${rule.see === null ? "" : `, see ${rule.see}`}; the rule stands at ${rule.place.file}:${rule.place.line}`,
        location: { repository: graph.repository, file, line },
        evidence: [
          { type: "file", repository: graph.repository, file, line, text: path.join(" -> ").slice(0, 1000) } satisfies Evidence,
        ],
      }),
    );
  };
  for (const edge of edges) {
    const from = graph.from[edge] ?? 0;
    const to = graph.to[edge] ?? 0;
    // Only where the way leaves what the rule speaks about: further steps inside of it are the same way.
    if (!isFrom[from] || isFrom[to] || (ways.distance[to] ?? -1) < 0) continue;
    report(from, graph.files[to] ?? "", useAt(graph, edge).line, pathFrom(table, ways, to, packages));
  }
  for (const [at, target] of packages) if (isFrom[at]) report(at, target.name, target.line, [target.name]);
  return found;
}

function fitsKind({ kinds }: SelectorRule, kind: "value" | "type" | "dynamic" | "reexport"): boolean {
  return kinds === null || kinds.includes(kind);
}

/** Files that import a package of the rule, with the first of them. */
function packageTargets(
  rule: SelectorRule,
  { graph, ecosystem }: FileTable,
): Map<number, { readonly name: string; readonly line: number }> {
  const found = new Map<number, { readonly name: string; readonly line: number }>();
  if (!rule.to.some(({ of }) => of === "package")) return found;
  for (const { from, name, line, kind = "value", declared = null } of graph.packages) {
    if (!found.has(from) && fitsKind(rule, kind) && coversPackage(rule.to, { name, ecosystem: ecosystem(from), declared }))
      found.set(from, { name, line });
  }
  return found;
}

interface Ways {
  /** Steps to the nearest target; -1 where no way leads to one. */
  readonly distance: Int32Array;
  /** The next file on the way. */
  readonly next: Int32Array;
}

/** Breadth first from the targets against the direction of the imports. */
function waysTo(
  files: number,
  isTarget: readonly boolean[],
  packages: ReadonlyMap<number, unknown>,
  from: readonly number[],
  to: readonly number[],
): Ways {
  const { offsets, targets: importers } = rowsOf(files, to, from);
  const distance = new Int32Array(files).fill(-1);
  const next = new Int32Array(files).fill(-1);
  const queue: number[] = [];
  for (let file = 0; file < files; file++) {
    if (!isTarget[file] && !packages.has(file)) continue;
    distance[file] = 0;
    queue.push(file);
  }
  for (const file of queue) {
    for (let at = offsets[file] ?? 0; at < (offsets[file + 1] ?? 0); at++) {
      const importer = importers[at] ?? 0;
      if ((distance[importer] ?? 0) >= 0) continue;
      distance[importer] = (distance[file] ?? 0) + 1;
      next[importer] = file;
      queue.push(importer);
    }
  }
  return { distance, next };
}

function pathFrom(
  { graph }: FileTable,
  { next }: Ways,
  start: number,
  packages: ReadonlyMap<number, { readonly name: string }>,
): string[] {
  const path: string[] = [];
  let last = start;
  for (let at = start; at >= 0 && path.length < 50; at = next[at] ?? -1) {
    path.push(graph.files[at] ?? "");
    last = at;
  }
  const target = packages.get(last);
  return target ? [...path, target.name] : path;
}
