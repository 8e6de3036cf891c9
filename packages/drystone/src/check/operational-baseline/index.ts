export type { ItemId } from "./items.js";
export { type CheckedBaseline, checkOperationalBaseline } from "./operational-baseline.js";
export { type BaselineSheet, baselineSheets } from "./sheets.js";
