export { type FileChange, type FileView, type SourceFile, viewFiles } from "./file-view.js";
export { isMigrationPath, isTestPath } from "./kinds-of-files.js";
