export { programStamp } from "./program-stamp.js";
export { readRegularFile } from "./read-regular-file.js";
export { sureStamp } from "./sure-stamp.js";
export { writeAtomically } from "./write-atomically.js";
