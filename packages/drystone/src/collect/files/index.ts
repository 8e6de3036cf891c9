export { type FileTree, headTree, textTree, workTree } from "./file-tree.js";
