/**
 * Do the same developers work across a large number of services?
 * With teams: share of change sets made outside of the owning team. Without: share of developers with more than three effective services,
 * E = 1 / sum p² over the services of their change sets (metrics.md A4).
 */
import type { ChangeSet } from "#derive/change-sets/index.js";
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { missingMembers } from "#derive/team-changes/index.js";
import type { Finding, Measure } from "#model/result.js";
import {
  effectiveNumber,
  fractalValue,
  proportionInterval,
  quantiles,
  verdictOfProportion,
  weeklyClusters,
  wilson,
} from "#util/statistics/index.js";
import {
  type Assess,
  type Assessed,
  assessment,
  commitsOf,
  counted,
  finding,
  interval,
  missingOf,
  percent,
  publicSpread,
  rounded,
  windowText,
  withLongerWindow,
} from "../_shared/index.js";

const id = "developer-spread";
const question = "Do the same developers work across a large number of services?";

export const assessDeveloperSpread: Assess = (estate) => {
  const { A4 } = estate.parameters;
  if (estate.facts.config.people === "off") {
    return plain({ verdict: "not-applicable", reasons: ["People are switched off in drystone.yaml (people: off)."] });
  }
  if (estate.services.length < 2) {
    return plain({ verdict: "not-applicable", reasons: ["Spread over services needs at least two of them."] });
  }
  const blocked = historyObstacles(estate);
  if (blocked.length > 0)
    return plain({ verdict: "unknown", reasons: blocked.map(({ text }) => text), missing: missingOf(blocked) });
  if (!estate.people.use.usable) {
    return plain({
      verdict: "unknown",
      reasons: [estate.people.use.reason ?? "The commits do not tell who made the changes."],
      missing: [
        {
          input: "commits under the names of their authors",
          how: "let the build server keep the author: git commit --author, or Co-authored-by lines",
        },
      ],
    });
  }
  const outside = outOfTeam(estate);
  const developers = spread(estate);
  const measures = [...developerMeasures(estate, developers), ...fragmentation(estate)];
  if (outside.length >= estate.parameters.nMin.system) return withTeams(estate, outside, developers, measures);

  const active = developers.filter(({ sets }) => sets >= estate.parameters.nMin.devCommits);
  const wide = active.filter(({ effective }) => effective > A4.effServices).length;
  const share = wilson(wide, active.length, estate.parameters.ci.level);
  const [median = 0] =
    active.length === 0
      ? []
      : quantiles(
          active.map(({ effective }) => effective),
          [0.5],
        );
  const enough = active.length >= estate.parameters.nMin.devs;
  const services = estate.services.length >= A4.services;
  const word = verdictOfProportion(share, active.length, { low: A4.shareLo, high: A4.shareHi, min: estate.parameters.nMin.devs });
  const verdict = word === "present" && !services ? "mixed" : word === "absent" && median > A4.medianMax ? "mixed" : word;
  return plain(
    {
      verdict,
      value: share === null ? null : rounded(share.value),
      unit: "share of developers",
      interval: interval(share),
      sample: { n: active.length, of: "developers", min: estate.parameters.nMin.devs },
      conditions: [
        {
          text: `at least ${estate.parameters.nMin.devs} developers with ${estate.parameters.nMin.devCommits} change sets or more`,
          met: enough,
          source: "parameters A4",
        },
        {
          text: `present: lower bound ≥ ${A4.shareHi}`,
          met: share === null ? null : share.low >= A4.shareHi,
          source: "parameters A4",
        },
        { text: `present: at least ${A4.services} services`, met: services, source: "parameters A4" },
        {
          text: `absent: upper bound ≤ ${A4.shareLo}`,
          met: share === null ? null : share.high <= A4.shareLo,
          source: "parameters A4",
        },
        {
          text: `absent: median of effective services ≤ ${A4.medianMax}`,
          met: active.length === 0 ? null : median <= A4.medianMax,
          source: "parameters A4",
        },
      ],
      comparison: publicSpread,
      grade: "C",
      reasons: [
        active.length === 0
          ? `Nobody made ${estate.parameters.nMin.devCommits} changes to services in the window.`
          : spreadText(estate, active.length, wide, median),
        ...(enough
          ? []
          : [
              `${counted(active.length, "active developer")} ${active.length === 1 ? "is" : "are"} too few to judge: ${estate.parameters.nMin.devs} are needed.`,
            ]),
        ...(active.length > 0 && active.length <= A4.smallTeam
          ? [
              `${active.length === 1 ? "One active person is" : `${active.length} active people are`} the size of one team: there may be no team boundary to cross.`,
            ]
          : []),
        "Teams are not declared, so this counts services, not other teams' services.",
      ],
      missing: [
        missingMembers(estate),
        ...(enough
          ? []
          : [
              {
                input: `${estate.parameters.nMin.devs} developers with ${estate.parameters.nMin.devCommits} change sets`,
                how: withLongerWindow(estate, (sets) => activeIn(estate, sets) >= estate.parameters.nMin.devs),
              },
            ]),
      ],
      findings: [],
    },
    measures,
  );
};

function plain(outcome: Parameters<typeof assessment>[2], measures: readonly Measure[] = []): Assessed {
  return { assessment: assessment(id, question, outcome), measures };
}

/** @param wide how many of the active people work across many services. @param median of their effective services. */
function spreadText({ parameters: { A4, nMin } }: Estate, active: number, wide: number, median: number): string {
  const who = `who changed services ${nMin.devCommits} times or more`;
  const across = `across more than ${A4.effServices} of them`;
  if (active === 1)
    return `The one person ${who} ${wide === 1 ? "works" : "does not work"} ${across} (${median.toFixed(1)} effective services).`;
  return `${wide} of ${active} people ${who} ${wide === 1 ? "works" : "work"} ${across} (median ${median.toFixed(1)} effective services each).`;
}

interface Developer {
  readonly sets: number;
  readonly effective: number;
}

/** Per person: change sets to services, and effective number of services. Persons stay numbers: nobody is named. */
/** People with enough changes to services. */
function activeIn(estate: Estate, all: readonly ChangeSet[]): number {
  return spread(estate, all).filter(({ sets }) => sets >= estate.parameters.nMin.devCommits).length;
}

function spread(estate: Estate, all: readonly ChangeSet[] = estate.recent.sets): Developer[] {
  const isService = new Set(estate.services);
  const byPerson = new Map<number, { sets: number; services: Map<number, number> }>();
  for (const set of all) {
    const services = set.components.filter((component) => isService.has(component));
    if (services.length === 0) continue;
    for (const { person } of set.authors) {
      const own = byPerson.get(person) ?? { sets: 0, services: new Map<number, number>() };
      own.sets++;
      for (const service of services) own.services.set(service, (own.services.get(service) ?? 0) + 1);
      byPerson.set(person, own);
    }
  }
  return [...byPerson.values()].map(({ sets, services }) => ({ sets, effective: effectiveNumber(services.values()) }));
}

interface Crossing {
  readonly set: ChangeSet;
  readonly time: number;
  readonly hit: boolean;
  readonly component: number;
}

/** One case per change set and service with an owning team, where the teams of all its authors are known; a hit when no author is in the owning team. */
function outOfTeam(estate: Estate): Crossing[] {
  const isService = new Set(estate.services);
  const cases: Crossing[] = [];
  for (const set of estate.recent.sets) {
    const teams = set.authors.map(({ person }) => estate.teams.teamOf(person, set.time));
    if (teams.length === 0 || teams.some((own) => own.length === 0)) continue;
    const lines = new Set(teams.flatMap((own) => own.flatMap(({ team }) => estate.teams.lineOf(team))));
    for (const component of set.components) {
      if (!isService.has(component)) continue;
      const owners = estate.ownership[component]?.declared.map(({ ref }) => ref).filter((ref) => ref.startsWith("group:")) ?? [];
      if (owners.length > 0) cases.push({ set, time: set.time, hit: !owners.some((owner) => lines.has(owner)), component });
    }
  }
  return cases;
}

function withTeams(
  estate: Estate,
  cases: readonly Crossing[],
  developers: readonly Developer[],
  measures: readonly Measure[],
): Assessed {
  const { A4, nMin, ci } = estate.parameters;
  const estimate = proportionInterval(weeklyClusters(cases), { level: ci.level, seed: ci.seed, draws: ci.draws });
  const hits = cases.filter(({ hit }) => hit);
  const verdict = verdictOfProportion(estimate, cases.length, { low: A4.outOfTeamLo, high: A4.outOfTeamHi, min: nMin.system });
  const active = developers.filter(({ sets }) => sets >= nMin.devCommits).length;
  return plain(
    {
      verdict,
      value: estimate === null ? null : rounded(estimate.value),
      unit: "share of changes to owned services",
      interval: interval(estimate),
      sample: { n: cases.length, of: "changes to owned services", min: nMin.system },
      conditions: [
        {
          text: `present: lower bound ≥ ${A4.outOfTeamHi}`,
          met: estimate === null ? null : estimate.low >= A4.outOfTeamHi,
          source: "parameters A4",
        },
        {
          text: `absent: upper bound ≤ ${A4.outOfTeamLo}`,
          met: estimate === null ? null : estimate.high <= A4.outOfTeamLo,
          source: "parameters A4",
        },
      ],
      comparison: null,
      grade: "B",
      reasons: [
        `${hits.length} of ${cases.length} changes to a service with an owner were made outside of the owning team (${percent(estimate?.value ?? 0)}).`,
        ...(active > 0 && active <= A4.smallTeam
          ? [`${active} active people are the size of one team: there may be no team boundary to cross.`]
          : []),
      ],
      missing:
        verdict === "unknown"
          ? [{ input: "more change sets: the interval spans both thresholds", how: "drystone assess PATH --window 24m" }]
          : [],
      findings: foreign(estate, cases),
    },
    measures,
  );
}

/** Services that mostly other teams change. */
function foreign(estate: Estate, cases: readonly Crossing[]): Finding[] {
  const byService = new Map<number, Crossing[]>();
  for (const crossing of cases) {
    const own = byService.get(crossing.component);
    if (own) own.push(crossing);
    else byService.set(crossing.component, [crossing]);
  }
  return [...byService]
    .map(([component, own]) => ({ component, own, hits: own.filter(({ hit }) => hit) }))
    .map(({ component, own, hits }) => ({
      component,
      own,
      hits,
      share: wilson(hits.length, own.length, estate.parameters.ci.level),
    }))
    .filter(
      ({ own, share }) => own.length >= estate.parameters.nMin.service && (share?.low ?? 0) >= estate.parameters.A4.outOfTeamHi,
    )
    .sort((a, b) => (b.share?.value ?? 0) - (a.share?.value ?? 0) || a.component - b.component)
    .map(({ component, own, hits, share }) =>
      finding({
        code: `${id}/foreign-changes`,
        severity: (share?.low ?? 0) >= 0.5 ? "warning" : "note",
        subjects: [estate.components[component]?.ref ?? ""],
        message: `${hits.length} of ${own.length} changes to ${estate.components[component]?.name} were made by other teams than its owner.`,
        fix: "Either the owner is not the owner, or the service needs an interface that lets others do without changing it.",
        value: rounded(share?.value ?? 0),
        unit: "share of change sets",
        interval: interval(share),
        sample: { n: own.length, of: "change sets", min: estate.parameters.nMin.service },
        ...commitsOf(
          estate,
          hits.map(({ set }) => set),
        ),
      }),
    );
}

function developerMeasures(estate: Estate, developers: readonly Developer[]): Measure[] {
  const active = developers.filter(({ sets }) => sets >= estate.parameters.nMin.devCommits);
  if (active.length === 0) return [];
  const [lower = 0, median = 0, upper = 0] = quantiles(
    active.map(({ effective }) => effective),
    [0.25, 0.5, 0.75],
  );
  return [
    {
      id: "spread.effective-services",
      subjects: ["system"],
      value: rounded(median),
      unit: "services",
      interval: null,
      sample: { n: active.length, of: "developers", min: estate.parameters.nMin.devs },
      window: windowText(estate),
      detail: { quartile1: rounded(lower), quartile3: rounded(upper) },
    },
  ];
}

/** Fragmentation per service: 1 - sum of squared shares of its people (D'Ambros). */
function fragmentation(estate: Estate): Measure[] {
  return estate.services.flatMap((service) => {
    const counts = new Map<number, number>();
    let n = 0;
    for (const set of estate.recent.sets) {
      if (!set.components.includes(service)) continue;
      n++;
      for (const { person, weight } of set.authors) counts.set(person, (counts.get(person) ?? 0) + weight);
    }
    if (n === 0) return [];
    return [
      {
        id: "spread.fragmentation",
        subjects: [estate.components[service]?.ref ?? ""],
        value: rounded(fractalValue(counts.values())),
        unit: "ratio",
        interval: null,
        sample: { n, of: "change sets", min: estate.parameters.nMin.service },
        window: windowText(estate),
        detail: { people: counts.size },
      },
    ];
  });
}
