/** What changed between two results beyond noise. Definition: metrics.md J, "regression". */
import type { Ref } from "#model/refs.js";
import type { Assessment, Finding, Interval, RepositoryInput, Result, Sample } from "#model/result.js";
import { isShare } from "#report/_shared/index.js";
import { wilson } from "#util/statistics/index.js";
import { changedParameters, type InputChange } from "./parameters.js";

export type { InputChange } from "./parameters.js";

/** Plain and serialisable; every list in a stable order. */
export interface ResultDiff {
  readonly schema: "drystone.diff/1";
  readonly systems: readonly [before: string, after: string];
  readonly asOf: readonly [before: string, after: string];
  /** Why numbers cannot be compared (other parameters, another unit of change, another system); empty when they can. */
  readonly incomparable: readonly string[];
  /** Share of the shorter window that both results look at, 0..1; above 0 the two samples are not independent. Null without windows. */
  readonly overlap: number | null;
  readonly inputs: readonly InputChange[];
  readonly verdicts: readonly VerdictChange[];
  /** Numbers that moved; `beyondNoise` null where they cannot be compared. */
  readonly numbers: readonly NumberChange[];
  readonly findings: readonly FindingChange[];
  readonly components: readonly ComponentChange[];
  /** How many numbers were compared and stayed within noise. */
  readonly withinNoise: number;
}

/** `id` and `subject` of an assessment, or the id of a fused verdict with the subject `system`; null where one result lacks it. */
export interface VerdictChange {
  readonly id: string;
  readonly subject: string;
  readonly fused: boolean;
  readonly before: string | null;
  readonly after: string | null;
}

export interface NumberChange {
  readonly id: string;
  readonly subject: string;
  readonly unit: string | null;
  readonly before: number;
  readonly after: number;
  readonly samples: readonly [before: Sample | null, after: Sample | null];
  /** 95 % interval of `after - before`; null for a value that was counted and not sampled. */
  readonly difference: Interval | null;
  readonly beyondNoise: boolean | null;
}

export interface FindingChange {
  readonly change: "new" | "gone" | "state" | "severity";
  readonly code: string;
  readonly fingerprint: string;
  readonly subjects: readonly Ref[];
  readonly message: string;
  /** State or severity before and after; null for new and gone. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface ComponentChange {
  readonly change: "added" | "gone";
  readonly what: "component" | "team" | "resource";
  readonly ref: Ref;
  readonly name: string;
}

/**
 * A share changed when the Newcombe interval of the difference excludes 0 and it moved by five points or more; the intervals of the two
 * results are combined (square and add), so that bursts count as they did there. A counted value changed when it moved by 5 % or more.
 */
export function diffResults(before: Result, after: Result): ResultDiff {
  const incomparable = whyIncomparable(before, after);
  const moved = numberChanges(before, after, incomparable.length === 0);
  return {
    schema: "drystone.diff/1",
    systems: [before.inputs.system, after.inputs.system],
    asOf: [before.inputs.asOf, after.inputs.asOf],
    incomparable,
    overlap: overlapOf(before.inputs.repositories, after.inputs.repositories),
    inputs: inputChanges(before, after),
    verdicts: verdictChanges(before, after),
    numbers: moved.filter(({ beyondNoise }) => beyondNoise !== false),
    findings: findingChanges(before, after),
    components: componentChanges(before, after),
    withinNoise: moved.filter(({ beyondNoise }) => beyondNoise === false).length,
  };
}

/** A change of less than this many points, or of less than this share of a counted value, is of no practical weight. */
const practicalChange = 0.05;

function whyIncomparable(before: Result, after: Result): string[] {
  const reasons: string[] = [];
  if (before.schema !== after.schema) reasons.push("the results have different schemas");
  if (before.inputs.system !== after.inputs.system) reasons.push("the results are about different systems");
  if (before.tool.command !== after.tool.command) reasons.push("the results come from different commands");
  if (changedParameters(before.parameters, after.parameters).length > 0) reasons.push("the parameters differ");
  for (const [, [one, other]] of paired(before.inputs.repositories, after.inputs.repositories, ({ id }) => id)) {
    if (one === null || other === null || one.changeSetUnit === other.changeSetUnit) continue;
    reasons.push(`changes of ${one.id} are counted differently (${one.changeSetUnit}, ${other.changeSetUnit})`);
  }
  return reasons;
}

function overlapOf(before: readonly RepositoryInput[], after: readonly RepositoryInput[]): number | null {
  const shares = [...paired(before, after, ({ id }) => id).values()].flatMap(([one, other]) => {
    if (one === null || other === null) return [];
    const [from, to] = [
      Math.max(time(one.window.from), time(other.window.from)),
      Math.min(time(one.window.to), time(other.window.to)),
    ];
    const shorter = Math.min(time(one.window.to) - time(one.window.from), time(other.window.to) - time(other.window.from));
    return shorter > 0 && Number.isFinite(from) && Number.isFinite(to) ? [Math.max(0, to - from) / shorter] : [];
  });
  return shares.length === 0 ? null : Math.max(...shares);
}

function time(date: string): number {
  return Date.parse(date.slice(0, 10));
}

function inputChanges(before: Result, after: Result): InputChange[] {
  const changes: InputChange[] = [];
  const note = (what: string, from: string | null, to: string | null): void => {
    if (from !== to) changes.push({ what, from, to });
  };
  note("version of the tool", before.tool.version, after.tool.version);
  changes.push(...changedParameters(before.parameters, after.parameters));
  for (const [id, [one, other]] of paired(before.inputs.repositories, after.inputs.repositories, (each) => each.id)) {
    note(`repository ${id}: window`, windowOf(one), windowOf(other));
    note(`repository ${id}: commit`, one?.head ?? null, other?.head ?? null);
    note(`repository ${id}: a change is`, one?.changeSetUnit ?? null, other?.changeSetUnit ?? null);
    note(`repository ${id}: history`, depthOf(one), depthOf(other));
  }
  const sources = paired(
    before.inputs.sources,
    after.inputs.sources,
    ({ kind, repository, path }) => `${kind} ${repository} ${path}`,
  );
  for (const [name, [one, other]] of sources) note(`source ${name}`, readOf(one), readOf(other));
  return changes;
}

function windowOf(repository: RepositoryInput | null): string | null {
  return repository === null ? null : `${repository.window.from} to ${repository.window.to}`;
}

function depthOf(repository: RepositoryInput | null): string | null {
  if (repository === null) return null;
  return repository.shallow ? "shallow" : repository.partial ? "partial" : "whole";
}

function readOf(source: { readonly read: boolean } | null): string | null {
  return source === null ? null : source.read ? "read" : "not read";
}

function verdictChanges(before: Result, after: Result): VerdictChange[] {
  const fused = [...paired(before.verdicts, after.verdicts, ({ id }) => id)].map(([id, [one, other]]) => {
    return { id, subject: "system", fused: true, before: one?.verdict ?? null, after: other?.verdict ?? null };
  });
  const single = [...paired(before.assessments, after.assessments, keyOf)].map(([, [one, other]]) => {
    const { id, subject } = (other ?? one) as Assessment;
    return { id, subject, fused: false, before: one?.verdict ?? null, after: other?.verdict ?? null };
  });
  return [...fused, ...single].filter((change) => change.before !== change.after);
}

function numberChanges(before: Result, after: Result, comparable: boolean): NumberChange[] {
  return [...paired(before.assessments, after.assessments, keyOf).values()].flatMap(([one, other]) => {
    if (one === null || other === null || one.value === null || other.value === null) return [];
    if (one.unit !== other.unit || one.value === other.value) return [];
    const difference = differenceOf(one, other);
    return [
      {
        id: one.id,
        subject: one.subject,
        unit: one.unit,
        before: one.value,
        after: other.value,
        samples: [one.sample, other.sample] as const,
        difference,
        beyondNoise: comparable ? isBeyondNoise(one, other, difference) : null,
      },
    ];
  });
}

function isBeyondNoise(one: Assessment, other: Assessment, difference: Interval | null): boolean | null {
  const delta = Math.abs((other.value ?? 0) - (one.value ?? 0));
  const excludesZero = difference === null || difference[0] > 0 || difference[1] < 0;
  if (isShare(one.unit)) return (difference !== null || one.sample === null) && excludesZero && delta >= practicalChange - 1e-9;
  return excludesZero && delta >= practicalChange * Math.abs(one.value ?? 0);
}

// Newcombe 1998, method 10, on the intervals that the results publish.
function differenceOf(one: Assessment, other: Assessment): Interval | null {
  const [a, b] = [intervalOf(one), intervalOf(other)];
  if (a === null || b === null || one.value === null || other.value === null) return null;
  const delta = other.value - one.value;
  const down = Math.hypot(other.value - b[0], a[1] - one.value);
  const up = Math.hypot(b[1] - other.value, one.value - a[0]);
  return [delta - down, delta + up];
}

function intervalOf({ interval, value, sample, unit }: Assessment): Interval | null {
  if (interval !== null) return interval;
  if (value === null || sample === null || sample.n <= 0 || !isShare(unit) || unit !== `share of ${sample.of}`) return null;
  const estimate = wilson(Math.round(value * sample.n), sample.n);
  return estimate === null ? null : [estimate.low, estimate.high];
}

function findingChanges(before: Result, after: Result): FindingChange[] {
  return [...paired(allFindings(before), allFindings(after), ({ fingerprint }) => fingerprint).values()].flatMap(
    ([one, other]): FindingChange[] => {
      if (one === null || other === null) return [changeOf((one ?? other) as Finding, one === null ? "new" : "gone", null, null)];
      const changes: FindingChange[] = [];
      if (one.state !== other.state) changes.push(changeOf(other, "state", one.state, other.state));
      if (one.severity !== other.severity) changes.push(changeOf(other, "severity", one.severity, other.severity));
      return changes;
    },
  );
}

function allFindings({ assessments }: Result): readonly Finding[] {
  return assessments.flatMap(({ findings }) => findings);
}

function changeOf(finding: Finding, change: FindingChange["change"], from: string | null, to: string | null): FindingChange {
  const { code, fingerprint, subjects, message } = finding;
  return { change, code, fingerprint, subjects, message, from, to };
}

function componentChanges(before: Result, after: Result): ComponentChange[] {
  const kinds = [
    ["component", before.model.components, after.model.components],
    ["resource", before.model.resources, after.model.resources],
    ["team", before.model.teams, after.model.teams],
  ] as const;
  return kinds.flatMap(([what, old, now]) => {
    return [...paired<{ ref: Ref; name: string }>(old, now, ({ ref }) => ref)].flatMap(
      ([ref, [one, other]]): ComponentChange[] => {
        if (one !== null && other !== null) return [];
        return [{ change: one === null ? "added" : "gone", what, ref, name: (one ?? other)?.name ?? ref }];
      },
    );
  });
}

function keyOf({ id, subject }: Assessment): string {
  return `${id}\n${subject}`;
}

/** Both sides of each key, in the order of `before`, then what only `after` has. The first of equal keys counts. */
function paired<T>(
  before: readonly T[],
  after: readonly T[],
  key: (item: T) => string,
): Map<string, readonly [T | null, T | null]> {
  const pairs = new Map<string, readonly [T | null, T | null]>();
  for (const item of before) if (!pairs.has(key(item))) pairs.set(key(item), [item, null]);
  for (const item of after) {
    const [one, other] = pairs.get(key(item)) ?? [null, null];
    if (other === null) pairs.set(key(item), [one, item]);
  }
  return pairs;
}
