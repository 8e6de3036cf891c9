/**
 * Does a change to one service often require changes to others?
 * Value: pooled ripple, 0..1, over change sets by people in the window (metrics.md A1; Gall 1998, Tornhill 2015). Verdict on the interval, never on the point.
 */
import type { ChangeSet } from "#derive/change-sets/index.js";
import { type Estate, underOtherSettings } from "#derive/estate/index.js";
import { coupledPairs, type Pair, pooledRipple, type Ripple } from "#derive/pairs/index.js";
import type { Finding, Measure, VerdictWord } from "#model/result.js";
import { quarter } from "#util/dates.js";
import { newcombe, verdictOfProportion, wilson } from "#util/statistics/index.js";
import {
  type Assess,
  assessment,
  commitsOf,
  finding,
  interval,
  jointChanges,
  missingOf,
  pairFinding,
  pairMeasure,
  percent,
  publicRipple,
  rounded,
  strongerDirection,
  windowText,
  withLongerWindow,
} from "../_shared/index.js";
import { explanationOf } from "./explanation.js";
import { compareWindows } from "./trend.js";

const id = "change-coupling";
const question = "Does a change to one service often require changes to others?";

export const assessChangeCoupling: Assess = (estate) => {
  const { A1, nMin, ci } = estate.parameters;
  if (estate.services.length < 2) return { assessment: notApplicable(estate), measures: [] };
  const blocked = estate.obstacles.filter((obstacle) => obstacle.kind !== "grafted");
  const ripple = pooledRipple(estate.recent.sets, estate.subjects, estate.parameters);
  const pairs = blocked.some((obstacle) => obstacle.kind !== "no-shared-key")
    ? []
    : coupledPairs(estate.long.sets, estate.subjects, estate.window.to, estate.parameters);
  if (blocked.length > 0)
    return { assessment: unknown(estate, ripple), measures: pairs.map((pair) => pairMeasure(estate, pair)) };

  const coverage = hotCoverage(estate, estate.recent.sets, ripple);
  const plain = judge(estate, ripple, coverage);
  const flips = settingsThatFlip(estate, plain);
  // Without the noise filter the number is known to be wrong (metrics.md 0.3), so that setting is told but does not weaken a verdict.
  const fragile = flips.filter((flip) => !flip.startsWith(noiseSetting)).length > estate.parameters.J.flipMax;
  const verdict = fragile && plain !== "unknown" ? "mixed" : plain;
  const { estimate } = ripple;
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict,
        value: estimate === null ? null : rounded(estimate.value),
        unit: "share of change sets",
        interval: interval(estimate),
        sample: { n: ripple.n, of: "change sets", min: nMin.system },
        conditions: [
          { text: `at least ${nMin.system} change sets`, met: ripple.n >= nMin.system, source: "parameters nMin" },
          {
            text: `present: lower bound ≥ ${A1.tHi}`,
            met: estimate === null ? null : estimate.low >= A1.tHi,
            source: "parameters A1",
          },
          {
            text: `present: hot pairs cover a third of the services with ${nMin.service} change sets or more`,
            met: coverage.services === 0 ? null : coverage.met,
            source: "parameters A1",
          },
          {
            text: `absent: upper bound ≤ ${A1.tLo}`,
            met: estimate === null ? null : estimate.high <= A1.tLo,
            source: "parameters A1",
          },
          {
            text: `at most one other window or file limit changes the verdict${flips.length > 0 ? ` (${flips.join("; ")})` : ""}`,
            met: plain === "unknown" ? null : !fragile,
            source: "parameters J",
          },
        ],
        comparison: publicRipple,
        grade: estate.across.repositories > 1 ? "C" : "B",
        reasons: reasons(estate, ripple, coverage, fragile ? flips : []),
        missing: verdict === "unknown" ? tooFew(estate, ripple) : [],
        findings: [
          ...jointChanges(estate, ripple, id, "service"),
          ...pairs.filter((pair) => pair.hot).map((pair) => hotPair(estate, pair)),
          ...hubs(estate, ripple),
          ...sweeps(estate),
          ...trend(estate, ripple),
        ],
      },
      ci.level,
    ),
    measures: [
      ...serviceMeasures(estate, ripple),
      ...pairs.map((pair) => pairMeasure(estate, pair)),
      ...sweepMeasure(estate),
      ...quarterly(estate),
    ],
  };
};

function notApplicable(estate: Estate) {
  const reason =
    estate.services.length === 1
      ? "There is one deployable: services that change together need two. Modules inside of it are measured under module-coupling."
      : "No deployable was found: services that change together need two. Modules are measured under module-coupling.";
  return assessment(id, question, { verdict: "not-applicable", reasons: [reason] });
}

function unknown(estate: Estate, ripple: Ripple) {
  return assessment(id, question, {
    verdict: "unknown",
    unit: "share of change sets",
    sample: { n: 0, of: "change sets", min: estate.parameters.nMin.system },
    comparison: publicRipple,
    reasons: estate.obstacles.map(({ text }) => text),
    missing: missingOf(estate.obstacles),
    findings: ripple.n === 0 || !estate.obstacles.every(({ kind }) => kind === "no-shared-key") ? [] : sessions(estate),
  });
}

/** metrics.md A1: on the interval of the pooled ripple, or because hot pairs cover a third of the busy services. */
function judge(estate: Estate, ripple: Ripple, coverage: Coverage): VerdictWord {
  const { A1, nMin } = estate.parameters;
  if (ripple.n < nMin.system) return "unknown";
  if (coverage.met) return "present";
  return verdictOfProportion(ripple.estimate, ripple.n, { low: A1.tLo, high: A1.tHi, min: nMin.system });
}

interface Coverage {
  /** Services with enough change sets, hubs aside. */
  readonly services: number;
  /** Those of them in a hot pair. */
  readonly hot: number;
  readonly met: boolean;
}

function hotCoverage(estate: Estate, sets: readonly ChangeSet[], ripple: Ripple): Coverage {
  const { nMin, A1 } = estate.parameters;
  const busy = estate.subjects.filter(
    (subject) => (ripple.byService.get(subject)?.n ?? 0) >= nMin.service && !ripple.hubs.includes(subject),
  );
  const inPair = new Set<number>();
  for (const [a, b, shared, low] of pairsOf(estate, sets)) {
    if (shared >= A1.hotPairN && low >= A1.hotPairConfLo && !ripple.hubs.includes(a) && !ripple.hubs.includes(b))
      inPair.add(a).add(b);
  }
  const hot = busy.filter((subject) => inPair.has(subject)).length;
  return { services: busy.length, hot, met: busy.length >= 2 && hot >= Math.max(2, A1.hotServiceShare * busy.length) };
}

/** Pairs with their shared sets and the lower bound of the larger confidence. */
function pairsOf(estate: Estate, sets: readonly ChangeSet[]): [a: number, b: number, shared: number, low: number][] {
  const isSubject = new Set(estate.subjects);
  const revisions = new Map<number, number>();
  const shared = new Map<string, [number, number, number]>();
  for (const set of sets) {
    const services = set.components.filter((component) => isSubject.has(component));
    for (const [index, a] of services.entries()) {
      revisions.set(a, (revisions.get(a) ?? 0) + 1);
      for (const b of services.slice(index + 1)) {
        const pair = shared.get(`${a} ${b}`);
        if (pair) pair[2]++;
        else shared.set(`${a} ${b}`, [a, b, 1]);
      }
    }
  }
  return [...shared.values()].map(([a, b, count]) => {
    const least = Math.min(revisions.get(a) ?? 0, revisions.get(b) ?? 0);
    return [a, b, count, wilson(count, least, estate.parameters.ci.level)?.low ?? 0];
  });
}

const noiseSetting = "lock files, manifests and documentation counted";

/** Names of the settings under which the verdict would be another known one. */
function settingsThatFlip(estate: Estate, plain: VerdictWord): string[] {
  if (plain === "unknown") return [];
  const settings = [
    ["a window of 6 months", { months: 6 }],
    ["a window of 24 months", { months: 24 }],
    ["at most 15 files per change", { maxFiles: 15 }],
    ["at most 60 files per change", { maxFiles: 60 }],
    [noiseSetting, { noise: true }],
  ] as const;
  return settings.flatMap(([name, setting]) => {
    const { sets } = underOtherSettings(estate, setting);
    const ripple = pooledRipple(sets, estate.subjects, estate.parameters);
    const word = judge(estate, ripple, hotCoverage(estate, sets, ripple));
    return word === "unknown" || word === plain ? [] : [`${name}: ${word}`];
  });
}

function reasons(estate: Estate, ripple: Ripple, coverage: Coverage, flips: readonly string[]): string[] {
  const { estimate, n, hits, hubs: hubList } = ripple;
  const { system } = estate.parameters.nMin;
  const others =
    hubList.length === 0 ? "a service" : `a service other than ${hubList.map((hub) => estate.components[hub]?.name).join(", ")}`;
  if (estimate === null || n === 0) return [`No change set by people touches ${others} in the window.`];
  return [
    `${hits} of ${n} changes to ${others} also changed another service (${percent(estimate.value)}).`,
    ...(n < system ? [`${n} change sets are too few to judge: ${system} are needed.`] : []),
    ...(hubList.length > 0
      ? [
          `${hubList.map((hub) => estate.components[hub]?.name).join(", ")} ${hubList.length === 1 ? "is" : "are"} in more than half of all changes and counted apart.`,
        ]
      : []),
    ...(coverage.met
      ? [`${coverage.hot} of ${coverage.services} busy services are in a pair that changes together again and again.`]
      : []),
    ...(flips.length > 0 ? [`The verdict is weakened to mixed because other settings change it: ${flips.join("; ")}.`] : []),
    ...estate.obstacles.filter(({ kind }) => kind === "grafted").map(({ text }) => `The window starts later: ${text}.`),
    ...(estate.across.repositories > 1
      ? [
          `Changes of ${estate.across.repositories} repositories are joined by ticket (${percent(estate.across.keyedShare)} of the changes name one): this suggests, it does not prove.`,
        ]
      : []),
  ];
}

function tooFew(estate: Estate, ripple: Ripple) {
  const wide = ripple.n >= estate.parameters.nMin.system;
  const least = wide ? 2 * ripple.n : estate.parameters.nMin.system;
  return [
    {
      input: wide
        ? "more change sets: the interval spans both thresholds"
        : `at least ${estate.parameters.nMin.system} change sets by people (there are ${ripple.n})`,
      how: withLongerWindow(estate, (sets) => pooledRipple(sets, estate.subjects, estate.parameters).n >= least),
    },
  ];
}

function hotPair(estate: Estate, pair: Pair): Finding {
  const { from, to, share } = strongerDirection(estate, pair);
  const known = explanationOf(estate, pair);
  const chance = pair.beyondChance
    ? `${(pair.lift ?? 1).toFixed(1)} times what wide changes and busy services explain`
    : "no more than wide changes and busy services explain";
  return pairFinding(estate, pair, {
    code: `${id}/hot-pair`,
    severity: pair.beyondChance && pair.shared >= 8 && known === null ? "warning" : "note",
    message: `${percent(share)} of the changes to ${from?.name} also change ${to?.name} (${pair.shared} together in ${estate.parameters.pairs.months} months; ${chance}; ${known ?? "no call, import, table or declared dependency explains it"}).`,
    fix: "Look at the commits: a contract between the two, one owner for both, or one service instead of two would end it.",
  });
}

function hubs(estate: Estate, ripple: Ripple): Finding[] {
  return ripple.hubs.map((hub) => {
    const touching = estate.recent.sets.filter((set) => set.components.includes(hub));
    const own = ripple.byService.get(hub);
    return finding({
      code: `${id}/hub`,
      severity: "note",
      subjects: [estate.components[hub]?.ref ?? ""],
      message: `${estate.components[hub]?.name} is in ${touching.length} of ${estate.recent.sets.length} changes; ${percent(own?.estimate?.value ?? 0)} of its changes touch another service.`,
      fix: "A service in most changes is either where the work is, or where everybody's work has to pass: ask which.",
      value: rounded(touching.length / estate.recent.sets.length),
      unit: "share of change sets",
      sample: { n: estate.recent.sets.length, of: "change sets" },
      ...commitsOf(estate, touching),
    });
  });
}

function sweeps(estate: Estate): Finding[] {
  const { sweeps: wide, sets } = estate.recent;
  const n = wide.length + sets.length;
  if (wide.length === 0) return [];
  const share = wilson(wide.length, n, estate.parameters.ci.level);
  return [
    finding({
      code: `${id}/sweeps`,
      severity: (share?.low ?? 0) > 0.05 ? "warning" : "note",
      subjects: ["system"],
      message: `${wide.length} of ${n} changes are sweeps (more than ${estate.parameters.changeSet.maxFiles} files, or at least ${Math.max(estate.parameters.changeSet.sweepServices, Math.ceil(estate.parameters.changeSet.sweepShare * estate.subjects.length))} services at once). They are not counted as coupling of pairs.`,
      fix: "Sweeps are upgrades and refactorings across services: a shared library, template or platform would take them off every team.",
      value: rounded(wide.length / n),
      unit: "share of change sets",
      interval: interval(share),
      sample: { n, of: "change sets" },
      ...commitsOf(estate, wide),
    }),
  ];
}

function trend(estate: Estate, ripple: Ripple): Finding[] {
  if (!estate.before) return [];
  const before = pooledRipple(estate.before.sets, estate.subjects, estate.parameters);
  const change = compareWindows(before, ripple, estate.parameters);
  if (change === null) return [];
  return [
    finding({
      code: `${id}/trend`,
      severity: change.direction === "rising" ? "warning" : "note",
      subjects: ["system"],
      message: `Changes that cross services are ${change.direction}: ${percent(before.estimate?.value ?? 0)} in the window before, ${percent(ripple.estimate?.value ?? 0)} now.`,
      fix:
        change.direction === "rising"
          ? "See the commits that cross services: drystone explain change-coupling/joint-changes"
          : "Keep what you changed.",
      value: rounded(change.difference),
      unit: "difference of shares",
      interval: interval(newcombe(ripple.hits, ripple.n, before.hits, before.n, estate.parameters.ci.level)),
      sample: { n: ripple.n, of: "change sets" },
      ...commitsOf(estate, ripple.rippled),
    }),
  ];
}

/** Pairs of repositories that the same people changed within a day: a hint at grade C, shown when nothing better is known (history.md 3.5). */
function sessions(estate: Estate): Finding[] {
  const found = new Map<string, { a: number; b: number; sets: ChangeSet[]; people: Set<number>; sessions: number }>();
  const last = new Map<number, ChangeSet[]>();
  const limit = estate.parameters.changeSet.sessionHours * 3600;
  for (const set of estate.recent.sets.toReversed()) {
    for (const { person } of set.authors) {
      const open = (last.get(person) ?? []).filter((earlier) => set.time - earlier.time <= limit);
      for (const earlier of open) {
        for (const a of earlier.components) {
          for (const b of set.components) {
            if (estate.components[a]?.repository === estate.components[b]?.repository) continue;
            const key = a < b ? `${a} ${b}` : `${b} ${a}`;
            const pair = found.get(key) ?? {
              a: Math.min(a, b),
              b: Math.max(a, b),
              sets: [],
              people: new Set<number>(),
              sessions: 0,
            };
            if (pair.sets[pair.sets.length - 1] !== set) pair.sessions++;
            pair.sets.push(set);
            pair.people.add(person);
            found.set(key, pair);
          }
        }
      }
      last.set(person, [...open, set]);
    }
  }
  return [...found.values()]
    .filter((pair) => pair.sessions >= 3 && pair.people.size >= 2)
    .sort((x, y) => y.sessions - x.sessions || x.a - y.a || x.b - y.b)
    .slice(0, 10)
    .map(({ a, b, sets, people, sessions: count }) => {
      const unique = [...new Set(sets)].reverse();
      return finding({
        code: `${id}/same-session`,
        severity: "note",
        subjects: [estate.components[a]?.ref ?? "", estate.components[b]?.ref ?? ""],
        message: `${people.size} people changed ${estate.components[a]?.name} and ${estate.components[b]?.name} within a day of each other, ${count} times. This suggests a coupling, no more.`,
        fix: "Name the ticket in commit messages of both repositories; then it can be measured.",
        value: count,
        unit: "sessions",
        sample: { n: estate.recent.sets.length, of: "change sets" },
        ...commitsOf(estate, unique, 6),
      });
    });
}

function serviceMeasures(estate: Estate, ripple: Ripple): Measure[] {
  return [...ripple.byService].flatMap(([service, { n, hits, estimate }]) =>
    n === 0
      ? []
      : [
          {
            id: "coupling.ripple",
            subjects: [estate.components[service]?.ref ?? ""],
            value: rounded(hits / n),
            unit: "share of change sets",
            interval: interval(estimate),
            sample: { n, of: "change sets", min: estate.parameters.nMin.service },
            window: windowText(estate),
          },
        ],
  );
}

function sweepMeasure(estate: Estate): Measure[] {
  const n = estate.recent.sweeps.length + estate.recent.sets.length;
  if (n === 0) return [];
  return [
    {
      id: "coupling.sweeps",
      subjects: ["system"],
      value: rounded(estate.recent.sweeps.length / n),
      unit: "share of change sets",
      interval: interval(wilson(estate.recent.sweeps.length, n, estate.parameters.ci.level)),
      sample: { n, of: "change sets" },
      window: windowText(estate),
    },
  ];
}

/** The series behind the trend: ripple per quarter, as far back as pairs look. */
function quarterly(estate: Estate): Measure[] {
  const byQuarter = new Map<string, ChangeSet[]>();
  for (const set of estate.long.sets) {
    const name = quarter(set.time);
    const sets = byQuarter.get(name);
    if (sets) sets.push(set);
    else byQuarter.set(name, [set]);
  }
  return [...byQuarter]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sets]) => {
      const { n, hits } = pooledRipple(sets, estate.subjects, estate.parameters);
      return {
        id: "coupling.ripple",
        subjects: ["system"],
        value: n === 0 ? null : rounded(hits / n),
        unit: "share of change sets",
        interval: interval(wilson(hits, n, 0.9)),
        sample: { n, of: "change sets" },
        window: name,
      };
    });
}
