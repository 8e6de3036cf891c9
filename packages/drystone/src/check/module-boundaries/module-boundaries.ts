/** Do modules use each other only as declared? Pure: imports and policy in, violations and a verdict out. */
import type { ImportGraph, Problem } from "#model/facts.js";
import type { ModuleFact, Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef } from "#model/refs.js";
import { allowancesOf } from "./allowances.js";
import { cycleViolations } from "./cycles.js";
import { foreignTables, type TableTouch } from "./foreign-tables.js";
import { type Breach, type LocalRules, localRules } from "./local-rules.js";
import { type ModuleIndex, moduleIndex } from "./module-index.js";
import type { Spot } from "./selecting.js";
import { staleFaces } from "./stale-faces.js";
import { transitiveViolations } from "./transitive.js";
import { unassigned } from "./unassigned.js";
import { nothingRead, type Unresolved, unreadableFiles, unresolvedImports } from "./unread.js";
import { unusedExceptions, unusedUses } from "./unused.js";
import { type FileTable, fileTable, useAt } from "./uses.js";
import { assessmentId, enforcementOf, violation } from "./violating.js";
import { type RepositoryFiles, withoutFiles } from "./without-files.js";

export interface BoundaryInput {
  readonly policy: Policy;
  readonly graphs: readonly ImportGraph[];
  readonly files: RepositoryFiles;
  /** Source files that could not be read. */
  readonly unreadable: readonly (Problem & { readonly repository: string })[];
  /** Null: data access was not read. */
  readonly tables: readonly TableTouch[] | null;
  /** Share of unresolved imports that is tolerated, 0..1. */
  readonly unresolvedShare: number;
  /** Of the modules of the policy; made here when left out. */
  readonly index?: ModuleIndex;
}

export interface BoundaryCheck {
  readonly violations: readonly Violation[];
  readonly counts: BoundaryCounts;
}

export interface BoundaryCounts {
  readonly files: number;
  /** Of these, those that are told to belong to no module. */
  readonly outside: number;
  readonly imports: number;
  /** Imports of one module by another. */
  readonly crossing: number;
  /** Crossing imports of types alone, and of tests, that were not judged. */
  readonly skippedTypes: number;
  readonly skippedTests: number;
  readonly allowed: number;
  readonly unresolved: Omit<Unresolved, "violations">;
  readonly unreadable: number;
}

export function checkModuleBoundaries(input: BoundaryInput): BoundaryCheck {
  const { policy, graphs, files } = input;
  const index = input.index ?? moduleIndex(policy.modules);
  const tables = graphs.map((graph) => fileTable(graph, index));
  const allowances = allowancesOf(tables);
  const rules = localRules(policy, index);
  const local = tables.map((table) => ofTable(policy, table, rules));
  const counts = (table: FileTable, edge: number) => !(policy.tests === "ignore" && table.isTest[table.graph.from[edge] ?? 0]);
  const inCircles = (table: FileTable, edge: number) =>
    counts(table, edge) && !allowances.covers(table, table.graph.from[edge] ?? 0, table.graph.lines[edge] ?? 0, "cycle");
  const circles = cycleViolations(policy, tables, inCircles);
  const transitive = transitiveViolations(policy, tables, index, counts);
  const unresolved = unresolvedImports(policy, tables, input.unresolvedShare, (table, file, line) =>
    allowances.covers(table, file, line, "unresolved"),
  );
  const foreign = foreignTables(policy, input.tables ?? [], index);
  const [repository = ""] = files.keys();
  const judged = allowances.applied([...local.flatMap(({ violations }) => violations), ...transitive, ...foreign]);
  const violations = [
    ...judged,
    ...circles,
    ...unresolved.violations,
    ...withoutFiles(policy, files),
    ...unassigned(policy, files, index),
    ...unusedUses(policy, tables, index),
    ...staleFaces(policy, files),
    ...unreadableFiles(policy, input.unreadable, index),
    ...nothingRead(policy, graphs, repository),
    ...unusedExceptions(policy, rules.unusedAllows(), repository),
    ...allowances.violations(policy),
  ];
  return {
    violations: sorted(onePerKey(violations)),
    counts: {
      files: tables.reduce((sum, { graph }) => sum + graph.counts.reduce((all, count) => all + count.files, 0), 0),
      outside: violations.reduce(
        (sum, { key, finding }) => sum + (key.rule === `${assessmentId}/unassigned` ? (finding.value ?? 0) : 0),
        0,
      ),
      imports: tables.reduce((sum, { graph }) => sum + graph.counts.reduce((all, count) => all + count.imports, 0), 0),
      crossing: local.reduce((sum, one) => sum + one.crossing, 0),
      skippedTypes: local.reduce((sum, one) => sum + one.skippedTypes, 0),
      skippedTests: local.reduce((sum, one) => sum + one.skippedTests, 0),
      allowed: judged.filter(({ finding }) => finding.state === "accepted").length,
      unresolved: { count: unresolved.count, of: unresolved.of, share: unresolved.share },
      unreadable: input.unreadable.length,
    },
  };
}

interface LocalOutcome {
  readonly violations: readonly Violation[];
  readonly crossing: number;
  readonly skippedTypes: number;
  readonly skippedTests: number;
}

function ofTable(policy: Policy, table: FileTable, rules: LocalRules): LocalOutcome {
  const { graph, modules, isTest } = table;
  const violations: Violation[] = [];
  const spots = graph.files.map((file, at): Spot => ({ file, module: modules[at] ?? null }));
  const spot = (at: number): Spot => spots[at] ?? { file: "", module: null };
  let [crossing, skippedTypes, skippedTests] = [0, 0, 0];
  for (let edge = 0; edge < graph.from.length; edge++) {
    const from = graph.from[edge] ?? 0;
    const to = graph.to[edge] ?? 0;
    const kind = graph.kinds[edge] ?? "value";
    const crosses = modules[from] !== modules[to] && modules[from] !== null && modules[to] !== null;
    const isType = kind === "type";
    if (crosses) crossing++;
    if (isTest[from] && policy.tests === "ignore") {
      if (crosses) skippedTests++;
      continue;
    }
    if (isType && policy.types === "ignore") {
      if (crosses) skippedTypes++;
      continue;
    }
    const breaches = rules.ofFile({ from: spot(from), to: spot(to), kind });
    for (const breach of breaches) {
      const isSoft =
        (isType && policy.types === "warn" && breach.by?.kinds?.includes("type") !== true) ||
        (isTest[from] === 1 && policy.tests === "warn");
      violations.push(...fileViolation(policy, table, edge, breach, isSoft));
    }
  }
  for (const { from, name, line, kind = "value", declared = null } of graph.packages) {
    if ((isTest[from] && policy.tests === "ignore") || (kind === "type" && policy.types === "ignore")) continue;
    const used = { name, ecosystem: table.ecosystem(from), declared };
    for (const breach of rules.ofPackage({ from: spot(from), used, kind })) {
      const isSoft = kind === "type" && policy.types === "warn" && breach.by?.kinds?.includes("type") !== true;
      violations.push(...packageViolation(policy, table, from, line, name, kind, breach, isSoft));
    }
  }
  return { violations, crossing, skippedTypes, skippedTests };
}

function fileViolation(policy: Policy, table: FileTable, edge: number, breach: Breach, isSoft: boolean): Violation[] {
  const { graph, modules } = table;
  const from = modules[graph.from[edge] ?? 0] ?? null;
  const to = modules[graph.to[edge] ?? 0] ?? null;
  const enforcement = breach.by?.enforce ?? enforcementOf(policy, breach.rule, from, to);
  if (enforcement === "off") return [];
  const use = useAt(graph, edge);
  const ref = refOf(from, graph.repository);
  return [
    violation({
      rule: breach.rule,
      enforcement: isSoft ? "warn" : enforcement,
      module: ref,
      subjects: to !== null && to !== from ? [ref, to.ref] : [ref],
      from: use.file,
      to: use.to,
      kind: use.kind,
      message: `${nameOf(from, use.file)} ${verbs[use.kind]} ${use.to}: ${breach.because}`,
      fix: breach.fix,
      location: { repository: use.repository, file: use.file, line: use.line },
    }),
  ];
}

const verbs = { value: "imports", type: "imports types of", dynamic: "loads", reexport: "passes on" } as const;

function packageViolation(
  policy: Policy,
  { graph, modules }: FileTable,
  at: number,
  line: number,
  name: string,
  kind: keyof typeof verbs,
  breach: Breach,
  isSoft: boolean,
): Violation[] {
  const module = modules[at] ?? null;
  const enforcement = breach.by?.enforce ?? enforcementOf(policy, breach.rule, module, null);
  if (enforcement === "off") return [];
  const file = graph.files[at] ?? "";
  const ref = refOf(module, graph.repository);
  return [
    violation({
      rule: breach.rule,
      enforcement: isSoft ? "warn" : enforcement,
      module: ref,
      subjects: [ref],
      from: file,
      to: name,
      kind,
      message: `${nameOf(module, file)} ${verbs[kind]} ${name}: ${breach.because}`,
      fix: breach.fix,
      location: { repository: graph.repository, file, line },
    }),
  ];
}

function refOf(module: ModuleFact | null, repository: string): string {
  return module?.ref ?? componentRef(repository);
}

function nameOf(module: ModuleFact | null, file: string): string {
  return module?.name ?? file;
}

const strength = { strict: 0, new: 1, warn: 2 } as const;

/** A file may import another in several lines: one finding, of the strictest. */
function onePerKey(violations: readonly Violation[]): Violation[] {
  const found = new Map<string, Violation>();
  for (const one of violations) {
    const key = `${one.key.rule}\n${one.finding.location?.repository ?? ""}\n${one.key.from}\n${one.key.to}`;
    const before = found.get(key);
    if (!before || strength[one.enforcement] < strength[before.enforcement]) found.set(key, one);
  }
  return [...found.values()];
}

function sorted(violations: readonly Violation[]): Violation[] {
  const keyed = violations.map((one) => {
    const { location, code } = one.finding;
    return {
      one,
      key: `${location?.repository ?? ""}\n${location?.file ?? ""}\n${String(location?.line ?? 0).padStart(9, "0")}\n${code}\n${one.key.to}`,
    };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one);
}
