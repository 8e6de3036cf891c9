export { assessOwnership } from "./ownership.js";
