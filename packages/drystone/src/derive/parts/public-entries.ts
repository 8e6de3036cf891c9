/** Files that are the public entry of a part: what drystone.yaml makes public of it, else the face that its language or convention gives a folder. */
import { globTest } from "#util/globs.js";
import type { Estate } from "../estate/index.js";
import type { FileView } from "../files/index.js";
import type { Part } from "./part.js";

/** Files of the part, by index into the view. Empty where nothing is known to be public. */
export function publicEntries({ facts }: Estate, view: FileView, part: Part): ReadonlySet<number> {
  const declared = (facts.policy?.modules ?? []).filter(
    ({ faceSource, paths }) => faceSource === "declared" && holds(part, view, paths),
  );
  const tests = declared.map(({ repository, faces }) => ({
    repository,
    isPublic: globTest(faces.flatMap(({ files }) => files)),
  }));
  const least = Math.min(...[...part.files].map((file) => depthOf(view.files[file]?.path ?? "")));
  const found = new Set<number>();
  for (const index of part.files) {
    const file = view.files[index];
    if (file === undefined) continue;
    const repository = facts.repositories[file.repository]?.id;
    const isEntry =
      tests.length > 0
        ? tests.some((test) => test.repository === repository && test.isPublic(file.path))
        : // The face may lie in the source folder of a package.
          entryNames.test(file.path.slice(file.path.lastIndexOf("/") + 1)) && depthOf(file.path) <= least + 1;
    if (isEntry) found.add(index);
  }
  return found;
}

function depthOf(path: string): number {
  return path.split("/").length;
}

/** A module whose files, as far as they are program text, all lie in the part. */
function holds(part: Part, view: FileView, paths: readonly string[]): boolean {
  const isOwn = globTest(paths);
  const own = [...view.files.entries()].filter(([, { path, isProgram }]) => isProgram && isOwn(path));
  return own.length > 0 && own.every(([index]) => part.files.has(index));
}

const entryNames = /^(?:index\.[cm]?[jt]sx?|__init__\.py|mod\.rs|lib\.rs|public[-_]?api\.[a-z]{1,4}|package-info\.java)$/i;
