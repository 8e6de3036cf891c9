/** Which tool a file belongs to, by its name. */
import type { FileTree } from "../files/index.js";
import { dependencyCruiserFiles, readDependencyCruiser } from "./dependency-cruiser.js";
import type { ForeignRules } from "./foreign-rules.js";
import { importLinterFiles, readImportLinter } from "./import-linter.js";
import { packwerkFile, readPackwerk } from "./packwerk.js";
import { readTach, tachFile } from "./tach.js";

/** Names of files that can be read, for a message. */
export const foreignFormats = [...dependencyCruiserFiles, packwerkFile, tachFile, ...importLinterFiles];

/** @param file path in the tree. @returns null for a file of no tool that is known. */
export function readForeignRules(tree: FileTree, file: string): ForeignRules | null {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (name === packwerkFile) return readPackwerk(tree, file);
  if (/^\.?(?:dependency-cruiser|depcruise)[\w.-]*\.(?:json|js|cjs|mjs)$/.test(name)) return readDependencyCruiser(tree, file);
  if (name === tachFile) return readTach(tree, file);
  return importLinterFiles.includes(name) ? readImportLinter(tree, file) : null;
}
