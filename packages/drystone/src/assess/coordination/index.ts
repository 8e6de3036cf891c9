export { assessCoordination } from "./coordination.js";
