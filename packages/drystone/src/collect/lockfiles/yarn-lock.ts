/** yarn.lock of Yarn 1 and of Berry: entries under `name@range, name@range:`. */
import { folderOf } from "#collect/manifests/index.js";
import { addTo, emptyLock, type LockedVersion, type LockedVersions, maxPackages, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. Packages of the workspace stand in it only with Berry. */
export function readYarnLock(path: string, text: string): LockedVersions | null {
  if (!/^# yarn lockfile v1|^__metadata:/m.test(text.slice(0, 2000))) return null;
  const ranges = new Map<string, LockedVersion>();
  const packages = new Map<string, LockedVersion[]>();
  let keys: string[] = [];
  let line = 0;
  for (const [index, raw] of text.split("\n").entries()) {
    if (/^[^\s#]/.test(raw)) {
      keys = raw.length > 4000 || raw.startsWith("__metadata") ? [] : keysOf(raw);
      line = index + 1;
    } else if (keys.length > 0 && raw.startsWith("  version")) {
      const version = /^ {2}version:? "?([^"\s]{1,200})/.exec(raw)?.[1] ?? "";
      if (ranges.size < maxPackages) enter({ version, line }, keys, ranges, packages);
      keys = [];
    }
  }
  return { ...emptyLock(path, folderOf(path), "npm"), ranges, packages };
}

function keysOf(header: string): string[] {
  return header
    .replace(/:\s*$/, "")
    .split(",")
    .map((key) => key.trim().replace(/^"|"$/g, ""));
}

function enter(
  found: LockedVersion,
  keys: readonly string[],
  ranges: Map<string, LockedVersion>,
  packages: Map<string, LockedVersion[]>,
): void {
  const local = keys.some((key) => /@(?:workspace|portal|link|file):/.test(key));
  const locked = local ? { ...found, version: workspaceVersion } : found;
  for (const key of keys) ranges.set(key, locked);
  const [first = ""] = keys;
  addTo(packages, first.slice(0, first.indexOf("@", 1)), locked);
}
