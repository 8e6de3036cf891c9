/** Facts to a result whose `advice` answers one question. Pure. */
import {
  type AdvisedSystem,
  adviseBoundaries,
  advisedSystem,
  adviseMerging,
  adviseSplit,
  candidateParts,
} from "#advise/index.js";
import { adviseStay } from "#advise/stay-monolith/index.js";
import { findPart, type Part } from "#derive/parts/index.js";
import type { Facts, Problem } from "#model/facts.js";
import { judged } from "#model/judged.js";
import type { Advice, Measure, Result } from "#model/result.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import type { AdviceRequest } from "./advice-request.js";
import { buildResult } from "./build-result.js";
import type { AssessOptions } from "./options.js";
import { adviseFirmly } from "./sensitivity.js";

/** @throws UsageError for a name that is nothing of the system. */
export function adviseResult(facts: Facts, request: AdviceRequest, options: AssessOptions, version: string): Result {
  return buildResult(facts, { ...options, command: "advise" }, version, (estate, assessments, churn) => {
    const system = advisedSystem(estate, assessments, churn);
    return { ...answerTo(system, request), problems: answersForNothing(system) };
  });
}

function answerTo(
  system: AdvisedSystem,
  request: AdviceRequest,
): { readonly advice: readonly Advice[]; readonly measures: readonly Measure[] } {
  if (request.decision === "split") {
    const { advice, measures } = adviseFirmly(system, partNamed(system, request.names[0]));
    return { advice: [advice], measures };
  }
  if (request.decision === "boundaries") return adviseBoundaries(system);
  return { advice: adviceOn(system, request), measures: [] };
}

/** A misspelt name would be an answer that is never asked for. */
function answersForNothing({ estate, view }: AdvisedSystem): Problem[] {
  const { answers = [], file } = estate.facts.config;
  return answers.flatMap(({ part, evidence }): Problem[] => {
    const { found, ...other } = findPart(estate, view, part);
    if (found !== null) return [];
    const suggestions = "suggestions" in other ? other.suggestions : [];
    return [
      {
        path: file ?? "drystone.yaml",
        line: evidence.line,
        message: `answers.${part}: no component, folder or glob of this name`,
        hint: suggestions.length > 0 ? `did you mean ${suggestions.join(", ")}?` : "correct the name or take it out",
      },
    ];
  });
}

function adviceOn(system: AdvisedSystem, request: AdviceRequest): Advice[] {
  if (request.decision === "merge") {
    const [part, other] = [partNamed(system, request.names[0]), partNamed(system, request.names[1])];
    if ([...part.files].some((file) => other.files.has(file)))
      throw new UsageError(
        "DS-U42",
        `${printable(part.name)} and ${printable(other.name)} have files in common`,
        "name two parts that lie beside each other",
      );
    return [adviseMerging(system, part, other)];
  }
  if (request.decision === "stay") return stayAdvice(system);
  return [...stayAdvice(system), ...candidateParts(system).map((part) => adviseSplit(system, part))];
}

function stayAdvice(system: AdvisedSystem): Advice[] {
  const stay = adviseStay(system.estate, system.assessments, system.churn);
  return [stay === null ? notOne(system) : stay.advice];
}

/** The question does not arise, or cannot be asked; the reason is an answer too. */
function notOne({ estate }: AdvisedSystem): Advice {
  const [obstacle] = estate.obstacles;
  const several = estate.services.length > 1;
  const people = estate.facts.config.people === "off";
  const reason = several
    ? `There are ${estate.services.length} deployables already.`
    : people
      ? "People are switched off in drystone.yaml (people: off), and the first rule counts them."
      : `It cannot be told: ${obstacle?.text ?? "the history cannot be read"}.`;
  return {
    decision: "stay",
    subject: "system",
    outcome: "not-demonstrated",
    assessments: [
      judged({
        id: "stay-monolith",
        subject: "system",
        question: "Should it stay a monolith?",
        verdict: several ? "not-applicable" : "unknown",
        level: estate.parameters.ci.level,
        reasons: [reason],
        missing: several || obstacle === undefined ? [] : [{ input: obstacle.input, how: obstacle.how }],
      }),
    ],
    costs: [],
    benefits: [],
    steps: several
      ? ["Ask of two of them whether they should be one: drystone advise merge X Y."]
      : ["Get what is missing, then ask again."],
    wouldChange: [],
  };
}

function partNamed(system: AdvisedSystem, name: string): Part {
  const answer = findPart(system.estate, system.view, name);
  if (answer.found !== null) {
    if (answer.found.files.size === 0)
      throw new UsageError(
        "DS-U41",
        `${printable(name)} has no files here`,
        "name something whose source is in the repositories",
      );
    if (answer.found.files.size === system.view.files.length)
      throw new UsageError("DS-U41", `${printable(name)} is the whole system`, "name a part of it: a module, a folder or a glob");
    return answer.found;
  }
  const known = candidateParts(system).map(({ name: own }) => own);
  const list =
    known.length === 0
      ? ""
      : `; known: ${known.slice(0, 15).map(printable).join(", ")}${known.length > 15 ? `, and ${known.length - 15} more` : ""}`;
  if (answer.several)
    throw new UsageError(
      "DS-U41",
      `${printable(name)} means several things`,
      `say which: ${answer.suggestions.map(printable).join(", ")}`,
    );
  throw new UsageError(
    "DS-U41",
    `nothing here is called ${JSON.stringify(printable(name).slice(0, 100))}: no component, folder or glob`,
    answer.suggestions.length > 0
      ? `did you mean ${answer.suggestions.map(printable).join(", ")}?${list}`
      : `name a component, a folder or a glob${list}`,
  );
}
