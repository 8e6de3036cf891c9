/** pnpm-lock.yaml, versions 5 to 9, read line by line: it is written by a machine, two blanks a level, and often too large for a YAML parser. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { emptyLock, type LockedVersion, type LockedVersions, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. */
export function readPnpmLock(path: string, text: string): LockedVersions | null {
  if (!/^lockfileVersion:/m.test(text.slice(0, 10_000))) return null;
  const folder = folderOf(path);
  const members = new Map<string, Map<string, LockedVersion>>();
  const versionsOf = (key: string): Map<string, LockedVersion> | null => {
    const member = joinPath(folder, key);
    if (member === null) return null;
    const known = members.get(member) ?? new Map<string, LockedVersion>();
    members.set(member, known);
    return known;
  };
  let current: Map<string, LockedVersion> | null = null;
  // Depth of `dependencies:`: at the margin for one package, two levels in below `importers:`.
  let base = 0;
  let listing = false;
  let name = "";
  for (const [index, line] of text.split("\n").entries()) {
    const found = /^( {0,10})(?:'([^']{1,214})'|"([^"]{1,214})"|([^\s:#'"][^\s:]{0,213})):(?: (.{1,500}))?$/.exec(
      line.slice(0, 800).trimEnd(),
    );
    if (!found) continue;
    const depth = (found[1] ?? "").length;
    const key = found[2] ?? found[3] ?? found[4] ?? "";
    const value = (found[5] ?? "").replace(/^'|'$/g, "");
    if (depth === 0) {
      if (/^(?:packages|snapshots)$/.test(key)) break;
      base = key === "importers" ? 4 : 0;
      current = isDependencies(key) ? versionsOf("") : null;
      listing = current !== null;
    } else if (base === 4 && depth === 2) {
      current = versionsOf(key);
      listing = false;
    } else if (depth === base) listing = isDependencies(key);
    else if (listing && current && depth === base + 2) {
      name = key;
      if (value !== "" && value !== "{}") current.set(name, lockedAs(value, index + 1));
    } else if (listing && current && depth === base + 4 && key === "version") current.set(name, lockedAs(value, index + 1));
  }
  return { ...emptyLock(path, folder, "npm"), members };
}

function isDependencies(key: string): boolean {
  return key === "dependencies" || key === "devDependencies" || key === "optionalDependencies";
}

/** `1.2.3`, `1.2.3(react@18.0.0)`, `1.2.3_react@18.0.0`, `/foo/1.2.3`, `'@scope/fork@1.2.3'`, `link:../model`, `file:packages/model(…)`. */
function lockedAs(written: string, line: number): LockedVersion {
  if (/^(?:link|file|workspace):/.test(written)) return { version: workspaceVersion, line };
  const version = /(?:^|[/@])(\d{1,9}\.\d{1,9}\.\d{1,9}[\w.+-]{0,80}?)(?=[_(]|$)/.exec(written)?.[1];
  // From a repository of source, the commit is what is exact.
  return { version: version ?? written.split("(")[0]?.slice(0, 100) ?? "", line };
}
