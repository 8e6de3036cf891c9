/** composer.lock. */
import { folderOf } from "#collect/manifests/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import { readJson } from "./json.js";
import { emptyLock, type LockedVersion, type LockedVersions, packageKey, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. */
export function readComposerLock(path: string, text: string): LockedVersions | null {
  const root = readJson(text);
  if (!root) return null;
  const lines = nameLines(text);
  const packages = new Map<string, LockedVersion[]>();
  for (const kind of ["packages", "packages-dev"]) {
    const list: unknown = root[kind];
    for (const item of Array.isArray(list) ? list : []) {
      const entry = record(item);
      const name = scalarText(entry["name"]);
      const local = record(entry["dist"])["type"] === "path";
      const version = local ? workspaceVersion : scalarText(entry["version"]).replace(/^v(?=\d)/, "");
      if (name !== "") packages.set(packageKey("packagist", name), [{ version, line: lines.get(name) ?? 1 }]);
    }
  }
  return { ...emptyLock(path, folderOf(path), "packagist"), packages };
}

function nameLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split("\n").entries()) {
    const name = /^ {0,16}"name": "([^"]{1,200})"/.exec(line.slice(0, 300))?.[1];
    if (name !== undefined && !lines.has(name)) lines.set(name, index + 1);
  }
  return lines;
}
