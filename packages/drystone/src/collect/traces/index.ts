export { type CollectedTraces, collectTraces } from "./collect-traces.js";
