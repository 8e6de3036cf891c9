export { type FileTree, headTree, type ReadOptions, textTree, workTree } from "./file-tree.js";
