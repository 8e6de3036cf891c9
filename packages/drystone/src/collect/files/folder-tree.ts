/** The files of a folder that is no repository. No link is followed; hidden folders and what package managers install are left out. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "#model/facts.js";
import type { FileTree } from "./file-tree.js";
import { textOf } from "./text-of.js";

const maxFiles = 50_000;
const maxDepth = 20;
const maxFileBytes = 2 * 1024 * 1024;

export function folderTree(name: string, root: string): FileTree {
  const paths: string[] = [];
  const visit = (folder: string, depth: number): void => {
    if (depth > maxDepth) return;
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (paths.length >= maxFiles) return;
      if (entry.isFile()) paths.push(path);
      else if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") visit(path, depth + 1);
    }
  };
  visit("", 0);
  const problems: Problem[] = [];
  const told = new Set<string>();
  const refuse = (path: string, why: string): void => {
    if (told.has(path)) return;
    told.add(path);
    problems.push({ path, line: null, message: `${path} ${why}`, hint: "nothing was read from it" });
  };
  return {
    repository: name,
    paths: paths.sort(),
    problems,
    read: (wanted, { maxBytes = maxFileBytes, quiet = false } = {}) => {
      const texts = new Map<string, string>();
      for (const path of wanted) {
        const content = readPlain(root, path, maxBytes);
        if (typeof content !== "string") texts.set(path, content.text);
        else if (!quiet) refuse(path, content);
      }
      return texts;
    },
  };
}

/** The text, or why there is none. */
function readPlain(root: string, path: string, maxBytes: number): { readonly text: string } | string {
  const parts = path.split("/");
  // A folder may have been replaced by a link since it was listed.
  for (let length = 1; length < parts.length; length++)
    if (!isRealFolder(join(root, ...parts.slice(0, length)))) return "leads through a link; links are not followed";
  let descriptor: number;
  try {
    descriptor = openSync(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return "cannot be read";
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return "is not a regular file";
    if (stat.size > maxBytes) return `is larger than ${Math.round(maxBytes / 1048576)} MB`;
    const buffer = Buffer.alloc(stat.size);
    let filled = 0;
    for (let read = -1; filled < stat.size && read !== 0; filled += read)
      read = readSync(descriptor, buffer, filled, stat.size - filled, filled);
    const text = textOf(buffer.subarray(0, filled));
    return text === null ? "is binary" : { text };
  } finally {
    closeSync(descriptor);
  }
}

function isRealFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
