/**
 * Can teams work without each other?
 * Value: share of the change sets to owned components that touch components of two or more owning teams, 0..1, in the window (metrics.md D3,
 * cross-team ratio). Verdict on its interval. Who needs to coordinate, and where that can be seen (D1), stands beside it and never decides.
 */
import type { Estate } from "#derive/estate/index.js";
import {
  missingMembers,
  missingOwners,
  owningTeams,
  peopleAnswer,
  responsibleFor,
  subjectsOfOwnership,
} from "#derive/team-changes/index.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Finding, Measure, Missing, VerdictWord } from "#model/result.js";
import { verdictOfProportion, wilson } from "#util/statistics/index.js";
import {
  type Assess,
  type Assessed,
  assessment,
  commitsOf,
  finding,
  interval,
  missingOf,
  percent,
  rounded,
  windowText,
} from "../_shared/index.js";
import { coordinationNeed, type Layer, type Need } from "./congruence.js";
import { type Crossings, findCrossings, type TeamPair } from "./crossings.js";

const id = "coordination";
const question = "Can teams work without each other?";
const caseName = "change sets to owned components";
/** Pairs of teams that are listed: the strongest. */
const mostFindings = 10;
/** A pair of teams with fewer common change sets gives no warning (history.md 3.4). */
const warningSets = 8;

export const assessCoordination: Assess = (estate) => {
  const subjects = subjectsOfOwnership(estate);
  const owning = owningTeams(estate);
  const teams = knownTeams(estate, [...owning.keys()]);
  if (subjects.length < 2)
    return plain({ verdict: "not-applicable", reasons: ["There are no two components that two teams could own."] });
  if (isOneTeam(estate, teams))
    return plain({
      verdict: "not-applicable",
      reasons: [`There is one team, ${shortName(teams[0] ?? "")}: nobody has to coordinate across teams.`],
    });
  if (owning.size < 2) return plain(tooFewOwners(estate, subjects, owning.size));
  const blocked = estate.obstacles.filter(({ kind }) => kind !== "grafted");
  if (blocked.length > 0)
    return plain({
      verdict: "unknown",
      unit: `share of ${caseName}`,
      reasons: blocked.map(({ text }) => text),
      missing: missingOf(blocked),
    });

  const { D, nMin, ci } = estate.parameters;
  const crossings = findCrossings(estate);
  const { estimate, n } = crossings;
  const word = verdictOfProportion(estimate, n, { low: D.crossTeamLo, high: D.crossTeamHi, min: nMin.system });
  const verdict: VerdictWord = word === "present" ? "misaligned" : word === "absent" ? "aligned" : word;
  const need = peopleAnswer(estate).state === "usable" ? coordinationNeed(estate) : null;
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict,
        value: estimate === null ? null : rounded(estimate.value),
        unit: `share of ${caseName}`,
        interval: interval(estimate),
        sample: { n, of: caseName, min: nMin.system },
        conditions: [
          {
            text: `at least ${nMin.system} change sets to components with one owning team`,
            met: n >= nMin.system,
            source: "parameters nMin",
          },
          {
            text: `aligned: upper bound ≤ ${D.crossTeamLo}`,
            met: estimate === null ? null : estimate.high <= D.crossTeamLo,
            source: "parameters D",
          },
          {
            text: `misaligned: lower bound ≥ ${D.crossTeamHi}`,
            met: estimate === null ? null : estimate.low >= D.crossTeamHi,
            source: "parameters D",
          },
          {
            text: `at least ${nMin.requiredPairs} pairs of people need to coordinate, enough to look where that is seen (does not decide)`,
            met: need === null ? null : need.required >= nMin.requiredPairs,
            source: "parameters D",
          },
        ],
        grade: estate.across.repositories > 1 ? "C" : "B",
        reasons: reasons(estate, subjects, crossings, need),
        missing: missing(estate, verdict, crossings, need),
        findings: findingsOf(estate, crossings, need),
      },
      ci.level,
    ),
    measures: [...pairMeasures(estate, crossings), ...needMeasures(estate, need)],
  };
};

function plain(outcome: Parameters<typeof assessment>[2]): Assessed {
  return { assessment: assessment(id, question, outcome), measures: [] };
}

/** Teams that own something or have members; units that only hold other teams are none. */
function knownTeams({ facts }: Estate, owning: readonly Ref[]): Ref[] {
  const staffed = facts.teams.filter(({ members }) => members.length > 0).map(({ ref }) => ref);
  return [...new Set([...owning, ...staffed])].sort();
}

/** One name in an ownership file is one team only when few enough people work here to be one. */
function isOneTeam(estate: Estate, teams: readonly Ref[]): boolean {
  const [only] = teams;
  if (only === undefined || teams.length > 1) return false;
  if (estate.facts.teams.some(({ ref, members }) => ref === only && members.length > 0)) return true;
  const people = new Set(estate.recent.sets.flatMap(({ authors }) => authors.map(({ person }) => person)));
  return people.size > 0 && people.size <= estate.parameters.D.teamMax;
}

function tooFewOwners(estate: Estate, subjects: readonly number[], owning: number): Parameters<typeof assessment>[2] {
  const reason =
    owning === 0
      ? `No component has exactly one declared owning team: which of ${subjects.length} components belong to different teams is not known.`
      : "One team is declared as the owner of everything that has one owner, and more people work here than one team has: which components belong to different teams is not known.";
  const open = subjects.filter((subject) => responsibleFor(estate, subject).kind !== "team");
  return {
    verdict: "unknown",
    unit: `share of ${caseName}`,
    sample: { n: 0, of: caseName, min: estate.parameters.nMin.system },
    reasons: [reason],
    missing: [missingOwners(estate, open.length > 0 ? open : subjects)],
  };
}

function reasons(
  estate: Estate,
  subjects: readonly number[],
  { crossing, n, estimate, pairs, byTeam }: Crossings,
  need: Need | null,
): string[] {
  const { nMin } = estate.parameters;
  if (n === 0 || estimate === null) return ["No change set by people touches a component with one owning team in the window."];
  const owned = subjects.filter((subject) => responsibleFor(estate, subject).kind === "team").length;
  const [most] = pairs;
  return [
    `${crossing.length} of ${n} changes needed components of two or more teams (${percent(estimate.value)}).`,
    ...(most ? [mostOften(most, byTeam)] : []),
    ...(n < nMin.system ? [`${n} change sets are too few to judge: ${nMin.system} are needed.`] : []),
    ...(owned < subjects.length
      ? [`${subjects.length - owned} of ${subjects.length} components have no single owning team and are not looked at.`]
      : []),
    ...needReasons(estate, need),
    ...estate.obstacles.filter(({ kind }) => kind === "grafted").map(({ text }) => `The window starts later: ${text}.`),
    ...(estate.across.repositories > 1
      ? [
          `Changes of ${estate.across.repositories} repositories are joined by ticket (${percent(estate.across.keyedShare)} of the changes name one): this suggests, it does not prove.`,
        ]
      : []),
  ];
}

/** Seen from the team with fewer changes: a busy team would hide what its neighbours need of it. */
function mostOften({ a, b, sets }: TeamPair, byTeam: Crossings["byTeam"]): string {
  const [smaller, larger] = byActivity(a, b, byTeam);
  const n = byTeam.get(smaller) ?? sets.length;
  return `Most often ${shortName(smaller)} and ${shortName(larger)}: ${sets.length} changes, ${percent(sets.length / n)} of those to what ${shortName(smaller)} owns.`;
}

function byActivity(a: Ref, b: Ref, byTeam: Crossings["byTeam"]): readonly [fewer: Ref, more: Ref] {
  return (byTeam.get(a) ?? 0) <= (byTeam.get(b) ?? 0) ? [a, b] : [b, a];
}

function needReasons({ parameters }: Estate, need: Need | null): string[] {
  if (need === null) return [];
  if (need.required === 0) return [];
  if (need.required < parameters.nMin.requiredPairs) {
    return [
      `${need.required} ${need.required === 1 ? "pair of people in teams changes" : "pairs of people in teams change"} what changes together: too few (${parameters.nMin.requiredPairs} are needed) to look where their coordination is seen.`,
    ];
  }
  const alone = need.layers.length > 1 ? "" : ", none have made commits together";
  const seen = `${need.layers.map((layer) => `${layer.congruence.met} ${layerText(layer)}`).join(", ")}${alone}`;
  return [
    ...(need.crossTeamShare === null
      ? []
      : [`${percent(need.crossTeamShare)} of the need to coordinate, counted between people, crosses teams.`]),
    `${need.required} pairs of people change what changes together: ${seen}. This shows where to look, it predicts no quality: studies of congruence contradict each other.`,
  ];
}

function layerText({ id: layer }: Layer): string {
  return layer === "membership" ? "are in one team" : "have made commits together";
}

function missing(estate: Estate, verdict: VerdictWord, { n }: Crossings, need: Need | null): Missing[] {
  const { nMin } = estate.parameters;
  const few = n < nMin.system;
  const input = few
    ? `at least ${nMin.system} change sets to owned components (there are ${n})`
    : "more change sets: the interval spans both thresholds";
  return [
    ...(verdict === "unknown" ? [{ input, how: "drystone assess PATH --window 24m" }] : []),
    ...(need !== null && need.people === 0 ? [missingMembers(estate)] : []),
  ];
}

function findingsOf(estate: Estate, crossings: Crossings, need: Need | null): Finding[] {
  const strong = crossings.pairs.filter(({ sets }) => sets.length >= estate.parameters.nMin.pair).slice(0, mostFindings);
  return [
    ...strong.map((pair) => crossTeamPair(estate, crossings, pair)),
    ...gaps(estate, crossings, need),
    ...splitTeams(estate, need),
  ];
}

function crossTeamPair(estate: Estate, { byTeam }: Crossings, { a, b, sets, strongest }: TeamPair): Finding {
  const [smaller, larger] = byActivity(a, b, byTeam);
  const n = byTeam.get(smaller) ?? sets.length;
  const share = wilson(sets.length, n, estate.parameters.ci.level);
  const pair = [estate.components[strongest.a]?.name, estate.components[strongest.b]?.name];
  const names = smaller === a ? pair : pair.toReversed();
  return finding({
    code: `${id}/cross-team-changes`,
    severity: sets.length >= warningSets && (share?.low ?? 0) >= estate.parameters.D.crossTeamHi ? "warning" : "note",
    subjects: [a, b],
    message: `${sets.length} of ${n} changes to what ${shortName(smaller)} owns also needed something of ${shortName(larger)}, most often ${names[0]} with ${names[1]} (${strongest.sets.length}).`,
    fix: "A contract between the two components, one owner for both, or moving the boundary to where changes end would let the teams work apart.",
    value: rounded(sets.length / n),
    unit: "share of change sets",
    interval: interval(share),
    sample: { n, of: "change sets", min: estate.parameters.nMin.pair },
    ...commitsOf(estate, sets),
  });
}

/** Coordination needed and not visible: people of two teams change what changes together, and most of them were never seen together. */
function gaps(estate: Estate, { pairs }: Crossings, need: Need | null): Finding[] {
  const { nMin, D } = estate.parameters;
  if (need === null || need.required < nMin.requiredPairs) return [];
  return need.betweenTeams
    .filter(({ required, seen }) => required > 0 && seen < D.congruence * required)
    .slice(0, mostFindings)
    .flatMap(({ a, b, required, seen }) => {
      const pair = pairs.find((candidate) => candidate.a === a && candidate.b === b);
      if (!pair || pair.strongest.sets.length < nMin.pair) return [];
      const { strongest } = pair;
      return [
        finding({
          code: `${id}/gap`,
          // With membership as the only thing to see, people of two teams never could be seen together.
          severity: strongest.sets.length >= warningSets && need.layers.length > 1 ? "warning" : "note",
          subjects: [a, b],
          message: `Coordination needed and not visible: ${required} pairs of people of ${shortName(a)} and ${shortName(b)} change what changes together, ${seen === 0 ? "none" : seen} of them seen in one commit or one team. Strongest: ${estate.components[strongest.a]?.name} and ${estate.components[strongest.b]?.name}, ${strongest.sets.length} common changes.`,
          fix: "Ask both teams how they agree on these changes; talks and reviews are not read. If they do not: a contract, a common review, or one owner.",
          value: rounded(seen / required),
          unit: "share of pairs of people",
          sample: { n: required, of: "pairs of people" },
          ...commitsOf(estate, strongest.sets),
        }),
      ];
    });
}

function splitTeams(estate: Estate, need: Need | null): Finding[] {
  return (need?.cohesion ?? [])
    .filter(({ active, share }) => active >= estate.parameters.D.teamMin + 1 && share <= 0.5)
    .map(({ team, active, share }) =>
      finding({
        code: `${id}/split-team`,
        severity: "note",
        subjects: [team],
        message: `${shortName(team)} works as several groups: of ${active} members who changed something, the largest group with a component in common has ${Math.round(share * active)}.`,
        fix: "If they are two teams, name both; if they are one, let them share the work on what they own.",
        value: rounded(share),
        unit: "share of members",
        sample: { n: active, of: "members" },
        evidence: estate.facts.teams.find(({ ref }) => ref === team)?.evidence.slice(0, 1) ?? [],
      }),
    );
}

function pairMeasures(estate: Estate, { pairs, byTeam }: Crossings): Measure[] {
  return pairs.map(({ a, b, sets }) => {
    const n = Math.min(byTeam.get(a) ?? 0, byTeam.get(b) ?? 0);
    return {
      id: "coordination.cross-team",
      subjects: [a, b],
      value: n === 0 ? null : rounded(sets.length / n),
      unit: "share of change sets",
      interval: interval(wilson(sets.length, n, estate.parameters.ci.level)),
      sample: { n, of: "change sets", min: estate.parameters.nMin.pair },
      window: windowText(estate),
      detail: { shared: sets.length, changesA: byTeam.get(a) ?? 0, changesB: byTeam.get(b) ?? 0 },
    };
  });
}

function needMeasures(estate: Estate, need: Need | null): Measure[] {
  if (need === null) return [];
  const window = windowText(estate);
  const enough = need.required >= estate.parameters.nMin.requiredPairs;
  const sample = { n: need.required, of: "pairs of people", min: estate.parameters.nMin.requiredPairs };
  const ofNeed: Measure[] =
    need.crossTeamShare === null
      ? []
      : [
          {
            id: "coordination.need",
            subjects: ["system"],
            value: rounded(need.crossTeamShare),
            unit: "share of need",
            interval: null,
            sample,
            window,
          },
        ];
  const ofLayers = need.layers.flatMap(({ id: layer, congruence: { share, weightedShare, met } }): Measure[] =>
    share === null
      ? []
      : [
          {
            id: "coordination.congruence",
            subjects: ["system"],
            value: enough ? rounded(share) : null,
            unit: "share of pairs of people",
            interval: null,
            sample,
            window,
            detail: { layer, met, weighted: rounded(weightedShare ?? 0) },
          },
        ],
  );
  const ofTeams = need.cohesion.map(
    ({ team, active, share }): Measure => ({
      id: "coordination.cohesion",
      subjects: [team],
      value: rounded(share),
      unit: "share of members",
      interval: null,
      sample: { n: active, of: "members" },
      window,
    }),
  );
  return [...ofNeed, ...ofLayers, ...ofTeams];
}
