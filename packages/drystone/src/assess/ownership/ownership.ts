/**
 * Does each component have one owning team, and does that team make its changes?
 * Value: share of the changes to components with exactly one declared owning team that this team made, 0..1, in the window; a change set
 * counts once for each such component it touches (metrics.md D3). Verdict on the interval, never on the point.
 */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { type OwnershipResolution, ownershipResolution } from "#derive/ownership/index.js";
import { missingMembers, missingOwners, peopleAnswer, responsibleFor, subjectsOfOwnership } from "#derive/team-changes/index.js";
import { shortName } from "#model/refs.js";
import type { Measure, Missing, VerdictWord } from "#model/result.js";
import { type Estimate, proportionInterval, verdictOfProportion, weeklyClusters, wilson } from "#util/statistics/index.js";
import {
  type Assess,
  type Assessed,
  assessment,
  counted,
  interval,
  missingOf,
  percent,
  rounded,
  windowText,
} from "../_shared/index.js";
import { declaredFindings, observedFindings } from "./findings.js";
import { type OwnerShare, ownerShares } from "./shares.js";

const id = "ownership";
const question = "Does each component have one owning team, and does that team make its changes?";
const caseName = "changes to owned components";
/** With fewer changes of known teams than this share, the rest could turn the answer round. */
const leastKnown = 0.5;

export const assessOwnership: Assess = (estate) => {
  const subjects = subjectsOfOwnership(estate);
  if (subjects.length === 0)
    return plain({ verdict: "not-applicable", reasons: ["No component that is built here was found: there is nothing to own."] });
  const counts = count(estate, subjects);
  if (counts.owned + counts.several === 0) return plain(nobodyDeclared(estate, subjects, counts));
  const resolution = ownershipResolution(subjects.flatMap((subject) => estate.ownership[subject] ?? []));
  const oneLine = !resolution.informative && resolution.owned === resolution.components;
  const declared = declaredFindings(estate, subjects, oneLine ? resolution : null);
  const answer = peopleAnswer(estate);
  if (answer.state === "off")
    return plain({
      verdict: "not-applicable",
      reasons: [...answer.reasons, declaredText(counts, subjects.length)],
      findings: declared,
    });
  if (answer.state !== "usable") {
    const missing = answer.state === "blocked" ? missingOf(historyObstacles(estate)) : [authors];
    return plain({
      verdict: "unknown",
      unit: `share of ${caseName}`,
      reasons: [...answer.reasons, declaredText(counts, subjects.length)],
      missing,
      findings: declared,
    });
  }
  const shares = ownerShares(estate, subjects);
  const observed = observe(estate, shares);
  const verdict = oneLine ? "unknown" : verdictOf(estate, observed, counts, subjects.length);
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict,
        value: observed.estimate === null ? null : rounded(observed.estimate.value),
        unit: `share of ${caseName}`,
        interval: interval(observed.estimate),
        sample: { n: observed.n, of: caseName, min: estate.parameters.nMin.system },
        conditions: conditions(estate, observed, counts, subjects.length, resolution),
        grade: observed.n === 0 ? "D" : "B",
        reasons: reasons(estate, observed, counts, subjects.length, oneLine ? resolution : null),
        missing: verdict === "unknown" ? missing(estate, observed, subjects, oneLine) : [],
        findings: [...declared, ...observedFindings(estate, shares)],
      },
      estate.parameters.ci.level,
    ),
    measures: shares.flatMap((share) => measuresOf(estate, share)),
  };
};

const authors: Missing = {
  input: "commits under the names of their authors",
  how: "let the build server keep the author: git commit --author, or Co-authored-by lines",
};

function plain(outcome: Parameters<typeof assessment>[2]): Assessed {
  return { assessment: assessment(id, question, outcome), measures: [] };
}

interface Counts {
  /** Components with exactly one owning team, a named person, several owners, nobody on purpose, nobody at all. */
  readonly team: number;
  readonly person: number;
  readonly several: number;
  readonly cleared: number;
  readonly unmatched: number;
  /** One team or one person. */
  readonly owned: number;
}

function count(estate: Estate, subjects: readonly number[]): Counts {
  const kinds = subjects.map((subject) => responsibleFor(estate, subject));
  const of = (kind: string): number => kinds.filter((responsible) => responsible.kind === kind).length;
  const cleared = kinds.filter((responsible) => responsible.kind === "none" && responsible.cleared).length;
  return {
    team: of("team"),
    person: of("person"),
    several: of("several"),
    cleared,
    unmatched: of("none") - cleared,
    owned: of("team") + of("person"),
  };
}

function nobodyDeclared(estate: Estate, subjects: readonly number[], counts: Counts): Parameters<typeof assessment>[2] {
  const cleared = counts.cleared === 0 ? "" : ` ${counts.cleared} are taken out of ownership on purpose.`;
  return {
    verdict: "unknown",
    unit: `share of ${caseName}`,
    sample: { n: 0, of: caseName, min: estate.parameters.nMin.system },
    reasons: [`Nobody is declared as the owner of any of ${counted(subjects.length, "component")}.${cleared}`],
    missing: [missingOwners(estate, subjects)],
  };
}

function declaredText(counts: Counts, components: number): string {
  const parts = [
    `${counts.team} of ${counted(components, "component")} ${counts.team === 1 ? "has" : "have"} exactly one declared owning team`,
    ...(counts.person > 0 ? [`${counts.person} a named person, not a team`] : []),
    ...(counts.several > 0 ? [`${counts.several} several owners`] : []),
    ...(counts.unmatched + counts.cleared > 0 ? [`${counts.unmatched + counts.cleared} none`] : []),
  ];
  return `${parts.join(", ")}.`;
}

interface Observed {
  /** Components with enough changes to be judged, and those of them that mostly others change. */
  readonly judged: number;
  readonly contested: number;
  /** Changes to components with exactly one owning team, by known teams; those of them by the owner. */
  readonly n: number;
  readonly own: number;
  readonly unknown: number;
  readonly estimate: Estimate | null;
}

function observe(estate: Estate, shares: readonly OwnerShare[]): Observed {
  const { level, seed, draws } = estate.parameters.ci;
  const ofTeams = shares.filter(({ responsible }) => responsible.kind === "team");
  const cases = ofTeams.flatMap(({ changes }) => changes.map(({ set, byOwner }) => ({ time: set.time, hit: byOwner })));
  return {
    judged: shares.filter(({ state }) => state !== "unknown").length,
    contested: shares.filter(({ state }) => state === "contested").length,
    n: cases.length,
    own: cases.filter(({ hit }) => hit).length,
    unknown: ofTeams.reduce((sum, { unknown }) => sum + unknown, 0),
    estimate: proportionInterval(weeklyClusters(cases), { level, seed, draws }),
  };
}

function isMostlyKnown({ n, unknown }: Observed): boolean {
  return n > 0 && n >= leastKnown * (n + unknown);
}

function verdictOf(estate: Estate, observed: Observed, counts: Counts, components: number): VerdictWord {
  const { D, nMin } = estate.parameters;
  if (!isMostlyKnown(observed)) return "unknown";
  const word = verdictOfProportion(observed.estimate, observed.n, { low: D.ownerLo, high: D.ownerHi, min: nMin.system });
  if (word === "present")
    return counts.team >= D.ownerHi * components && !isOftenContested(estate, observed) ? "aligned" : "mixed";
  return word === "absent" ? "misaligned" : word;
}

/** One busy component with a good owner would hide many small ones without. */
function isOftenContested({ parameters: { D } }: Estate, { judged, contested }: Observed): boolean {
  return contested > (1 - D.ownerHi) * judged;
}

function conditions(estate: Estate, observed: Observed, counts: Counts, components: number, resolution: OwnershipResolution) {
  const { D, nMin } = estate.parameters;
  const { estimate, n } = observed;
  return [
    {
      text: `at least ${nMin.system} changes to components with one owning team, by people whose team is known`,
      met: n >= nMin.system,
      source: "parameters nMin",
    },
    { text: "declared owners tell components apart", met: resolution.informative, source: "ours" },
    {
      text: `aligned: lower bound ≥ ${D.ownerHi}`,
      met: estimate === null ? null : estimate.low >= D.ownerHi,
      source: "parameters D",
    },
    {
      text: `aligned: ${percent(D.ownerHi)} of the components have exactly one owning team`,
      met: counts.team >= D.ownerHi * components,
      source: "parameters D",
    },
    {
      text: `aligned: at most ${percent(1 - D.ownerHi)} of the components with ${nMin.service} changes or more are changed mostly by others`,
      met: observed.judged === 0 ? null : !isOftenContested(estate, observed),
      source: "parameters D",
    },
    {
      text: `misaligned: upper bound ≤ ${D.ownerLo}`,
      met: estimate === null ? null : estimate.high <= D.ownerLo,
      source: "parameters D",
    },
  ];
}

function reasons(
  estate: Estate,
  observed: Observed,
  counts: Counts,
  components: number,
  oneLine: OwnershipResolution | null,
): string[] {
  const { n, own, unknown, estimate, judged, contested } = observed;
  const share = `The owning team made ${own} of ${n} changes to components with exactly one owner (${percent(estimate?.value ?? 0)}).`;
  const first =
    oneLine !== null
      ? `One set of owners is declared for all ${components} components: that says who reviews, not which team owns what.`
      : n > 0
        ? share
        : counts.team === 0
          ? "No component has exactly one declared owning team."
          : "Owners are declared, but it is not known who is in the teams: nobody can tell whether owners make the changes.";
  return [
    first,
    ...(oneLine !== null && n > 0 ? [share] : []),
    ...(oneLine === null ? [declaredText(counts, components)] : []),
    ...(judged > 0 && oneLine === null
      ? [
          `${contested} of ${judged} components with ${estate.parameters.nMin.service} changes or more are changed mostly by others than their owner.`,
        ]
      : []),
    ...(unknown > 0 && n > 0
      ? [`${counted(unknown, "more change")} ${unknown === 1 ? "is" : "are"} by people whose team is not known and not counted.`]
      : []),
    ...(n > 0 && n < estate.parameters.nMin.system
      ? [`${n} changes are too few to judge: ${estate.parameters.nMin.system} are needed.`]
      : []),
    ...(n > 0 && !isMostlyKnown(observed)
      ? ["Most changes are by people whose team is not known: their teams could turn the answer round."]
      : []),
    ...grafts(estate),
  ];
}

function grafts(estate: Estate): string[] {
  return estate.obstacles.filter(({ kind }) => kind === "grafted").map(({ text }) => `The window starts later: ${text}.`);
}

function missing(estate: Estate, observed: Observed, subjects: readonly number[], oneLine: boolean): Missing[] {
  const single = subjects.filter((subject) => responsibleFor(estate, subject).kind === "team");
  if (oneLine || single.length === 0) return [missingOwners(estate, subjects)];
  if (!isMostlyKnown(observed)) return [missingMembers(estate)];
  const few = observed.n < estate.parameters.nMin.system;
  return [
    {
      input: few
        ? `at least ${estate.parameters.nMin.system} changes to owned components (there are ${observed.n})`
        : "more changes: the interval spans both thresholds",
      how: "drystone assess PATH --window 24m",
    },
  ];
}

function measuresOf(estate: Estate, share: OwnerShare): Measure[] {
  const { component, responsible, changes, own, estimate, state, unknown } = share;
  const ref = estate.components[component]?.ref;
  if (ref === undefined || estimate === null) return [];
  const sample = { n: changes.length, of: "change sets", min: estate.parameters.nMin.service };
  const window = windowText(estate);
  const unit = "share of change sets";
  const ofOwner: Measure = {
    id: "ownership.share",
    subjects: [ref],
    value: rounded(estimate.value),
    unit,
    interval: interval(estimate),
    sample,
    window,
    detail: { owner: responsible.kind === "team" ? shortName(responsible.ref) : "a named person", state, changes: own, unknown },
  };
  const teams = new Map<string, number>();
  for (const { team } of changes) if (team !== null) teams.set(team, (teams.get(team) ?? 0) + 1);
  const ofTeams = [...teams]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([team, changed]): Measure => {
      const shareOfTeam = wilson(changed, changes.length, estate.parameters.ci.level);
      return {
        id: "ownership.team-share",
        subjects: [ref, team],
        value: rounded(changed / changes.length),
        unit,
        interval: interval(shareOfTeam),
        sample,
        window,
      };
    });
  return [ofOwner, ...ofTeams];
}
