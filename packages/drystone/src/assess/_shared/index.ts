export {
  type Assess,
  type Assessed,
  assessment,
  counted,
  finding,
  interval,
  listed,
  missingOf,
  percent,
  rounded,
  thousands,
  windowText,
} from "./assessment.js";
export { jointChanges, pairFinding, pairMeasure, strongerDirection } from "./coupling.js";
export { commitsOf, proofOf } from "./evidence.js";
export { withLongerWindow } from "./longer-window.js";
export { publicRipple, publicSpread } from "./public-systems.js";
