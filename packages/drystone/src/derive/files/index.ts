export { type FileChange, type FileView, type SourceFile, viewFiles } from "./file-view.js";
export { isProgram, isTestPath } from "./kinds-of-files.js";
