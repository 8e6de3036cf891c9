export {
  type ComponentChange,
  diffResults,
  type FindingChange,
  type InputChange,
  type NumberChange,
  type ResultDiff,
  type VerdictChange,
} from "./diff-results.js";
export { diffToText } from "./diff-to-text.js";
