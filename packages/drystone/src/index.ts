/** What other programs may import. */
export type { Facts } from "#model/facts.js";
export { factsFromJson, factsToJson } from "#model/facts-json.js";
export type { Assessment, Finding, Result, Verdict } from "#model/result.js";
export { assess, assessFacts, collectFacts } from "#run/index.js";
