/** The operational baseline of repositories as a result of its own: one assessment, its measures and what they stand on. */
import type { Facts } from "#model/facts.js";
import type { Result } from "#model/result.js";
import { assessFacts } from "./index.js";
import type { AssessOptions } from "./options.js";

export async function checkBaseline(facts: Facts, options: AssessOptions = {}): Promise<Result> {
  const whole = await assessFacts(facts, { ...options, command: "ops check" });
  const [assessment] = whole.assessments.filter(({ id }) => id === "operational-baseline");
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
