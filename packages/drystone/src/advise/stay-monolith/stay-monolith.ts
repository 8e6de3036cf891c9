/** Should it stay a monolith? Any rule that holds is a reason to stay (metrics.md F3). */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { componentIndex } from "#derive/lineage/index.js";
import { type CommunityChurn, churnOf } from "#derive/stability/index.js";
import { commitCount } from "#model/history.js";
import { judged } from "#model/judged.js";
import type { Advice, Assessment, Missing } from "#model/result.js";
import { monthsBefore } from "#util/dates.js";
import { wilson } from "#util/statistics/index.js";
import { listed } from "#util/words.js";

const id = "stay-monolith";

export interface StayFacts {
  /** People with enough change sets in the window, anywhere in the repositories. */
  readonly activePeople: number;
  /** All who changed something in the window; bots aside. */
  readonly people: number;
  /** Module files moved to another module per quarter, of those there are, oldest first; null without modules. */
  readonly movedPerQuarter: readonly { readonly moved: number; readonly files: number }[] | null;
}

/** Advice for a system of one deployable; null where several are deployed or history cannot be judged. @param assessments of the system: M3 and M4 read their verdicts. */
export function adviseStay(
  estate: Estate,
  assessments: readonly Assessment[] = [],
  churn: readonly (CommunityChurn | null)[] = churnOf(estate),
): { advice: Advice; facts: StayFacts } | null {
  const blocked = historyObstacles(estate).length > 0;
  if (estate.services.length > 1 || blocked || estate.facts.config.people === "off") return null;
  const facts = { ...peopleOf(estate), movedPerQuarter: movedPerQuarter(estate) };
  const runs = estate.services.length > 0;
  const rules = [
    smallTeam(estate, facts),
    unstableDomain(estate, facts, churn),
    // Nobody operates a library.
    ...(runs ? [noOperator(assessments)] : []),
    improvable(estate, assessments),
  ];
  const stay = rules.some(({ met }) => met === true);
  const free = rules.every(({ met }) => met === false);
  const verdict = stay ? "stay" : free ? "no-reason-to-stay" : "unknown";
  const assessment: Assessment = judged({
    id,
    subject: "system",
    question: runs ? "Should it stay one deployable?" : "Should it stay in one piece?",
    verdict,
    value: facts.activePeople,
    unit: "people",
    level: estate.parameters.ci.level,
    sample: { n: facts.activePeople, of: "people" },
    conditions: rules.map(({ text, met }) => ({ text, met, source: "parameters F" })),
    grade: "C",
    reasons: rules.toSorted((a, b) => decisive(a) - decisive(b)).flatMap(({ reason }) => (reason === "" ? [] : [reason])),
    missing: stay ? [] : rules.flatMap(({ met, missing }) => (met === null && missing !== null ? [missing] : [])),
    findings: [],
  });
  const held = rules.filter(({ met }) => met === true);
  return {
    facts,
    advice: {
      decision: "stay",
      subject: "system",
      outcome: stay ? "stay" : "not-demonstrated",
      assessments: [assessment],
      costs: [],
      benefits: [],
      steps: stay
        ? [`Keep ${runs ? "one deployable" : "it in one piece"}; keep its modules apart by rules that a machine checks.`]
        : free
          ? ["No rule keeps it together: ask of each part whether a split pays (drystone advise split NAME)."]
          : [`Decide ${listed(rules.flatMap(({ met, text }) => (met === null ? [text.slice(0, 2)] : [])))} first.`],
      wouldChange: stay ? held.map(({ change }) => change) : rules.flatMap(({ met, change }) => (met === null ? [change] : [])),
    },
  };
}

interface Rule {
  readonly text: string;
  /** True is a reason to stay. */
  readonly met: boolean | null;
  readonly reason: string;
  /** What would make it otherwise, or decide it. */
  readonly change: string;
  readonly missing: Missing | null;
}

function decisive({ met }: Rule): number {
  return met === true ? 0 : met === false ? 1 : 2;
}

function smallTeam({ parameters: { F, nMin }, services }: Estate, { activePeople: people }: StayFacts): Rule {
  const cost =
    services.length > 0 ? "a deployment, a pipeline and a network hop each" : "a package with releases of its own each";
  const small = people <= F.monolithTeam;
  return {
    text: `M1: at most ${F.monolithTeam} people with ${nMin.devCommits} change sets or more in the window (${people})`,
    // A window in which nobody did much says nothing about the size of the team.
    met: people === 0 ? null : small,
    reason:
      people === 0
        ? ""
        : small
          ? `${people} active ${people === 1 ? "person is" : "people are"} at most one team: a split would buy no autonomy and cost ${cost}.`
          : `${people} active people are more than one team of ${F.monolithTeam}: size alone is no reason to stay.${people <= F.monolithCaution ? " Two teams at most: be careful." : ""}`,
    change: `more than ${F.monolithTeam} active people, in teams that each own a module`,
    missing:
      people === 0
        ? {
            input: `people with ${nMin.devCommits} change sets or more (nobody has in the window)`,
            how: "drystone advise --window all",
          }
        : null,
  };
}

/** Files moved between modules, and groups of files that change together: where either keeps changing, boundaries drawn now would be drawn again. */
function unstableDomain(
  estate: Estate,
  { movedPerQuarter: quarters }: StayFacts,
  churn: readonly (CommunityChurn | null)[],
): Rule {
  const { F } = estate.parameters;
  const moved = movedFiles(estate, quarters);
  const groups = changedGroups(estate, churn);
  const met = moved.met === true || groups.met === true ? true : moved.met;
  return {
    text: `M2: over ${F.boundaryChurnPerQuarter * 100} % of module files moved to another module in two of four quarters (lower bound${moved.told}), or what changes together is grouped otherwise, ${F.communityChurn} beyond chance, twice${groups.told}`,
    met,
    reason:
      moved.met === true
        ? "Files still move between modules: boundaries drawn now would be drawn again."
        : groups.met === true
          ? "What changes together is grouped otherwise every quarter: boundaries drawn now would be drawn again."
          : "",
    change: "two quarters in which hardly a file moves between modules, and what changes together stays grouped as it is",
    missing:
      quarters === null && met === null
        ? { input: "the modules", how: "drystone init   then name the folders under `components:` in drystone.yaml" }
        : null,
  };
}

interface Half {
  readonly met: boolean | null;
  readonly told: string;
}

/** Quarters with a share above the limit, lower bound: a few moved files in a small system are no churn. */
function movedFiles({ parameters: { F, ci } }: Estate, quarters: StayFacts["movedPerQuarter"]): Half {
  if (quarters === null) return { met: null, told: "" };
  const wide = quarters.filter(({ moved, files }) => (wilson(moved, files, ci.level)?.low ?? 0) > F.boundaryChurnPerQuarter);
  const most = Math.max(0, ...quarters.map(({ moved, files }) => moved / files));
  return { met: wide.length >= 2, told: `; at most ${Math.round(most * 100)} %` };
}

/** Where halves of one quarter differ so much that nothing could show above them, nothing is told. */
function changedGroups({ parameters: { F } }: Estate, churn: readonly (CommunityChurn | null)[]): Half {
  const known = churn.flatMap((step) => (step === null || step.floor > 1 - F.communityChurn ? [] : [step.churn - step.floor]));
  if (known.length < 2) return { met: null, told: " (not known)" };
  const most = Math.max(...known);
  return {
    met: known.filter((excess) => excess > F.communityChurn).length >= 2,
    told: ` (at most ${Math.max(0, Math.round(most * 100) / 100)})`,
  };
}

function noOperator(assessments: readonly Assessment[]): Rule {
  const baseline = assessments.find(({ id: of, subject }) => of === "operational-baseline" && subject === "system");
  const met = baseline?.verdict === "met" ? false : baseline?.verdict === "not-met" ? true : null;
  return {
    text: "M3: nobody operates it: the operational baseline is not met",
    met,
    reason:
      met === true
        ? "What runs today does not meet the operational baseline: several deployables would be harder to operate than this one."
        : "",
    change: "the operational baseline met",
    missing:
      met === null ? (baseline?.missing[0] ?? { input: "the operational baseline", how: "drystone ops check PATH" }) : null,
  };
}

/** Pairs of modules that change together, and those of them between which a module rule is broken: what a rule can mend needs no network. */
function improvable({ parameters: { F } }: Estate, assessments: readonly Assessment[]): Rule {
  const text = `M4: the structure inside can still be improved: broken module rules stand behind ${Math.round(F.violationShare * 100)} % of the pairs that change together`;
  const change = "module rules declared and kept";
  const rules = assessments.find(({ id: of, subject }) => of === "module-boundaries" && subject === "system");
  const decided = rules?.verdict === "met" || rules?.verdict === "not-met";
  const pairs = (assessments.find(({ id: of }) => of === "module-coupling")?.findings ?? []).filter(
    ({ code, subjects }) => code.endsWith("/hot-pair") && subjects.length === 2,
  );
  if (!decided)
    return {
      text,
      met: null,
      reason: "",
      change,
      missing: rules?.missing[0] ?? { input: "module rules", how: "drystone check PATH" },
    };
  const broken = rules.findings.filter(({ state }) => state !== "accepted");
  const explained = pairs.filter(({ subjects }) =>
    broken.some((finding) => subjects.every((ref) => finding.subjects.includes(ref))),
  ).length;
  const met = broken.length > 0 && pairs.length > 0 && explained >= F.violationShare * pairs.length;
  return {
    text: `${text} (${explained} of ${pairs.length})`,
    met,
    reason: met
      ? `${explained} of ${pairs.length} pairs of modules that change together also break a module rule: mend that first, inside.`
      : "",
    change,
    missing: null,
  };
}

function peopleOf(estate: Estate): Pick<StayFacts, "activePeople" | "people"> {
  const sets = new Map<number, number>();
  for (const set of [...estate.recent.sets, ...estate.recent.sweeps, ...estate.recent.elsewhere]) {
    for (const { person } of set.authors) sets.set(person, (sets.get(person) ?? 0) + 1);
  }
  const active = [...sets.values()].filter((count) => count >= estate.parameters.nMin.devCommits);
  return { activePeople: active.length, people: sets.size };
}

/** Exact renames that cross modules in each of the last four quarters of the window, over the module files there are. */
function movedPerQuarter(estate: Estate): { moved: number; files: number }[] | null {
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
  return files === 0 ? null : moved.map((count) => ({ moved: Math.min(count, files), files }));
}
