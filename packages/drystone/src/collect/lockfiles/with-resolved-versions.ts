/** Puts exact versions into the uses of libraries, where lock files and pinned build files say them. */
import type { FileTree } from "#collect/files/index.js";
import { folderOf } from "#collect/manifests/index.js";
import type { Evidence } from "#model/evidence.js";
import type { ComponentFact, LibraryFact, LibraryUse, Problem, SourceFact } from "#model/facts.js";
import { collectLocks, type Locks } from "./collect-locks.js";
import { type LockedVersions, lockedVersion, workspaceVersion } from "./locked-versions.js";
import { pinnedVersion } from "./pinned-version.js";

export interface ResolvedLibraries {
  readonly libraries: LibraryFact[];
  readonly problems: readonly Problem[];
  readonly sources: readonly SourceFact[];
}

/**
 * The same libraries; a use is `resolved` when the nearest lock file of its ecosystem, upwards from its build file, or the build file itself leaves one version only.
 * @param trees the repositories that the libraries were found in. @param components tell in which of them the source of an internal library lies.
 */
export function withResolvedVersions(
  libraries: readonly LibraryFact[],
  trees: readonly FileTree[],
  components: readonly ComponentFact[],
): ResolvedLibraries {
  const homes = new Map(components.map((component) => [component.ref, component.repository]));
  const locks = new Map(trees.map((tree) => [tree.repository, collectLocks(tree)]));
  const folders = new Map([...locks].map(([repository, found]) => [repository, locksByFolder(found)]));
  const resolve = (library: LibraryFact, use: LibraryUse): LibraryUse => {
    const place = placeOf(use);
    const found = place && locks.get(place.repository);
    if (!place || !found) return use;
    const isHere = library.component !== null && homes.get(library.component) === place.repository;
    if (isHere && isWorkspace(library, use, found)) return { ...use, version: workspaceVersion, resolved: true };
    const locked = lockOf(folders.get(place.repository) ?? new Map(), library, folderOf(place.file), use.version);
    if (locked) {
      const { version, path, line } = locked;
      const text = `${library.name} ${version}`;
      const evidence: Evidence = { type: "file", repository: place.repository, file: path, line, text };
      return { ...use, version, resolved: true, evidence: [...use.evidence, evidence] };
    }
    const written = isSpringBoot(library, use, place.file)
      ? (nearest(found.springBoot, folderOf(place.file)) ?? use.version)
      : withVariables(use.version, found, folderOf(place.file));
    const pinned = pinnedVersion(library.ecosystem, written);
    return pinned === null ? use : { ...use, version: pinned, resolved: true };
  };
  return {
    libraries: libraries.map((library) => ({ ...library, uses: sortedUses(library.uses.map((use) => resolve(library, use))) })),
    problems: [...locks.values()].flatMap((found) => found.problems),
    sources: [...locks.values()].flatMap((found) => found.sources),
  };
}

interface Place {
  readonly repository: string;
  readonly file: string;
}

/** The build file that the use stands in. */
function placeOf(use: LibraryUse): Place | null {
  for (const evidence of use.evidence)
    if (evidence.type === "file") return { repository: evidence.repository, file: evidence.file };
  return null;
}

function locksByFolder(locks: Locks): Map<string, LockedVersions[]> {
  const folders = new Map<string, LockedVersions[]>();
  for (const locked of locks.locked) {
    const key = `${locked.ecosystem}\n${locked.folder}`;
    folders.set(key, [...(folders.get(key) ?? []), locked]);
  }
  return folders;
}

interface Found {
  readonly version: string;
  readonly path: string;
  readonly line: number;
}

/** From the folder of the build file upwards; the first that knows the library counts. */
function lockOf(
  folders: ReadonlyMap<string, readonly LockedVersions[]>,
  library: LibraryFact,
  from: string,
  written: string,
): Found | null {
  for (let folder = from; ; folder = folderOf(folder)) {
    for (const locked of folders.get(`${library.ecosystem}\n${folder}`) ?? []) {
      const found = lockedVersion(locked, from, library.name, written);
      if (found && found.version !== "") return { path: locked.path, ...found };
    }
    if (folder === "") return null;
  }
}

/** A path, a workspace protocol, or no version at all for a library whose source is here. */
function isWorkspace(library: LibraryFact, use: LibraryUse, locks: Locks): boolean {
  if (/^(?:workspace|file|link|portal):/.test(use.version)) return true;
  if (library.ecosystem === "go") return locks.workspaceModules.has(library.name);
  // Gradle projects and references between .NET projects carry none; a managed Maven version may come from anywhere.
  return (
    (use.version === "managed" || use.version === "") &&
    !use.evidence.some((one) => "file" in one && one.file.endsWith("pom.xml"))
  );
}

/** Of a Gradle script, without a version of its own. */
function isSpringBoot(library: LibraryFact, use: LibraryUse, file: string): boolean {
  return use.version === "managed" && library.name.startsWith("org.springframework.boot:") && !file.endsWith("pom.xml");
}

function nearest(byFolder: ReadonlyMap<string, string>, from: string): string | undefined {
  for (let folder = from; ; folder = folderOf(folder)) {
    const value = byFolder.get(folder);
    if (value !== undefined || folder === "") return value;
  }
}

/** Fills in `${springVersion}` and `$springVersion` from the Gradle scripts of the folder and those above it. */
function withVariables(version: string, locks: Locks, from: string): string {
  if (!version.includes("$")) return version;
  return version.replace(/\$\{?([\w.]{1,80})\}?/g, (whole, written: string) => {
    const name = written.split(".").at(-1) ?? written;
    for (let folder = from; ; folder = folderOf(folder)) {
      const value = locks.variables.get(folder)?.get(name);
      if (value !== undefined || folder === "") return value ?? whole;
    }
  });
}

function sortedUses(uses: readonly LibraryUse[]): LibraryUse[] {
  const byKey = new Map(uses.map((use) => [`${use.component}\n${use.version}`, use]));
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, use]) => use);
}
