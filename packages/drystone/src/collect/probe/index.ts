/** Asks a running service for its operational baseline. */
export { type ProbeOptions, probeService } from "./probe-service.js";
export type { ProbeItem, ProbeReport } from "./report.js";
