/** The lock files of one repository, and what else its build files say about versions. */
import type { FileTree } from "#collect/files/index.js";
import { folderOf, isBuildManifest, lastPart } from "#collect/manifests/index.js";
import type { Problem, SourceFact } from "#model/facts.js";
import { readGoWork } from "./go-mod.js";
import { gradleVariables, springBootVersion } from "./gradle.js";
import type { LockedVersions } from "./locked-versions.js";
import { readMavenVersions } from "./maven.js";
import { isLockfile, readLockfile } from "./read-lockfile.js";

export interface Locks {
  readonly repository: string;
  readonly locked: readonly LockedVersions[];
  /** Variables of Gradle scripts by folder. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Versions of Spring Boot that Gradle scripts ask for, by folder. */
  readonly springBoot: ReadonlyMap<string, string>;
  /** Go modules, by name, that a go.work builds from their folder. */
  readonly workspaceModules: ReadonlySet<string>;
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** Lock files are written by machines and long: those of large workspaces have several megabytes. */
const maxLockBytes = 32 * 1024 * 1024;
const maxFilesEach = 2000;
/** Some are large, so only a few are in memory at a time. */
const batchSize = 4;

export function collectLocks(tree: FileTree): Locks {
  const own = tree.paths.filter((path) => !/(?:^|\/)(?:node_modules|bower_components|site-packages|testdata)\//.test(path));
  const lockfiles = own.filter((path) => isLockfile(path) && lastPart(path) !== "pom.xml").slice(0, maxFilesEach);
  const locked: LockedVersions[] = [];
  const sources: SourceFact[] = [];
  const problems: Problem[] = [];
  const note = (path: string, facts: number, problem: string | null = null) =>
    sources.push({ kind: "manifest", repository: tree.repository, path, read: problem === null, facts, problem, window: null });
  for (let at = 0; at < lockfiles.length; at += batchSize) {
    for (const [path, text] of tree.read(lockfiles.slice(at, at + batchSize), { maxBytes: maxLockBytes })) {
      const read = readLockfile(path, text);
      if (read) {
        locked.push(read);
        // Build files that pin versions are noted by those who read them as build files.
        if (!isBuildManifest(path)) note(path, countOf(read));
      } else if (!mayPinNothing(path)) {
        problems.push({
          path,
          line: null,
          message: `${path} is no lock file that can be read`,
          hint: "make it anew with its package manager",
        });
        note(path, 0, "cannot be read");
      }
    }
  }
  const poms = tree.read(own.filter((path) => lastPart(path) === "pom.xml").slice(0, maxFilesEach), { quiet: true });
  const scripts = tree.read(own.filter(isGradle).slice(0, maxFilesEach), { quiet: true });
  return {
    repository: tree.repository,
    locked: [...locked, ...readMavenVersions(poms)],
    variables: variablesOf(scripts),
    springBoot: springBootVersions(scripts),
    workspaceModules: workspaceModules(tree, own),
    sources,
    problems,
  };
}

function isGradle(path: string): boolean {
  return /^(?:gradle\.properties|(?:build|settings)\.gradle(?:\.kts)?)$/.test(lastPart(path));
}

/** Lists of requirements without an exact version, catalogs without versions and scripts of fresh projects are in order. */
function mayPinNothing(path: string): boolean {
  return /^requirements|\.versions\.toml$|^(?:gradle\.lockfile|Gemfile\.lock|Cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock)$/.test(
    lastPart(path),
  );
}

function countOf(locked: LockedVersions): number {
  let count = locked.packages.size + locked.ranges.size;
  for (const member of locked.members.values()) count += member.size;
  return count;
}

function variablesOf(scripts: ReadonlyMap<string, string>): Map<string, Map<string, string>> {
  const variables = new Map<string, Map<string, string>>();
  for (const [path, text] of scripts) {
    const folder = folderOf(path);
    variables.set(folder, new Map([...(variables.get(folder) ?? []), ...gradleVariables(text)]));
  }
  return variables;
}

function springBootVersions(scripts: ReadonlyMap<string, string>): Map<string, string> {
  const versions = new Map<string, string>();
  const variables = variablesOf(scripts);
  for (const [path, text] of scripts) {
    const version = springBootVersion(text, variables.get(folderOf(path)) ?? new Map());
    if (version !== null) versions.set(folderOf(path), version);
  }
  return versions;
}

function workspaceModules(tree: FileTree, own: readonly string[]): Set<string> {
  const files = tree.read(own.filter((path) => lastPart(path) === "go.work").slice(0, maxFilesEach));
  const folders = [...files].flatMap(([path, text]) => readGoWork(path, text));
  const known = new Set(tree.paths);
  const modules = tree.read(
    folders.map((folder) => (folder === "" ? "go.mod" : `${folder}/go.mod`)).filter((path) => known.has(path)),
  );
  return new Set([...modules.values()].flatMap((text) => /^module\s{1,9}"?([^\s"]{1,300})/m.exec(text)?.[1] ?? []));
}
