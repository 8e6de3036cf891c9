/** The operational baseline of repositories as a result of its own: one assessment, its measures and what they stand on. */
import { checkOperationalBaseline } from "#check/operational-baseline/index.js";
import type { Facts } from "#model/facts.js";
import type { Assessment, Finding, Result } from "#model/result.js";
import { acceptedIn } from "./accepted.js";
import { assessFacts } from "./index.js";
import type { AssessOptions } from "./options.js";

/** @param options.paths repositories whose lists of accepted findings count; none for facts alone. */
export async function checkBaseline(
  facts: Facts,
  options: AssessOptions & { readonly paths?: readonly string[] } = {},
): Promise<Result> {
  const whole = await assessFacts(facts, { ...options, command: "ops check" });
  const [judged] = whole.assessments.filter(({ id }) => id === "operational-baseline");
  const assessment = judged === undefined ? undefined : { ...judged, findings: findingsOf(facts, judged, whole, options.paths) };
  return {
    ...whole,
    headline: {
      question: assessment?.question ?? "",
      answer: assessment?.reasons[0] ?? "",
      notApplicable: null,
      assessment: assessment?.id ?? null,
    },
    measures: whole.measures.filter(({ id }) => id.startsWith("baseline.")),
    assessments: assessment === undefined ? [] : [assessment],
    verdicts: [],
    advice: [],
  };
}

function findingsOf(
  facts: Facts,
  { id, findings }: Assessment,
  { inputs }: Result,
  paths: readonly string[] | undefined,
): readonly Finding[] {
  if (paths === undefined) return findings;
  const { violations } = checkOperationalBaseline(facts);
  return acceptedIn(paths, violations, { asOf: inputs.asOf, assessment: id, whole: true });
}
