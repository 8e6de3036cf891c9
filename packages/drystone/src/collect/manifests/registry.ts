/** Which reader reads which build file. One line adds one. */
import { readCargo } from "./cargo.js";
import { readDotnetProject } from "./dotnet.js";
import { readGoMod } from "./go.js";
import { readGradle, readGradleSettings } from "./gradle.js";
import { type BuildManifest, lastPart } from "./manifest.js";
import { readPom } from "./maven.js";
import { readLerna, readPackageJson, readPnpmWorkspace } from "./npm.js";
import { readComposer, readGemfile, readGemspec, readMix, readSbt } from "./others.js";
import { readPython } from "./python.js";

type Reader = (path: string, text: string) => BuildManifest | null;

const readers: readonly (readonly [name: RegExp, read: Reader])[] = [
  [/^package\.json$/, readPackageJson],
  [/^pom\.xml$/, readPom],
  [/^build\.gradle(?:\.kts)?$/, readGradle],
  [/^go\.mod$/, readGoMod],
  [/^Cargo\.toml$/, readCargo],
  [/\.(?:cs|fs|vb)proj$/, readDotnetProject],
  [/^(?:pyproject\.toml|setup\.py|setup\.cfg|Pipfile|requirements\.(?:txt|in))$/, readPython],
  [/^composer\.json$/, readComposer],
  [/^Gemfile$/, readGemfile],
  [/\.gemspec$/, readGemspec],
  [/^mix\.exs$/, readMix],
  [/^build\.sbt$/, readSbt],
];

const memberReaders: readonly (readonly [name: RegExp, read: (path: string, text: string) => string[]])[] = [
  [/^pnpm-workspace\.ya?ml$/, readPnpmWorkspace],
  [/^lerna\.json$/, readLerna],
  [/^settings\.gradle(?:\.kts)?$/, readGradleSettings],
];

/** True for a build file that a reader knows, and for the files that list the members of a workspace. */
export function isBuildManifest(path: string): boolean {
  const name = lastPart(path);
  return readers.some(([pattern]) => pattern.test(name)) || memberReaders.some(([pattern]) => pattern.test(name));
}

/** What the file says; null when it is none of these or cannot be read. */
export function readBuildManifest(path: string, text: string): BuildManifest | null {
  const name = lastPart(path);
  return readers.find(([pattern]) => pattern.test(name))?.[1](path, text) ?? null;
}

/** Folders (may be globs) that a workspace file lists; null when the file is none. */
export function readMembers(path: string, text: string): string[] | null {
  const name = lastPart(path);
  return memberReaders.find(([pattern]) => pattern.test(name))?.[1](path, text) ?? null;
}
