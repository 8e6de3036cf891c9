/** Modules of a repository that declares none: what has a build file of its own, else the folders at the top of the source. */

import { isPassive } from "#collect/folders/index.js";
import { isScanned } from "#collect/imports/index.js";
import { folderOf, isBuildManifest, lastPart } from "#collect/manifests/index.js";
import { isTestFile } from "#util/test-files.js";

export interface InferredModule {
  readonly name: string;
  readonly folder: string;
}

/** Sorted by folder; empty when the source is one piece. */
export function inferModules(paths: readonly string[]): InferredModule[] {
  const isAside = asideByFolder();
  const source = paths.filter((path) => isScanned(path) && !isAside(path));
  const packages = packageFolders(paths, source);
  return named(packages.length > 1 ? packages : topFolders(source));
}

/** Tests and what only stands beside the program; folders are looked at once. */
function asideByFolder(): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const folder = folderOf(path);
    let isAside = known.get(folder);
    if (isAside === undefined) known.set(folder, (isAside = isPassive(path) || isTestFile(`${folder}/a`)));
    return isAside || isTestFile(lastPart(path));
  };
}

function packageFolders(paths: readonly string[], source: readonly string[]): string[] {
  const withSource = new Set<string>();
  for (const path of source)
    for (let folder = folderOf(path); folder !== "" && !withSource.has(folder); folder = folderOf(folder)) withSource.add(folder);
  const folders = paths.flatMap((path) =>
    isBuildManifest(path) && !aggregates.test(path) && !isPassive(path) ? folderOf(path) : [],
  );
  return [...new Set(folders)].filter((folder) => folder !== "" && withSource.has(folder)).sort();
}

const aggregates =
  /(?:^|\/)(?:pnpm-workspace\.ya?ml|lerna\.json|settings\.gradle(?:\.kts)?|requirements[^/]*\.(?:txt|in)|Pipfile|Gemfile)$/;

/** Below the folder that holds nearly all of the source, such as `src/main/java/com/shop`. */
function topFolders(source: readonly string[]): string[] {
  for (let [top, files] = ["", source]; ; ) {
    const below = new Map<string, string[]>();
    for (const path of files) {
      const rest = path.slice(top === "" ? 0 : top.length + 1);
      const slash = rest.indexOf("/");
      if (slash < 0) continue;
      const folder = path.slice(0, path.length - rest.length + slash);
      const known = below.get(folder);
      if (known) known.push(path);
      else below.set(folder, [path]);
    }
    const [largest] = [...below].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
    if (!largest) return [];
    if (largest[1].length < dominant * files.length || below.size === 0) return below.size > 1 ? [...below.keys()].sort() : [];
    [top, files] = largest;
  }
}

const dominant = 0.9;

function named(folders: readonly string[]): InferredModule[] {
  const count = new Map<string, number>();
  for (const folder of folders) count.set(lastPart(folder), (count.get(lastPart(folder)) ?? 0) + 1);
  return folders.map((folder) => ({ name: count.get(lastPart(folder)) === 1 ? lastPart(folder) : folder, folder }));
}
