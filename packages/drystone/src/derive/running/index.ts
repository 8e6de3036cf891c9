export { type LoadSeries, observedLoads } from "./observed-loads.js";
export { type Releases, releasesOf } from "./releases.js";
export { routeFinder } from "./routes.js";
