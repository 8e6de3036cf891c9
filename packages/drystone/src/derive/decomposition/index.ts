export { type Functionality, migrationComplexity, tableEntropy, teamSizeReduction } from "./data-metrics.js";
export { mojoDistance, mojoFm } from "./mojo.js";
export {
  businessContextPurity,
  type Call,
  extremeDistribution,
  interfaceNumber,
  interPartitionCalls,
  type Labels,
  structuralModularity,
  turboMq,
} from "./structural-metrics.js";
