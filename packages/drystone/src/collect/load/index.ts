export { type CollectedLoads, collectLoads } from "./collect-loads.js";
export { manifestLoads } from "./manifest-loads.js";
