/** Decisions, each from findings: split, merge, stay, and where the seams are. The questions behind a split are asked here, in the order of the report. */
import type { Estate } from "#derive/estate/index.js";
import { type FileView, viewFiles } from "#derive/files/index.js";
import { changesInside, crossings, ownershipOfPart, type Part, partOfComponent } from "#derive/parts/index.js";
import { type CommunityChurn, churnOf } from "#derive/stability/index.js";
import { shortName } from "#model/refs.js";
import type { Advice, Assessment, Measure } from "#model/result.js";
import { type Advising, isPlainName, withAnswer } from "./_shared/index.js";
import {
  adviseCandidate,
  decompositionMeasures,
  findCandidates,
  moduleRule,
  noStructure,
  seamMeasures,
} from "./boundary-candidates/index.js";
import { askBoundaryCost } from "./boundary-cost/index.js";
import { askChangesAlone } from "./changes-alone/index.js";
import { signalChangesFaster } from "./changes-faster/index.js";
import { askDeploysAlone } from "./deploys-alone/index.js";
import { signalDeploysMoreOften } from "./deploys-more-often/index.js";
import { askHasContract } from "./has-contract/index.js";
import { signalIsolatedTables } from "./isolated-tables/index.js";
import { askKnowsDomain } from "./knows-domain/index.js";
import { adviseMerge } from "./merge/index.js";
import { askOwner } from "./owner/index.js";
import { signalScalesDifferently } from "./scales-differently/index.js";
import { decideSplit } from "./split-out/index.js";
import { adviseStay } from "./stay-monolith/index.js";
import { signalTackedOn } from "./tacked-on/index.js";
import { signalWorkedOnAlone } from "./worked-on-alone/index.js";

/** metrics.md B, in its order. */
const signals = [
  signalScalesDifferently,
  signalTackedOn,
  signalChangesFaster,
  signalDeploysMoreOften,
  signalWorkedOnAlone,
  signalIsolatedTables,
];
/** metrics.md C, in its order. */
const prerequisites = [askOwner, askDeploysAlone, askChangesAlone, askHasContract, askKnowsDomain];

/** The system as advice looks at it. */
export interface AdvisedSystem {
  readonly estate: Estate;
  readonly view: FileView;
  /** Of the whole system. */
  readonly assessments: readonly Assessment[];
  /** Of what changes together, from quarter to quarter: the same under all settings. */
  readonly churn: readonly (CommunityChurn | null)[];
}

export function advisedSystem(
  estate: Estate,
  assessments: readonly Assessment[],
  churn: AdvisedSystem["churn"] = churnOf(estate),
): AdvisedSystem {
  return { estate, view: viewFiles(estate), assessments, churn };
}

/** Split this part out? Its signals, prerequisites, cost and benefit, and what they come to. @param weaken an answer that does not hold under other settings. */
export function adviseSplit(
  system: AdvisedSystem,
  part: Part,
  weaken: (assessment: Assessment) => Assessment = (assessment) => assessment,
): Advice {
  const advising = advisingOf(system, part);
  const { assessment: cost, costs, benefits } = askBoundaryCost(advising);
  const answered = (assessment: Assessment): Assessment => weaken(withName(assessment, part.name));
  return decideSplit({
    part,
    signals: signals.map((signal) => answered(signal(advising))),
    prerequisites: prerequisites.map((ask) => answered(withAnswer(advising, ask(advising)))),
    cost: answered(cost),
    stay: adviseStay(system.estate, system.assessments, system.churn)?.advice.assessments[0] ?? null,
    baseline: system.assessments.find(({ id, subject }) => id === "operational-baseline" && subject === "system") ?? null,
    costs,
    benefits,
    least: system.estate.parameters.C.signals,
  });
}

/** Merge these two again? */
export function adviseMerging(system: AdvisedSystem, part: Part, other: Part): Advice {
  return adviseMerge(advisingOf(system, part), other);
}

/** What could be split out: every component whose coupling is judged. */
export function candidateParts({ estate, view }: AdvisedSystem): Part[] {
  return estate.subjects.map((index) => partOfComponent(estate, view, index)).filter(({ files }) => files.size > 0);
}

/** Where are the seams? One advice per candidate, or one that says that there is no structure. */
export function adviseBoundaries(system: AdvisedSystem): {
  readonly advice: readonly Advice[];
  readonly measures: readonly Measure[];
} {
  const seams = findCandidates(system.estate, system.view);
  if (seams.candidates.length === 0) return { advice: [noStructure(seams)], measures: seamMeasures(seams) };
  const names = new Set(
    system.estate.facts.policy?.declared === true ? system.estate.facts.policy.modules.map(({ name }) => name) : [],
  );
  const advice = seams.candidates.map((candidate) =>
    adviseCandidate({
      candidate,
      seams,
      crossings: crossings(system.estate, system.view, candidate.part),
      split: adviseSplit(system, candidate.part),
      owners: ownershipOfPart(system.estate, system.view, candidate.part).answering.map(shortName),
      rule: moduleRule(system.estate, system.view, candidate, names),
    }),
  );
  return { advice, measures: [...seamMeasures(seams), ...decompositionMeasures(system.estate, system.view, seams)] };
}

/** Commands that can be copied: NAME stands for the part. A name that needs quotes stays a placeholder. */
function withName(assessment: Assessment, name: string): Assessment {
  if (!isPlainName(name)) return assessment;
  return { ...assessment, missing: assessment.missing.map(({ input, how }) => ({ input, how: how.replaceAll("NAME", name) })) };
}

function advisingOf({ estate, view, assessments }: AdvisedSystem, part: Part): Advising {
  return {
    estate,
    view,
    part,
    assessments,
    changes: changesInside(estate, view, part),
    crossings: crossings(estate, view, part),
  };
}
