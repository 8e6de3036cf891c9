/** go.mod: since Go chooses the least version that all ask for, what stands here is what is built; go.work for what is built from its folder. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { emptyLock, type LockedVersion, type LockedVersions, maxPackages, workspaceVersion } from "./locked-versions.js";

export function readGoModVersions(path: string, text: string): LockedVersions | null {
  const folder = folderOf(path);
  const versions = new Map<string, LockedVersion>();
  const replaced = new Map<string, LockedVersion>();
  let block = "";
  for (const [index, raw] of text.split("\n").entries()) {
    const line = (raw.slice(0, 1000).split("//")[0] ?? "").trim();
    const opened = /^(\w{1,20})\s{0,5}\($/.exec(line);
    if (opened) block = opened[1] ?? "";
    else if (line === ")") block = "";
    else if (line !== "" && versions.size < maxPackages) {
      const words = line.split(/\s+/);
      const verb = block === "" ? words.shift() : block;
      if (verb === "require") versions.set(words[0] ?? "", { version: words[1] ?? "", line: index + 1 });
      if (verb === "replace") replace(words, index + 1, replaced);
    }
  }
  // A replaced module that nobody requires is never built.
  for (const [name, by] of replaced) if (versions.has(name)) versions.set(name, by);
  return { ...emptyLock(path, folder, "go"), members: new Map([[folder, versions]]) };
}

/** `old [v] => ../folder` or `old [v] => new v`. */
function replace(words: readonly string[], line: number, replaced: Map<string, LockedVersion>): void {
  const arrow = words.indexOf("=>");
  const [name] = words;
  const target = words[arrow + 1];
  if (arrow < 1 || name === undefined || target === undefined) return;
  const local = target.startsWith(".") || target.startsWith("/");
  replaced.set(name, { version: local ? workspaceVersion : (words[arrow + 2] ?? ""), line });
}

/** Folders that a go.work uses, relative to the repository. */
export function readGoWork(path: string, text: string): string[] {
  return text
    .slice(0, 100_000)
    .split("\n")
    .flatMap((raw) => {
      const line = (raw.split("//")[0] ?? "").trim().replace(/^use\s{1,9}/, "");
      return line === "." || line.startsWith("./") || line.startsWith("../") ? (joinPath(folderOf(path), line) ?? []) : [];
    });
}
