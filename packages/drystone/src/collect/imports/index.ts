/** The import graph: who imports whom, file by file. */
export { collectImports } from "./collect-imports.js";
export type { FileImports, FoundImport } from "./file-imports.js";
export { type ImportCache, importCache } from "./import-cache.js";
export { exportedFiles, parseTree } from "./javascript/index.js";
export { resolveImports } from "./resolve-imports.js";
export { isImportConfig, isScanned, scanImports } from "./scan-imports.js";
