/** An answer to a question, with what it leaves out filled in. */
import type { Assessment } from "./result.js";

export type Outcome = Pick<Assessment, "id" | "subject" | "question" | "verdict"> & Partial<Assessment>;

/** What an outcome does not say was not measured, and nothing was found or asked for. */
export function judged(outcome: Outcome): Assessment {
  return {
    value: null,
    unit: null,
    interval: null,
    level: 0.95,
    sample: null,
    conditions: [],
    comparison: null,
    grade: null,
    reasons: [],
    missing: [],
    findings: [],
    ...outcome,
  };
}
