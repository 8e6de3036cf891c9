export { type CheckTextOptions, checkToText } from "./check-to-text.js";
