export { type CollectedDeploys, collectDeploys } from "./collect-deploys.js";
export { type CollectedReleases, collectReleases } from "./collect-releases.js";
