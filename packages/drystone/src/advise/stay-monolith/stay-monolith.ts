/** Should it stay a monolith? Any rule that holds is a reason to stay (metrics.md F3); M3 and M4 need evidence that other commands bring. */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { componentIndex } from "#derive/lineage/index.js";
import { commitCount } from "#model/history.js";
import type { Advice, Assessment, Condition } from "#model/result.js";
import { monthsBefore } from "#util/dates.js";

const id = "stay-monolith";

export interface StayFacts {
  /** People with enough change sets in the window, anywhere in the repositories. */
  readonly activePeople: number;
  /** Share of module files moved to another module, per quarter, oldest first; null without modules. */
  readonly movedPerQuarter: readonly number[] | null;
}

/** Advice for a system of one deployable; null where several are deployed or history cannot be judged. */
export function adviseStay(estate: Estate): { advice: Advice; facts: StayFacts } | null {
  const blocked = historyObstacles(estate).length > 0;
  if (estate.services.length > 1 || blocked || estate.facts.config.people === "off") return null;
  const { F, nMin } = estate.parameters;
  const facts = { activePeople: activePeople(estate), movedPerQuarter: movedPerQuarter(estate) };
  const unstable =
    facts.movedPerQuarter === null
      ? null
      : facts.movedPerQuarter.filter((share) => share > F.boundaryChurnPerQuarter).length >= 2;
  const small = facts.activePeople <= F.monolithTeam;
  const conditions: Condition[] = [
    {
      text: `M1: at most ${F.monolithTeam} people with ${nMin.devCommits} change sets or more in the window (${facts.activePeople})`,
      met: small,
      source: "metrics.md F3",
    },
    {
      text: `M2: more than ${F.boundaryChurnPerQuarter * 100} % of module files moved between modules in two of four quarters`,
      met: unstable,
      source: "metrics.md F3",
    },
    { text: "M3: nobody operates it: the operational baseline is not met", met: null, source: "metrics.md F3" },
    { text: "M4: the structure inside can still be improved", met: null, source: "metrics.md F3" },
  ];
  const stay = small || unstable === true;
  const assessment: Assessment = {
    id,
    subject: "system",
    question: "Should it stay a monolith?",
    verdict: stay ? "stay" : "unknown",
    value: facts.activePeople,
    unit: "people",
    interval: null,
    level: estate.parameters.ci.level,
    sample: { n: facts.activePeople, of: "people" },
    conditions,
    comparison: null,
    grade: "C",
    reasons: [
      small
        ? `${facts.activePeople} active ${facts.activePeople === 1 ? "person is" : "people are"} at most one team: a split would buy no autonomy and cost a deployment, a pipeline and a network hop each.`
        : `${facts.activePeople} active people are more than one team of ${F.monolithTeam}: size alone is no reason to stay.`,
      ...(unstable ? ["Files still move between modules: boundaries drawn now would be drawn again."] : []),
    ],
    missing: stay
      ? []
      : [
          {
            input: "the operational baseline",
            how: "drystone ops check PATH   (a later version: this version does not have it)",
          },
        ],
    findings: [],
  };
  return {
    facts,
    advice: {
      decision: "stay",
      subject: "system",
      outcome: stay ? "stay" : "not-demonstrated",
      assessments: [assessment],
      costs: [],
      benefits: [],
      steps: stay ? ["Keep one deployable; keep its modules apart by rules that a machine checks."] : ["Decide M3 and M4 first."],
      wouldChange: stay
        ? [`more than ${F.monolithTeam} active people, in teams that each own a module`]
        : ["the operational baseline met, and module rules kept"],
    },
  };
}

function activePeople(estate: Estate): number {
  const sets = new Map<number, number>();
  for (const set of [...estate.recent.sets, ...estate.recent.sweeps, ...estate.recent.elsewhere]) {
    for (const { person } of set.authors) sets.set(person, (sets.get(person) ?? 0) + 1);
  }
  return [...sets.values()].filter((count) => count >= estate.parameters.nMin.devCommits).length;
}

/** Exact renames that cross modules in each of the last four quarters of the window, over the module files there are. */
function movedPerQuarter(estate: Estate): number[] | null {
  const moved = [0, 0, 0, 0];
  let files = 0;
  const bounds = [12, 9, 6, 3, 0].map((months) => monthsBefore(estate.window.to, months));
  for (const { history, repository } of estate.repositories) {
    const componentOf = componentIndex(estate.components, ({ repository: of }) => of === repository.id);
    const subject = new Set(estate.subjects);
    const moduleOf = (path: string): number => {
      const component = componentOf(path);
      return subject.has(component) ? component : -1;
    };
    files += repository.files.filter((path) => moduleOf(path) >= 0).length;
    for (let at = 0; at < history.renames.length && (history.renames[at] ?? 0) < commitCount(history); at += 3) {
      const time = history.committerTimes[history.renames[at] ?? 0] ?? 0;
      const quarter = bounds.findIndex((bound, index) => time > bound && time <= (bounds[index + 1] ?? Number.NEGATIVE_INFINITY));
      if (quarter < 0) continue;
      const from = moduleOf(history.paths[history.renames[at + 1] ?? 0] ?? "");
      const to = moduleOf(history.paths[history.renames[at + 2] ?? 0] ?? "");
      if (from >= 0 && to >= 0 && from !== to) moved[quarter] = (moved[quarter] ?? 0) + 1;
    }
  }
  return files === 0 ? null : moved.map((count) => count / files);
}
