export { adviseMerge } from "./merge.js";
