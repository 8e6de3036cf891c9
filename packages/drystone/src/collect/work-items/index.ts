export { type CollectedWorkItems, collectWorkItems } from "./collect-work-items.js";
