/** Does a new version of a contract break somebody who kept to the old one? */
export type { ContractChange, Direction, Level, Place } from "./change.js";
export { type ContractOptions, compareContract } from "./compare-contract.js";
export { compareOpenapi } from "./compare-openapi.js";
export { weighedByPacts } from "./pact-usage.js";
export {
  type ComparedContract,
  contractAssessment,
  contractRef,
  contractViolations,
} from "./violations.js";
