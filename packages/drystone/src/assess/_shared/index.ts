export { interval, rounded } from "#util/statistics/index.js";
export { counted, listed, thousands } from "#util/words.js";
export {
  type Assess,
  type Assessed,
  assessment,
  finding,
  missingOf,
  percent,
  windowText,
} from "./assessment.js";
export { jointChanges, pairFinding, pairMeasure, strongerDirection } from "./coupling.js";
export { commitsOf, proofOf } from "./evidence.js";
export { withLongerWindow } from "./longer-window.js";
export { publicModules, publicRipple, publicSpread } from "./public-systems.js";
