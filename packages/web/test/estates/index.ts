export { hostileResult } from "./hostile-result.js";
export { type EstateOptions, syntheticResult } from "./synthetic-result.js";
export { withSeries } from "./with-series.js";
