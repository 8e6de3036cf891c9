/** The files of a clone: of its work tree where there is one with files, else of HEAD. */
import type { Clone, CloneState } from "../git/index.js";
import { type FileTree, headTree, textTree, workTree } from "./file-tree.js";

/** @param all clones that are read as well: one inside of this one is not missing. */
export function treeOf(clone: Clone, state: Pick<CloneState, "head"> | undefined, all: readonly Clone[] = []): FileTree {
  if (clone.workTree !== null) {
    const tree = workTree(
      clone.id,
      clone.gitDirectory,
      clone.workTree,
      all.flatMap(({ workTree: root }) => root ?? []),
    );
    if (tree.paths.length > 0 || state?.head === null) return tree;
  }
  return state?.head === null ? textTree(clone.id, {}) : headTree(clone.id, clone.gitDirectory);
}
