export { type AcceptPlan, type AcceptRequest, type PrunePlan, planAcceptance, planPrune } from "./accept.js";
export { type AcceptedOptions, type Applied, applyAccepted, isIncomplete } from "./apply-accepted.js";
export { type BaseComparison, type Checked, compareWithBase } from "./compare-with-base.js";
export { matchAccepted, type Renames } from "./match.js";
export { keyText } from "./violation-key.js";
