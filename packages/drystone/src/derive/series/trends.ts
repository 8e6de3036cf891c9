/** Series of the system's numbers over time, by the definitions of the assessments, and whether the last year differs from the one before. */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import type { Ref } from "#model/refs.js";
import type { Measure } from "#model/result.js";
import { isoDate, monthsBefore } from "#util/dates.js";
import { newcombe, rounded, wilson } from "#util/statistics/index.js";
import type { ChangeSet } from "../change-sets/index.js";
import { pooledRipple } from "../pairs/index.js";
import { owningTeams, peopleAnswer } from "../team-changes/index.js";
import { type Period, periodsOf } from "./periods.js";

/**
 * `trend.*`: one measure per period, `window` is its name. Shares have interval and sample; counts have neither. `detail.partial` marks a
 * period that the window cuts. `trend.change`: one per share, see `changeOf`.
 */
export function trendMeasures(estate: Estate): Measure[] {
  if (historyObstacles(estate).length > 0) return [];
  const periods = periodsOf(estate);
  const shares = [
    ...(estate.obstacles.some(({ kind }) => kind === "no-shared-key") ? [] : [ripple(estate)]),
    ...crossTeam(estate),
    sweeps(),
  ];
  const counts = [changes(), activeComponents(estate), ...people(estate)];
  return [
    ...shares.flatMap((series) => periods.map((period) => shareIn(estate, series, period))),
    ...shares.flatMap((series) => changeOf(estate, series)),
    ...counts.flatMap((series) => periods.map((period) => countIn(series, period))),
  ];
}

interface ShareSeries {
  readonly id: string;
  /** Null for a set that is no case; true for one that is a hit. */
  readonly caseOf: (set: ChangeSet, isSweep: boolean) => boolean | null;
}

interface CountSeries {
  readonly id: string;
  readonly unit: string;
  readonly countOf: (period: Period) => number;
}

/** metrics.md A1, with the hubs of the assessed window, so that a period is measured as the whole is. */
function ripple(estate: Estate): ShareSeries {
  const isSubject = new Set(estate.subjects);
  const isHub = new Set(pooledRipple(estate.recent.sets, estate.subjects, estate.parameters).hubs);
  return {
    id: "trend.ripple",
    caseOf: (set, isSweep) => {
      const touched = set.components.filter((component) => isSubject.has(component));
      return isSweep || touched.every((component) => isHub.has(component)) ? null : touched.length > 1;
    },
  };
}

/** metrics.md D3: sets to components with one owning team; hits touch two teams, one of which is not above the other. */
function crossTeam(estate: Estate): ShareSeries[] {
  const owning = owningTeams(estate);
  if (owning.size < 2) return [];
  const ownerOf = new Map<number, Ref>();
  for (const [team, components] of owning) for (const component of components) ownerOf.set(component, team);
  const isApart = (a: Ref, b: Ref): boolean =>
    a !== b && !estate.teams.lineOf(a).includes(b) && !estate.teams.lineOf(b).includes(a);
  return [
    {
      id: "trend.cross-team",
      caseOf: (set, isSweep) => {
        const teams = [...new Set(set.components.flatMap((component) => ownerOf.get(component) ?? []))];
        return isSweep || teams.length === 0 ? null : teams.some((a, at) => teams.slice(at + 1).some((b) => isApart(a, b)));
      },
    },
  ];
}

function sweeps(): ShareSeries {
  return { id: "trend.sweeps", caseOf: (_, isSweep) => isSweep };
}

function changes(): CountSeries {
  return { id: "trend.changes", unit: "change sets", countOf: ({ sets }) => sets.length };
}

function activeComponents({ subjects, level }: Estate): CountSeries {
  const isSubject = new Set(subjects);
  return {
    id: "trend.active",
    unit: `${level}s changed`,
    countOf: ({ sets }) =>
      new Set(sets.flatMap(({ components }) => components.filter((component) => isSubject.has(component)))).size,
  };
}

/** How many, never who. */
function people(estate: Estate): CountSeries[] {
  if (peopleAnswer(estate).state !== "usable") return [];
  return [
    {
      id: "trend.people",
      unit: "people",
      countOf: ({ sets }) => new Set(sets.flatMap(({ authors }) => authors.map(({ person }) => person))).size,
    },
  ];
}

interface Cases {
  readonly n: number;
  readonly hits: number;
}

function shareIn(estate: Estate, series: ShareSeries, period: Period): Measure {
  const { n, hits } = casesOf(series, period.sets, period.sweeps);
  const estimate = wilson(hits, n, estate.parameters.ci.level);
  return {
    id: series.id,
    subjects: ["system"],
    value: estimate === null ? null : rounded(estimate.value),
    unit: "share of change sets",
    interval: estimate === null ? null : [rounded(estimate.low), rounded(estimate.high)],
    sample: { n, of: "change sets", min: estate.parameters.nMin.service },
    window: period.name,
    ...partialOf(period),
  };
}

function countIn(series: CountSeries, period: Period): Measure {
  return {
    id: series.id,
    subjects: ["system"],
    value: series.countOf(period),
    unit: series.unit,
    interval: null,
    sample: null,
    window: period.name,
    ...partialOf(period),
  };
}

/**
 * `trend.change`: difference of the share between the last twelve months and the time of the same length before; its interval is Newcombe's.
 * `detail.direction`: rising, falling, level (the interval holds zero or the difference is too small to matter), too-few.
 */
function changeOf(estate: Estate, series: ShareSeries): Measure[] {
  const { from, to, sets, sweeps: wide } = estate.long;
  const { level } = estate.parameters.ci;
  const middle = monthsBefore(to, 12);
  if (!Number.isFinite(from) || from >= middle) return [];
  const before = casesOf(series, within(sets, from, middle), within(wide, from, middle));
  const after = casesOf(series, within(sets, middle, to + 1), within(wide, middle, to + 1));
  const difference = newcombe(after.hits, after.n, before.hits, before.n, level);
  const enough = Math.min(before.n, after.n) >= estate.parameters.nMin.system;
  return [
    {
      id: "trend.change",
      subjects: ["system"],
      value: difference === null || !enough ? null : rounded(difference.value),
      unit: "difference of shares",
      interval: difference === null || !enough ? null : [rounded(difference.low), rounded(difference.high)],
      sample: { n: Math.min(before.n, after.n), of: "change sets", min: estate.parameters.nMin.system },
      window: `${isoDate(from)}/${isoDate(to)}`,
      detail: {
        series: series.id,
        ...(before.n > 0 ? { before: rounded(before.hits / before.n) } : {}),
        ...(after.n > 0 ? { after: rounded(after.hits / after.n) } : {}),
        direction: enough && difference !== null ? directionOf(difference, estate.parameters.J.practicalDelta) : "too-few",
      },
    },
  ];
}

function within(sets: readonly ChangeSet[], start: number, end: number): ChangeSet[] {
  return sets.filter(({ time }) => time >= start && time < end);
}

function directionOf({ value, low, high }: { value: number; low: number; high: number }, least: number): string {
  if (Math.abs(value) < least || (low <= 0 && high >= 0)) return "level";
  return value > 0 ? "rising" : "falling";
}

function casesOf({ caseOf }: ShareSeries, sets: readonly ChangeSet[], wide: readonly ChangeSet[]): Cases {
  const cases = [...sets.map((set) => caseOf(set, false)), ...wide.map((set) => caseOf(set, true))].filter((hit) => hit !== null);
  return { n: cases.length, hits: cases.filter(Boolean).length };
}

function partialOf({ partial }: Period): { detail?: { partial: string } } {
  return partial ? { detail: { partial: "yes" } } : {};
}
