/** Does a new version of a contract break somebody who kept to the old one? */
export type { ContractChange, Direction, Level, Place } from "./change.js";
export { compareOpenapi } from "./compare-openapi.js";
