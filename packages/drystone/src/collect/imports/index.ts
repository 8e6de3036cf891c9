/** The import graph: who imports whom, file by file. */
export { collectImports } from "./collect-imports.js";
export type { FileImports, FoundImport } from "./file-imports.js";
export { type ImportCache, importCache } from "./import-cache.js";
export { exportedFiles, parseTree } from "./javascript/index.js";
export { type KnownGraph, patchImports } from "./patch-imports.js";
export { type FileCounts, resolveImports } from "./resolve-imports.js";
export { isImportConfig, isScanned, scanImports } from "./scan-imports.js";
