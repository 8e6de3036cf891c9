export { type CollectedLoads, collectLoads } from "./collect-loads.js";
