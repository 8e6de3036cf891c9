export { type CheckedBaseline, checkOperationalBaseline } from "./operational-baseline.js";
