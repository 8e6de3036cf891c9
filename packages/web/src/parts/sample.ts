import { quantity } from "../../../drystone/src/report/_shared/index.js";
import type { Assessment } from "../model.js";

/** `1 change set`, `1,204 change sets`; a dash without a sample. */
export function sampleWords(sample: Assessment["sample"]): string {
  return sample === null ? "–" : (quantity({ value: sample.n, unit: sample.of, sample: null }) ?? "–");
}
