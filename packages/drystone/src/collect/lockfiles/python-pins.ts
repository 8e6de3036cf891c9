/** Exact versions of Pipfile.lock and of lists of requirements. */
import { folderOf } from "#collect/manifests/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import { keyLines, readJson } from "./json.js";
import { addTo, emptyLock, type LockedVersion, type LockedVersions, packageKey, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. */
export function readPipfileLock(path: string, text: string): LockedVersions | null {
  const root = readJson(text);
  if (!root) return null;
  const lines = keyLines(text);
  const packages = new Map<string, LockedVersion[]>();
  for (const [name, value] of [...Object.entries(record(root["default"])), ...Object.entries(record(root["develop"]))]) {
    const entry = record(value);
    const version = "path" in entry ? workspaceVersion : scalarText(entry["version"]).replace(/^==/, "");
    const key = packageKey("pypi", name);
    if (version !== "" && !packages.has(key)) addTo(packages, key, { version, line: lines.get(name) ?? 1 });
  }
  return { ...emptyLock(path, folderOf(path), "pypi"), packages };
}

/** Lines `name==1.2.3`; others pin nothing. */
export function readRequirementPins(path: string, text: string): LockedVersions | null {
  const versions = new Map<string, LockedVersion>();
  for (const [index, line] of text.split("\n").entries()) {
    const [, name, version] =
      /^([A-Za-z0-9][\w.-]{0,100})(?:\[[^\]]{0,200}\])?\s{0,5}={2,3}\s{0,5}([\w.!+-]{1,100})(?![\w.*])/.exec(
        line.slice(0, 400),
      ) ?? [];
    if (name && version) versions.set(packageKey("pypi", name), { version, line: index + 1 });
  }
  const folder = folderOf(path);
  return versions.size === 0 ? null : { ...emptyLock(path, folder, "pypi"), members: new Map([[folder, versions]]) };
}
