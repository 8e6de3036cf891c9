export { type CollectedDeploys, collectDeploys } from "./collect-deploys.js";
