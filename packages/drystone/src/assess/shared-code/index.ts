export { assessSharedCode } from "./shared-code.js";
