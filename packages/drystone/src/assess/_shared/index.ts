export { type Assess, type Assessed, assessment, finding, interval, missingOf, percent, rounded } from "./assessment.js";
export { commitEvidence, commitsOf } from "./evidence.js";
export { publicRipple, publicSpread } from "./public-systems.js";
