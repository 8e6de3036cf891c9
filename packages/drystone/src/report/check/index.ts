export { type CheckTextOptions, checkToText } from "./check-to-text.js";
export { type UseExplanation, useToText } from "./use-to-text.js";
