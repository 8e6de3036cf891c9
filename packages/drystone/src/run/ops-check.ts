/** The operational baseline of repositories as a result of its own: one assessment, its measures and what they stand on. */
import { type CheckedBaseline, checkOperationalBaseline } from "#check/operational-baseline/index.js";
import { headOf, locateClones } from "#collect/git/index.js";
import { deriveEstate } from "#derive/estate/index.js";
import type { Facts } from "#model/facts.js";
import type { Finding, Result } from "#model/result.js";
import { UsageError } from "#util/errors.js";
import { acceptedIn } from "./accepted.js";
import { inputsOf, modelOf } from "./build-result.js";
import { dayOf } from "./check-clones.js";
import { decidedFindings } from "./check-facts.js";
import { readFilesFacts } from "./files-facts.js";
import { type AssessOptions, asOfSeconds, parametersOf } from "./options.js";
import { headlineOf, partialResult } from "./partial-result.js";

/** Of repositories as their files are: no history is read, and their lists of accepted findings count. @throws UsageError for paths without a repository. */
export function checkBaselineOf(options: Parameters<typeof readFilesFacts>[0] & Pick<AssessOptions, "asOf">): Result {
  const asOf = dayOf(locateClones(options.paths).map(headOf), options.asOf);
  const facts = readFilesFacts(options);
  if (facts === null)
    throw new UsageError("DS-U05", "no git repository with a commit", "pass the folder of a repository that has one");
  return resultOf(facts, { asOf }, ({ assessment, violations }) =>
    acceptedIn(options.paths, violations, { asOf, assessment: assessment.id, whole: true }),
  );
}

/** Of facts that were collected before, and of what they say was accepted; their history says nothing about it. */
export function checkBaseline(facts: Facts, options: Pick<AssessOptions, "asOf"> = {}): Result {
  const { asOf } = deriveEstate(facts, parametersOf(options, facts.config), asOfSeconds(options)).window;
  const sources = facts.sources.filter(({ kind }) => kind !== "git");
  return resultOf({ ...facts, sources, histories: [] }, { asOf }, ({ violations }) => decidedFindings(violations, facts, asOf));
}

function resultOf(
  facts: Facts,
  options: Pick<AssessOptions, "asOf">,
  decided: (checked: CheckedBaseline) => readonly Finding[],
): Result {
  const parameters = parametersOf(options, facts.config);
  const estate = deriveEstate(facts, parameters, asOfSeconds(options));
  const checked = checkOperationalBaseline(facts);
  const assessment = checked.judge(decided(checked));
  return {
    ...partialResult({
      command: "ops check",
      inputs: inputsOf(estate),
      headline: headlineOf(assessment),
      model: modelOf(estate),
      assessments: [assessment],
      parameters: { ...parameters },
    }),
    measures: checked.measures,
  };
}
