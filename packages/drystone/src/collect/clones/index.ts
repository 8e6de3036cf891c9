/** Copies of code between components. */
export { isClonable } from "./clonable.js";
export { type ClonableFile, findClones } from "./find-clones.js";
export { type FileTokens, tokenize } from "./tokenize.js";
