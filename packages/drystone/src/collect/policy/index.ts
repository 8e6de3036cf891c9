export { collectPolicy, type PolicySources } from "./collect-policy.js";
