/** A tree that notes which files were asked for. */
import type { FileTree } from "./file-tree.js";

export interface WatchedTree extends FileTree {
  readonly asked: ReadonlySet<string>;
}

export function watchedTree(tree: FileTree): WatchedTree {
  const asked = new Set<string>();
  return {
    ...tree,
    asked,
    read: (paths, options) => {
      for (const path of paths) asked.add(path);
      return tree.read(paths, options);
    },
  };
}
