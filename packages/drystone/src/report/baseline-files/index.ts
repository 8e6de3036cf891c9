export { generateFiles } from "./generate-files.js";
export { type GeneratedFile, type MetricProfileId, metricProfileIds, type ServicePlan } from "./plan.js";
