/** Paths that a repository keeps out by name: a build makes them, and imports of them lead to no file before. */
import { folderOf } from "#collect/manifests/index.js";

export function isIgnoreFile(path: string): boolean {
  return path === ".gitignore" || path.endsWith("/.gitignore");
}

/**
 * Tells whether a `.gitignore` names the path or a folder around it. Plain names only: patterns with `*` are about kinds of files, not about what a build makes.
 * @param configs texts by path; those of other files are passed over.
 */
export function unkeptPaths(configs: ReadonlyMap<string, string>): (path: string) => boolean {
  const names = new Map<string, Set<string>>();
  const anchored = new Set<string>();
  for (const [file, text] of configs) {
    if (!isIgnoreFile(file)) continue;
    const folder = folderOf(file);
    for (const line of text.slice(0, maxText).split("\n", maxLines)) {
      const pattern = line.trim().replace(/\/$/, "");
      if (!/^\/?[\w.@-][\w.@/-]{0,200}$/.test(pattern)) continue;
      if (pattern.includes("/")) anchored.add([...(folder === "" ? [] : [folder]), pattern.replace(/^\//, "")].join("/"));
      else names.set(pattern, (names.get(pattern) ?? new Set<string>()).add(folder));
    }
  }
  return (path) =>
    pathsAround(path).some(
      (one) =>
        endings.some((ending) => anchored.has(one + ending)) ||
        endings.some((ending) => isBelow(one, names.get(one.slice(one.lastIndexOf("/") + 1) + ending))),
    );
}

const maxText = 100_000;
const maxLines = 2000;

/** An import leaves out how the name of the file ends. */
const endings = ["", ".ts", ".tsx", ".js", ".mjs", ".json"];

/** The path and the folders around it. */
function pathsAround(path: string): string[] {
  const parts = path.split("/").slice(0, 40);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function isBelow(path: string, folders: ReadonlySet<string> | undefined): boolean {
  return folders !== undefined && [...folders].some((folder) => folder === "" || path.startsWith(`${folder}/`));
}
