export { type AsyncFlow, asyncFlows } from "./async-flows.js";
export { type BlockingCall, blockingCalls } from "./blocking-calls.js";
export { type CallDepth, callDepths } from "./call-depths.js";
export { asyncCycles, type SynchronousCycle, synchronousCycles } from "./cycles.js";
export { deployedAs } from "./deployed-as.js";
