/** Everything that files say, read once and sorted to components. */
export { collectSource, type SourceFacts } from "./collect-source.js";
