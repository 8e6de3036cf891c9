/** What the files said the last time, so that of unchanged ones nothing is read again. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { isSure, programStamp, readRegularFile, writeAtomically } from "#collect/cache/index.js";
import { type FileTree, type WatchedTree, watchedTree } from "#collect/files/index.js";
import type { FilesFrame } from "./files-frame.js";
import type { ReadFacts } from "./read-files.js";

export interface FilesMemory {
  /** Null where any file may differ from what it was when `keep` was called. */
  readonly recall: () => ReadFacts | null;
  /** The same frame, with what is asked of its trees noted. */
  readonly frame: FilesFrame;
  /** Keeps nothing where a file was read that git does not list, or where one changed so lately that nobody could tell if it changes again. */
  readonly keep: (read: ReadFacts) => void;
}

const maxBytes = 512 * 1024 * 1024;

/** Ask for it before any file is read: what changes between that and `keep` is noticed the next time. A cache that cannot be written is none. */
export function filesMemory(directory: string, unwatched: FilesFrame): FilesMemory {
  const { clones, declaration, systemName } = unwatched;
  const [trees, configTrees] = [unwatched.trees.map(watchedTree), unwatched.configTrees.map(watchedTree)];
  const all = [...trees, ...configTrees];
  const places = clones.map(({ id, gitDirectory, workTree, askedFor }) => [id, gitDirectory, workTree, askedFor]);
  const place = hashOf(JSON.stringify([places, configTrees.map(({ repository }) => repository)]));
  const file = join(directory, "files", `${place}.json`);
  const frame = { ...unwatched, trees, configTrees };
  const stamps = stampOf(all, Date.now());
  if (stamps === null) return { recall: () => null, frame, keep: () => undefined };
  const header = `drystone files ${programStamp()} ${hashOf(JSON.stringify([systemName, declaration]))} ${stamps}`;
  return {
    recall() {
      const text = readRegularFile(file, maxBytes)?.toString("utf8") ?? "";
      const end = text.indexOf("\n");
      const body = text.slice(end + 1);
      return end >= 0 && text.slice(0, end) === `${header} ${hashOf(body)}` ? (JSON.parse(body) as ReadFacts) : null;
    },
    frame,
    keep(read) {
      if (all.some(asksForMore)) return;
      const body = JSON.stringify(read);
      try {
        writeAtomically(file, [Buffer.from(`${header} ${hashOf(body)}\n`), Buffer.from(body)]);
      } catch {
        // What reads the history says so.
      }
    },
  };
}

function asksForMore({ asked, paths }: WatchedTree): boolean {
  const listed = new Set(paths);
  return [...asked].some((path) => !listed.has(path));
}

/** Changes whenever a file of the trees comes, goes or changes; null where that cannot be told. */
function stampOf(trees: readonly FileTree[], now: number): string | null {
  const hash = createHash("sha256");
  for (const { repository, paths, stamps } of trees) {
    if (stamps === undefined) return null;
    const known = stamps(paths);
    if (paths.some((_, file) => !isSure(known, file, now))) return null;
    hash.update(JSON.stringify([repository, paths])).update(known);
  }
  return hash.digest("hex").slice(0, 40);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}
