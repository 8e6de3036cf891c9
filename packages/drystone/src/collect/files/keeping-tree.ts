/** A tree that keeps what was read of it: where contracts share files, each is read from git once. */
import type { FileTree } from "./file-tree.js";

/** @param mostCharacters what is kept in all; beyond that files are read again. */
export function keepingTree(tree: FileTree, mostCharacters: number): FileTree {
  const kept = new Map<string, string>();
  let left = mostCharacters;
  return {
    ...tree,
    read(paths, options) {
      const missing = paths.filter((path) => !kept.has(path));
      const read = missing.length === 0 ? new Map<string, string>() : tree.read(missing, options);
      for (const [path, text] of read) {
        if (text.length > left) continue;
        kept.set(path, text);
        left -= text.length;
      }
      return new Map(
        paths.flatMap((path) => {
          const text = kept.get(path) ?? read.get(path);
          return text === undefined ? [] : [[path, text]];
        }),
      );
    },
  };
}
