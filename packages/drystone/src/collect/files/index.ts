export { type FileTree, headTree, type ReadOptions, stampSize, textTree, workTree } from "./file-tree.js";
export { folderTree } from "./folder-tree.js";
export { keepingTree } from "./keeping-tree.js";
export { treeOf } from "./tree-of.js";
export { type WatchedTree, watchedTree } from "./watched-tree.js";
