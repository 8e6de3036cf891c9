export * from "./baseline.js";
export * from "./evidence.js";
export * from "./facts.js";
export * from "./facts-json.js";
export * from "./history.js";
export * from "./parameters.js";
export * from "./refs.js";
export * from "./result.js";
