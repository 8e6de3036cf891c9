export { type FileTree, headTree, type ReadOptions, textTree, workTree } from "./file-tree.js";
export { folderTree } from "./folder-tree.js";
