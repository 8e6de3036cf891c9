/** Libraries: build files whose folder does not run, who uses them, and which external ones several deployables share. */

import { isInside, languageOf } from "#collect/folders/index.js";
import type { BuildManifest, Dependency } from "#collect/manifests/index.js";
import { lastPart } from "#collect/manifests/index.js";
import type { LibraryFact } from "#model/facts.js";
import { wordsOf } from "#util/words.js";
import type { Gathered } from "./gather.js";

export interface LibraryFolder {
  readonly repository: string;
  readonly folder: string;
  readonly manifest: BuildManifest;
}

/** Folders with a build file that names something, outside of every deployable unless a workspace lists them; those of programs too where all of these are tools. */
export function libraryFolders(
  repository: Gathered,
  deployableFolders: readonly string[],
  programsAreTools: boolean,
): LibraryFolder[] {
  const found = new Map<string, LibraryFolder>();
  const used = foldersInUse(repository);
  for (const manifest of repository.manifests) {
    if (manifest.aggregator || found.has(manifest.folder) || !isNamed(manifest)) continue;
    if (manifest.executable && !programsAreTools && !used.has(manifest.folder)) continue;
    if (deployableFolders.includes(manifest.folder)) continue;
    // The build file at the root of a system of several parts only holds tools, unless it is a package itself.
    if (manifest.folder === "" && (deployableFolders.length > 0 || (repository.members.length > 0 && !isPackage(manifest))))
      continue;
    if (manifest.folder === "" && !isMainLanguage(repository, manifest)) continue;
    const owner = deployableFolders.find((folder) => isInside(manifest.folder, folder));
    if (owner !== undefined && !isMember(repository, manifest.folder)) continue;
    if ((repository.folders.get(manifest.folder) ?? 0) < 2) continue;
    found.set(manifest.folder, { repository: repository.repository, folder: manifest.folder, manifest });
  }
  return [...found.values()];
}

/** Beside its members: what Cargo names, or npm publishes. */
function isPackage({ ecosystem, name, published }: BuildManifest): boolean {
  return ecosystem === "cargo" ? name !== null : ecosystem === "npm" && published;
}

/** Folders of build files that others name as a dependency they run with. */
export function foldersInUse(repository: Gathered): Set<string> {
  const byName = new Map(
    repository.manifests.flatMap((manifest) =>
      manifest.name === null ? [] : [[`${manifest.ecosystem} ${manifest.name}`, manifest.folder] as const],
    ),
  );
  const used = new Set<string>();
  for (const manifest of repository.manifests) {
    if (manifest.aggregator || repository.hosts.includes(manifest.folder)) continue;
    for (const { name, path, runtime } of manifest.dependencies) {
      const folder = path ?? byName.get(`${manifest.ecosystem} ${name}`);
      if (runtime && folder !== undefined && folder !== manifest.folder) used.add(folder);
    }
  }
  return used;
}

/** A build file at the root for a small part in another language says nothing about the whole. */
function isMainLanguage(repository: Gathered, manifest: BuildManifest): boolean {
  const counts = new Map<string, number>();
  for (const path of repository.active) {
    const language = languageOf(path);
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  const own =
    manifest.ecosystem === "maven" || manifest.ecosystem === "gradle"
      ? ["java", "kotlin", "groovy", "scala"]
      : [manifest.technology];
  return own.some((language) => (counts.get(language) ?? 0) * 3 >= most);
}

/** A list of requirements alone makes no library. */
function isNamed(manifest: BuildManifest): boolean {
  if (manifest.ecosystem === "gradle") return manifest.folder !== "" || manifest.published;
  return manifest.name !== null;
}

function isMember(repository: Gathered, folder: string): boolean {
  return repository.members.some((member) => matchesGlob(folder, member));
}

/** Workspace globs: `*` is one folder, `**` any number. */
function matchesGlob(folder: string, glob: string): boolean {
  const match = (path: readonly string[], pattern: readonly string[]): boolean => {
    const [head, ...rest] = pattern;
    if (head === undefined) return path.length === 0;
    if (head === "**") return rest.length === 0 || path.some((_, index) => match(path.slice(index), rest));
    const [first, ...below] = path;
    return (
      first !== undefined &&
      (head === "*" || head === first || (head.endsWith("*") && first.startsWith(head.slice(0, -1)))) &&
      match(below, rest)
    );
  };
  // More than two `**` in one glob is no workspace but an attempt to keep us busy.
  const pattern = glob.split("/");
  return (
    pattern.length <= 12 && pattern.filter((part) => part === "**").length <= 2 && match(folder.split("/").slice(0, 64), pattern)
  );
}

export interface Use {
  /** Repository of the user. */
  readonly repository: string;
  readonly library: LibraryFolder;
  readonly manifest: BuildManifest;
  readonly dependency: Dependency;
}

/** Who depends on which of the libraries, by path where the build file gives one, else by name. */
export function usesOf(gathered: readonly Gathered[], libraries: readonly LibraryFolder[]): Use[] {
  const byName = new Map<string, LibraryFolder>();
  const byFolder = new Map(libraries.map((library) => [`${library.repository}\n${library.folder}`, library]));
  for (const library of libraries)
    if (library.manifest.name !== null) byName.set(`${library.manifest.ecosystem}\n${library.manifest.name}`, library);
  return gathered.flatMap((repository) =>
    repository.manifests.flatMap((manifest) =>
      manifest.dependencies.flatMap((dependency): Use[] => {
        const library =
          (dependency.path === null ? undefined : byFolder.get(`${repository.repository}\n${dependency.path}`)) ??
          byName.get(`${manifest.ecosystem}\n${dependency.name}`) ??
          (manifest.ecosystem === "gradle" ? byName.get(`maven\n${dependency.name}`) : undefined);
        return library && library.manifest !== manifest
          ? [{ repository: repository.repository, library, manifest, dependency }]
          : [];
      }),
    ),
  );
}

/** What a library of one's own is for, by its name only; `unclassified` where that says nothing. */
export function natureOf(name: string): LibraryFact["nature"] {
  const words = wordsOf(lastPart(name));
  if (
    words.some((word) =>
      /^(?:api|apis|contract|contracts|proto|protos|protobuf|schema|schemas|event|events|dto|dtos|interfaces?)$/.test(word),
    )
  )
    return "contract";
  if (words.some((word) => /^(?:model|models|domain|entity|entities)$/.test(word))) return "domain";
  if (
    words.some((word) =>
      /^(?:log|logger|logging|metrics|tracing|telemetry|config|configuration|util|utils|utilities|http|test|testing|eslint|tsconfig|messaging|redis|mongo|cache|security|plugin|cli|build)$/.test(
        word,
      ),
    )
  ) {
    return "infrastructure";
  }
  return "unclassified";
}
