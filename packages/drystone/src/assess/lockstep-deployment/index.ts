export { assessLockstepDeployment } from "./lockstep-deployment.js";
