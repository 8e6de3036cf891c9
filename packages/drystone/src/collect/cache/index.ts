export { programStamp } from "./program-stamp.js";
export { readInto, readRegularFile, withRegularFile } from "./read-regular-file.js";
export { isSure } from "./sure-stamp.js";
export { writeAtomically } from "./write-atomically.js";
