/** package-lock.json and npm-shrinkwrap.json, versions 1 to 3. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import { keyLines, readJson } from "./json.js";
import { emptyLock, type LockedVersion, type LockedVersions, maxPackages, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. */
export function readNpmLock(path: string, text: string): LockedVersions | null {
  const root = readJson(text);
  if (!root) return null;
  const folder = folderOf(path);
  const lines = keyLines(text);
  const packages = Object.entries(record(root["packages"])).slice(0, maxPackages);
  if (packages.length > 0) return { ...emptyLock(path, folder, "npm"), members: membersOf(folder, packages, lines) };
  const installed = Object.entries(record(root["dependencies"])).map(([name, value]): [string, LockedVersion] => [
    name,
    versionOf(record(value)["version"], lines.get(name) ?? 1),
  ]);
  return { ...emptyLock(path, folder, "npm"), members: new Map([[folder, new Map(installed)]]) };
}

type Entry = readonly [key: string, value: unknown];

/** A key without `node_modules` is a folder with a package.json; its dependencies are found as Node would find them. */
function membersOf(folder: string, packages: readonly Entry[], lines: ReadonlyMap<string, number>) {
  const byKey = new Map(packages);
  const members = new Map<string, Map<string, LockedVersion>>();
  for (const [key, value] of packages) {
    const member = key.includes("node_modules/") ? null : joinPath(folder, key);
    if (member === null) continue;
    const versions = new Map<string, LockedVersion>();
    for (const name of dependencyNames(record(value))) {
      const place = installedAt(byKey, key, name);
      if (place !== null) versions.set(name, lockedAt(record(byKey.get(place)), lines.get(place) ?? 1));
    }
    members.set(member, versions);
  }
  return members;
}

function dependencyNames(manifest: Readonly<Record<string, unknown>>): string[] {
  return ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"].flatMap((kind) =>
    Object.keys(record(manifest[kind])),
  );
}

function installedAt(packages: ReadonlyMap<string, unknown>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folderOf(folder)) {
    const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages.has(place)) return place;
    if (folder === "") return null;
  }
}

function lockedAt(entry: Readonly<Record<string, unknown>>, line: number): LockedVersion {
  return entry["link"] === true ? { version: workspaceVersion, line } : versionOf(entry["version"], line);
}

/** Version 1 writes the address of what is not from a registry: `file:../shared`, `git+ssh://…#commit`. */
function versionOf(written: unknown, line: number): LockedVersion {
  const version = scalarText(written);
  return { version: version.startsWith("file:") ? workspaceVersion : version, line };
}
