/** Which reader reads which lock file. One line adds one. */
import { lastPart } from "#collect/manifests/index.js";
import { readBunLock } from "./bun-lock.js";
import { readComposerLock } from "./composer-lock.js";
import { readGemfileLock } from "./gemfile-lock.js";
import { readGoModVersions } from "./go-mod.js";
import { readGradleLock, readVersionCatalog } from "./gradle.js";
import type { LockedVersions } from "./locked-versions.js";
import { readMavenVersions } from "./maven.js";
import { readNpmLock } from "./npm-lock.js";
import { readCentralPackages, readNugetLock } from "./nuget.js";
import { readPackageBlocks } from "./package-blocks.js";
import { readPnpmLock } from "./pnpm-lock.js";
import { readPipfileLock, readRequirementPins } from "./python-pins.js";
import { readYarnLock } from "./yarn-lock.js";

type Reader = (path: string, text: string) => LockedVersions | null;

const readers: readonly (readonly [name: RegExp, read: Reader])[] = [
  [/^(?:package-lock|npm-shrinkwrap)\.json$/, readNpmLock],
  [/^pnpm-lock\.yaml$/, readPnpmLock],
  [/^yarn\.lock$/, readYarnLock],
  [/^bun\.lock$/, readBunLock],
  [/^gradle\.lockfile$/, readGradleLock],
  [/\.versions\.toml$/, readVersionCatalog],
  [/^go\.mod$/, readGoModVersions],
  [/^packages\.lock\.json$/, readNugetLock],
  [/^Directory\.Packages\.props$/i, readCentralPackages],
  [/^(?:Cargo|poetry|uv|pdm)\.lock$/, readPackageBlocks],
  [/^Pipfile\.lock$/, readPipfileLock],
  [/^requirements[\w.-]{0,60}\.txt$/, readRequirementPins],
  [/^Gemfile\.lock$/, readGemfileLock],
  [/^composer\.lock$/, readComposerLock],
  [/^pom\.xml$/, (path, text) => readMavenVersions(new Map([[path, text]]))[0] ?? null],
];

/** True for a file that a reader knows. */
export function isLockfile(path: string): boolean {
  const name = lastPart(path);
  return readers.some(([pattern]) => pattern.test(name));
}

/**
 * Resolved versions of one lock file, or of a build file that pins them; null when it is none or cannot be read. Never throws.
 * A pom.xml is read alone here: `readMavenVersions` reads those of a repository together, with their parents.
 */
export function readLockfile(path: string, text: string): LockedVersions | null {
  const name = lastPart(path);
  return readers.find(([pattern]) => pattern.test(name))?.[1](path, text) ?? null;
}
