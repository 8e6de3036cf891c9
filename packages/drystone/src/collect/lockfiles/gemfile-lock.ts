/** Gemfile.lock. */
import { folderOf } from "#collect/manifests/index.js";
import { emptyLock, type LockedVersion, type LockedVersions, workspaceVersion } from "./locked-versions.js";

/** Null when it is no such file. */
export function readGemfileLock(path: string, text: string): LockedVersions | null {
  const packages = new Map<string, LockedVersion[]>();
  let section = "";
  for (const [index, line] of text.split("\n").entries()) {
    if (/^[A-Z]/.test(line)) section = line.trim();
    // Four blanks for a gem, six for what it needs. Builds for single platforms carry the platform behind the version.
    const [, name, version] = /^ {4}([\w.-]{1,100}) \((\d[\w.]{0,50})/.exec(line.slice(0, 300)) ?? [];
    if (name && version && !packages.has(name))
      packages.set(name, [{ version: section === "PATH" ? workspaceVersion : version, line: index + 1 }]);
  }
  return packages.size === 0 ? null : { ...emptyLock(path, folderOf(path), "rubygems"), packages };
}
