/** Modules with their imports, and which of those a rule forbids. */
import { type Finding, findingsOf, measuresOf, nameOf, type Ref, type Result } from "../../model.js";

export interface ModuleGraphData {
  readonly modules: readonly { readonly ref: Ref; readonly name: string }[];
  readonly imports: readonly ModuleImport[];
  /** Modules that are left out because a picture does not hold them. */
  readonly omitted: number;
  /** Whether rules were checked at all. */
  readonly checked: boolean;
  /** Whether all imports were counted; else only those that a finding is about are known. */
  readonly counted: boolean;
}

export interface ModuleImport {
  readonly from: Ref;
  readonly to: Ref;
  readonly imports: number;
  /** Findings of the boundary rules about this pair that are new, and those that were accepted. */
  readonly violations: readonly Finding[];
  readonly accepted: readonly Finding[];
}

/** More boxes than this are no picture; the matrix holds any number. */
const mostModules = 40;

export function modulesOf(result: Result): ModuleGraphData {
  const found = new Map<string, { from: Ref; to: Ref; imports: number; violations: Finding[]; accepted: Finding[] }>();
  const entry = (from: Ref, to: Ref) => {
    const known = found.get(`${from} ${to}`) ?? { from, to, imports: 0, violations: [], accepted: [] };
    found.set(`${from} ${to}`, known);
    return known;
  };
  for (const {
    subjects: [from = "", to = ""],
    value,
  } of measuresOf(result, "modules.imports"))
    entry(from, to).imports += value ?? 0;
  for (const { finding, assessment } of findingsOf(result)) {
    const [from, to] = finding.subjects;
    if (assessment.id !== "module-boundaries" || from === undefined || to === undefined || from === to) continue;
    const pair = entry(from, to);
    (finding.state === "accepted" ? pair.accepted : pair.violations).push(finding);
  }
  const all = [...found.values()];
  const weights = new Map<Ref, number>();
  for (const { from, to, violations, accepted } of all) {
    for (const ref of [from, to]) weights.set(ref, (weights.get(ref) ?? 0) + 1 + 1000 * (violations.length + accepted.length));
  }
  const kept = [...weights]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostModules)
    .map(([ref]) => ref);
  const isKept = new Set(kept);
  const verdict = result.assessments.find(({ id }) => id === "module-boundaries")?.verdict;
  return {
    modules: kept.map((ref) => ({ ref, name: nameOf(result, ref) })),
    imports: all.filter(({ from, to }) => isKept.has(from) && isKept.has(to)),
    omitted: weights.size - kept.length,
    counted: measuresOf(result, "modules.imports").length > 0,
    checked: verdict === "met" || verdict === "not-met",
  };
}
