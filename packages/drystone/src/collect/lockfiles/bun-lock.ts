/** bun.lock, the text format of Bun. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { record, texts } from "#collect/yaml/index.js";
import { keyLines, readJson, withoutTrailingCommas } from "./json.js";
import { emptyLock, type LockedVersion, type LockedVersions, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. `packages` holds `name` and, where versions differ, `member/name`. */
export function readBunLock(path: string, text: string): LockedVersions | null {
  const root = readJson(withoutTrailingCommas(text));
  if (!root) return null;
  const folder = folderOf(path);
  const lines = keyLines(text);
  const packages = new Map(Object.entries(record(root["packages"])));
  const members = new Map<string, Map<string, LockedVersion>>();
  for (const [key, value] of Object.entries(record(root["workspaces"]))) {
    const member = joinPath(folder, key);
    if (member === null) continue;
    const manifest = record(value);
    const own = texts(manifest["name"])[0] ?? "";
    const versions = new Map<string, LockedVersion>();
    for (const kind of ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]) {
      for (const name of Object.keys(record(manifest[kind]))) {
        const place = [`${own}/${name}`, name].find((one) => packages.has(one));
        const spec = place === undefined ? undefined : texts(packages.get(place))[0];
        if (place !== undefined && spec !== undefined) versions.set(name, lockedAs(spec, lines.get(place) ?? 1));
      }
    }
    members.set(member, versions);
  }
  return { ...emptyLock(path, folder, "npm"), members };
}

/** `zod@3.22.4`, `@shop/model@workspace:packages/model`. */
function lockedAs(spec: string, line: number): LockedVersion {
  const version = spec.slice(spec.indexOf("@", 1) + 1);
  return { version: /^(?:workspace|file|link):/.test(version) ? workspaceVersion : version, line };
}
