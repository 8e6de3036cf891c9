/** What a lock file says, in one shape for all formats. */

/** As `LibraryFact.ecosystem`. */
export type Ecosystem = "npm" | "maven" | "go" | "nuget" | "pypi" | "rubygems" | "packagist" | "cargo";

export interface LockedVersion {
  /** Exact, without operators; `workspace` for a folder of the same repository. */
  readonly version: string;
  /** In the lock file, or in `path`; from 1. */
  readonly line: number;
  /** The file that says it, where that is another one than the lock file. */
  readonly path?: string;
}

export interface LockedVersions {
  readonly path: string;
  /** Folder that it speaks for, with those below; "" for the root of the repository. */
  readonly folder: string;
  readonly ecosystem: Ecosystem;
  /** Direct dependencies by folder of the member, relative to the repository, then by name. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, LockedVersion>>;
  /** By `name@range` as a build file writes it. */
  readonly ranges: ReadonlyMap<string, LockedVersion>;
  /** All versions of a name, where the format does not say who uses which. */
  readonly packages: ReadonlyMap<string, readonly LockedVersion[]>;
}

export const workspaceVersion = "workspace";

/** Direct dependencies of one member are few; a list beyond this is an attempt to keep us busy. */
export const maxPackages = 200_000;

/** The version that a member uses, by what the build file asks for; null when the lock file does not say. */
export function lockedVersion(locked: LockedVersions, folder: string, name: string, written: string): LockedVersion | null {
  const key = packageKey(locked.ecosystem, name);
  const known =
    locked.members.get(folder)?.get(key) ??
    locked.ranges.get(`${key}@${written}`) ??
    locked.ranges.get(`${key}@npm:${written}`) ??
    null;
  if (known) return known;
  const all = locked.packages.get(key) ?? [];
  return onlyVersion(all) ?? onlyVersion(all.filter((one) => sameSeries(one.version, written)));
}

/** The first, when all are of one version: patches and aliases are listed beside what they change. */
function onlyVersion(candidates: readonly LockedVersion[]): LockedVersion | null {
  const [first] = candidates;
  return first && candidates.every((one) => one.version === first.version) ? first : null;
}

/** How a registry compares names. */
export function packageKey(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === "pypi") return name.toLowerCase().replace(/[-_.]{1,100}/g, "-");
  return ecosystem === "nuget" || ecosystem === "packagist" ? name.toLowerCase() : name;
}

/** A lock file without anything in it, to be filled. */
export function emptyLock(path: string, folder: string, ecosystem: Ecosystem): LockedVersions {
  return { path, folder, ecosystem, members: new Map(), ranges: new Map(), packages: new Map() };
}

/** Same first part that is not zero: what `^` and Cargo mean. */
function sameSeries(version: string, range: string): boolean {
  const series = seriesOf(version);
  return series !== null && series === seriesOf(range);
}

function seriesOf(version: string): string | null {
  return /(?:0\.){0,2}[1-9]\d{0,9}/.exec(version)?.[0] ?? null;
}

/** Adds to a list in a map. */
export function addTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
