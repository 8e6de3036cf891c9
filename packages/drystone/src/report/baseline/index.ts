export { baselineToText } from "./baseline-to-text.js";
export { probeToText } from "./probe-to-text.js";
