import type { FileTree } from "../files/index.js";
import { type AcceptedFacts, readAccepted } from "./read-accepted.js";

/** The lists of all repositories; texts by repository and path, a line end between. */
export function acceptedOf(trees: readonly FileTree[]): AcceptedFacts {
  const lists = trees.map((tree) => readAccepted(tree));
  return {
    accepted: lists.flatMap(({ accepted }) => accepted),
    texts: new Map(
      lists.flatMap(({ texts }, index) =>
        [...texts].map(([file, text]) => [`${trees[index]?.repository ?? ""}\n${file}`, text] as const),
      ),
    ),
    sources: lists.flatMap(({ sources }) => sources),
    problems: lists.flatMap(({ problems }) => problems),
  };
}
