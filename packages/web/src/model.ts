/** What the page is drawn from, and the look-ups that its views share. The only file that imports from the tool. */
import type { RelationFact, ResourceFact } from "../../drystone/src/model/facts.js";
import type { Ref } from "../../drystone/src/model/refs.js";
import type { Assessment, Finding, Measure, ModelComponent, ModelTeam, Result } from "../../drystone/src/model/result.js";
import type { ResultDiff } from "../../drystone/src/report/diff/index.js";

export type { Evidence } from "../../drystone/src/model/evidence.js";
export type { LibraryFact, RelationFact, ResourceFact } from "../../drystone/src/model/facts.js";
export { isDeployable } from "../../drystone/src/model/facts.js";
export type { Ref } from "../../drystone/src/model/refs.js";
export type {
  Advice,
  Assessment,
  Finding,
  Measure,
  ModelComponent,
  ModelTeam,
  Result,
} from "../../drystone/src/model/result.js";
export type { ResultDiff } from "../../drystone/src/report/diff/index.js";

/** What the file carries: one result, and how it differs from an earlier one. */
export interface PageData {
  readonly result: Result;
  readonly diff: ResultDiff | null;
  /** How people are shown; the refs of `result` hold numbers instead of handles unless it is `handles`. */
  readonly people: "teams" | "handles" | "off";
}

export function componentsByRef(result: Result): ReadonlyMap<Ref, ModelComponent> {
  return indexOf(result).components;
}

export function resourcesByRef(result: Result): ReadonlyMap<Ref, ResourceFact> {
  return indexOf(result).resources;
}

export function teamsByRef(result: Result): ReadonlyMap<Ref, ModelTeam> {
  return indexOf(result).teams;
}

/** Name of a component, resource or team; the last part of the ref for anything else. Never shortened. */
export function nameOf(result: Result, ref: Ref): string {
  return indexOf(result).names.get(ref) ?? ref.slice(ref.lastIndexOf("/") + 1);
}

/** The team that is declared to own it, else the one that mostly changes it; null when neither is known. */
export function teamOf(component: ModelComponent): Ref | null {
  const { declared, observed } = component.ownership;
  return declared[0]?.ref ?? observed?.ref ?? null;
}

/** Whether all questions were asked, as `assess` does; `check`, `ops check` and `contracts` ask some. */
export function isWhole(result: Result): boolean {
  return result.assessments.some(({ id }) => id === "change-coupling");
}

/** All measures of one id, in the order of the result. */
export function measuresOf(result: Result, id: string): readonly Measure[] {
  return indexOf(result).measures.get(id) ?? [];
}

/** Relations with `ref` on one of their ends. */
export function relationsOf(
  result: Result,
  ref: Ref,
): { readonly uses: readonly RelationFact[]; readonly usedBy: readonly RelationFact[] } {
  const { uses, usedBy } = indexOf(result);
  return { uses: uses.get(ref) ?? [], usedBy: usedBy.get(ref) ?? [] };
}

/** A finding with the assessment that it belongs to. */
export interface FoundIn {
  readonly finding: Finding;
  readonly assessment: Assessment;
}

/** Findings of all assessments, those of advice included, in the order of the result. */
export function findingsOf(result: Result): readonly FoundIn[] {
  return indexOf(result).findings;
}

/** What stands open before what was accepted, errors before notes; else in the order of the result. */
export function findingsAbout(result: Result, ref: Ref): readonly FoundIn[] {
  const severities = ["error", "warning", "note"];
  const rank = ({ finding }: FoundIn): number =>
    (finding.state === "accepted" ? severities.length : 0) + severities.indexOf(finding.severity);
  return (indexOf(result).findingsAbout.get(ref) ?? []).toSorted((one, other) => rank(one) - rank(other));
}

/** CSS colour of each team, `var(--team-1)` and on; the same in every picture. Beyond twelve the colours repeat: a label always stands beside them. */
export function teamColour(result: Result, team: Ref | null): string {
  const place = team === null ? undefined : indexOf(result).teamPlaces.get(team);
  return place === undefined ? "var(--team-none)" : `var(--team-${(place % 12) + 1})`;
}

/** Teams that own, or mostly change, at least one component, by name. Refs that no team declares are among them. */
export function teamsAtWork(result: Result): readonly Ref[] {
  return [...indexOf(result).teamPlaces.keys()];
}

interface Index {
  readonly components: ReadonlyMap<Ref, ModelComponent>;
  readonly resources: ReadonlyMap<Ref, ResourceFact>;
  readonly teams: ReadonlyMap<Ref, ModelTeam>;
  readonly names: ReadonlyMap<Ref, string>;
  readonly measures: ReadonlyMap<string, readonly Measure[]>;
  readonly uses: ReadonlyMap<Ref, readonly RelationFact[]>;
  readonly usedBy: ReadonlyMap<Ref, readonly RelationFact[]>;
  readonly findings: readonly FoundIn[];
  readonly findingsAbout: ReadonlyMap<Ref, readonly FoundIn[]>;
  readonly teamPlaces: ReadonlyMap<Ref, number>;
}

const indices = new WeakMap<Result, Index>();

function indexOf(result: Result): Index {
  const known = indices.get(result);
  if (known !== undefined) return known;
  const made = makeIndex(result);
  indices.set(result, made);
  return made;
}

function makeIndex(result: Result): Index {
  const { components, resources, teams, relations } = result.model;
  const assessments = [...result.assessments, ...result.advice.flatMap((advice) => advice.assessments)];
  const findings = assessments.flatMap((assessment) => assessment.findings.map((finding) => ({ finding, assessment })));
  const names = new Map<Ref, string>([...components, ...resources, ...teams].map(({ ref, name }) => [ref, name]));
  const shortNames = (ref: Ref): string => names.get(ref) ?? ref.slice(ref.lastIndexOf("/") + 1);
  const atWork = new Set(components.flatMap((component) => teamOf(component) ?? []));
  const sorted = [...atWork].sort((one, other) => (shortNames(one) < shortNames(other) ? -1 : 1));
  return {
    components: new Map(components.map((component) => [component.ref, component])),
    resources: new Map(resources.map((resource) => [resource.ref, resource])),
    teams: new Map(teams.map((team) => [team.ref, team])),
    names,
    measures: grouped(result.measures, ({ id }) => [id]),
    uses: grouped(relations, ({ from }) => [from]),
    usedBy: grouped(relations, ({ to }) => [to]),
    findings,
    findingsAbout: grouped(findings, ({ finding }) => [...new Set(finding.subjects)]),
    teamPlaces: new Map(sorted.map((ref, place) => [ref, place])),
  };
}

function grouped<Value>(values: readonly Value[], keysOf: (value: Value) => readonly string[]): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else group.push(value);
    }
  }
  return groups;
}
