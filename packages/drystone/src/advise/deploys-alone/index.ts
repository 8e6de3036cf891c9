export { askDeploysAlone } from "./deploys-alone.js";
