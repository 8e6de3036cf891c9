export { signalDeploysMoreOften } from "./deploys-more-often.js";
