export { baselineToText } from "./baseline-to-text.js";
