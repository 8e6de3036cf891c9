/** Modules of a repository that declares none: what has a build file of its own, else the folders at the top of the source. */

import { isPassive, moduleFolders } from "#collect/folders/index.js";
import { isScanned } from "#collect/imports/index.js";
import { folderOf, isBuildManifest, lastPart } from "#collect/manifests/index.js";
import { isTestFile } from "#util/test-files.js";

export interface InferredModule {
  readonly name: string;
  readonly folder: string;
}

/** Of all source, in folders that are no package: as much makes modules beside the packages. */
const muchOutside = 0.2;

/** Sorted by folder; empty when the source is one piece. */
export function inferModules(paths: readonly string[]): InferredModule[] {
  const isAside = asideByFolder();
  const source = paths.filter((path) => isScanned(path) && !isAside(path));
  const packages = packageFolders(paths, source);
  if (packages.length < 2) return named(several(foldersOf(source)));
  const inPackages = new Set(packages);
  const outside = source.filter((path) => innermost(path, inPackages) === null);
  const rest = outside.length < muchOutside * source.length ? [] : foldersOf(outside);
  return named([...packages, ...rest].sort());
}

function several(folders: readonly string[]): readonly string[] {
  return folders.length > 1 ? folders : [];
}

function foldersOf(source: readonly string[]): string[] {
  return moduleFolders(source, "").map(({ folder }) => folder);
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

/** Folders with a build file and source of their own; what stands in a package inside belongs to that. */
function packageFolders(paths: readonly string[], source: readonly string[]): string[] {
  const folders = new Set(
    paths.flatMap((path) => (isBuildManifest(path) && !aggregates.test(path) && !isPassive(path) ? folderOf(path) : [])),
  );
  folders.delete("");
  return [...new Set(source.flatMap((path) => innermost(path, folders) ?? []))].sort();
}

function innermost(path: string, folders: ReadonlySet<string>): string | null {
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) if (folders.has(folder)) return folder;
  return null;
}

const aggregates =
  /(?:^|\/)(?:pnpm-workspace\.ya?ml|lerna\.json|settings\.gradle(?:\.kts)?|requirements[^/]*\.(?:txt|in)|Pipfile|Gemfile)$/;

/** The shortest end of the path that no other has: `orders`, else `sales/orders`. */
function named(folders: readonly string[]): InferredModule[] {
  const tails = folders.map((folder) => folder.split("/").map((_, at, parts) => parts.slice(-at - 1).join("/")));
  const count = new Map<string, number>();
  for (const tail of tails.flat()) count.set(tail, (count.get(tail) ?? 0) + 1);
  return folders.map((folder, at) => ({ name: tails[at]?.find((tail) => count.get(tail) === 1) ?? folder, folder }));
}
