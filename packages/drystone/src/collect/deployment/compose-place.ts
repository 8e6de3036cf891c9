/** Where a service stands in a compose file, and the lines of its parts. */
import type { YamlDocument, YamlPath } from "../yaml/index.js";
import type { Variables } from "./interpolate.js";

export interface ComposePlace {
  readonly file: string;
  /** Project folder: relative paths start here. */
  readonly folder: string;
  readonly document: YamlDocument;
  /** Path of the service in the document. */
  readonly at: YamlPath;
  readonly variables: Variables;
  /** Top-level `volumes`: names under which they are known outside. */
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** Line of a key, also where a merge key brings it: then the one in the anchor. */
export function lineThrough({ document, at }: ComposePlace, ...path: YamlPath): number {
  let real = at;
  for (const step of path) {
    const next = [[...real, step], ...mergePaths.map((merge) => [...real, ...merge, step])].find((candidate) =>
      stands(document, candidate),
    );
    if (next === undefined) break;
    real = next;
  }
  return document.lineOf(real);
}

/** Merge keys may hold one anchor or some, and anchors merge others. */
const mergePaths: readonly YamlPath[] = [
  ["<<"],
  ["<<", 0],
  ["<<", 1],
  ["<<", 2],
  ["<<", 3],
  ["<<", "<<"],
  ["<<", 0, "<<"],
  ["<<", 1, "<<"],
  ["<<", "<<", "<<"],
];

/** A path that does not exist has the position of what is around it. */
function stands(document: YamlDocument, path: YamlPath): boolean {
  const inner = document.positionOf(path);
  const outer = document.positionOf(path.slice(0, -1));
  if (inner.line !== outer.line || inner.column !== outer.column) return true;
  // The first key of an item stands where the item does.
  return typeof path.at(-2) === "number" && typeof path.at(-1) === "string";
}
