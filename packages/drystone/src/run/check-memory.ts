/** What `check` read the last time, so that an unchanged tree is not read again, and of a changed one only what changed. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { programStamp, readRegularFile, sureStamp, writeAtomically } from "#collect/cache/index.js";
import type { FileTree } from "#collect/files/index.js";
import type { FileCounts } from "#collect/imports/index.js";
import type { Judged, SystemRead } from "./judge-system.js";

export interface Remembered {
  readonly read: SystemRead;
  /** What followed from `read`. */
  readonly judged: Judged;
  /** Source files that may have changed since, one list per tree; nothing else has. */
  readonly changed: readonly (readonly string[])[];
  /** Files that were read besides the source, one list per tree. */
  readonly asked: readonly (readonly string[])[];
}

export interface CheckMemory {
  /** Null where anything but the text of source files may differ: files came or went, configuration, build files or owners changed. */
  readonly recall: (trees: readonly FileTree[]) => Remembered | null;
  /** @param asked files that were read besides the source, one list per tree. @param sources files that were read for their imports. */
  readonly keep: (
    trees: readonly FileTree[],
    read: SystemRead,
    judged: Judged,
    asked: readonly Iterable<string>[],
    sources: readonly (readonly string[])[],
  ) => void;
}

const maxBytes = 512 * 1024 * 1024;

/**
 * @param directory of the cache. @param place names the repositories as they lie on this machine. @param frame what else the outcome depends on.
 * @param now milliseconds since 1970, from before anything was read. @param onFailure is told why it could not be written.
 */
export function checkMemory(
  directory: string,
  place: string,
  frame: string,
  now: number,
  onFailure: (reason: string) => void,
): CheckMemory {
  const file = join(directory, "check", `${hashOf(place)}.json`);
  const header = `drystone check ${programStamp()} ${hashOf(frame)}`;
  return {
    recall(trees) {
      const kept = stored(file, header);
      if (kept === null || kept.trees.length !== trees.length) return null;
      const changed = kept.trees.map((one, index) => changedIn(one, trees[index]));
      if (changed.some((one) => one === null)) return null;
      return {
        read: unpacked(kept, trees),
        judged: kept.judged,
        changed: changed.map((one) => one ?? []),
        asked: kept.trees.map(({ asked }, index) => asked.at.map((number) => trees[index]?.paths[number] ?? "")),
      };
    },
    keep(trees, read, judged, asked, sources) {
      if (trees.some(({ stamps }) => stamps === undefined)) return;
      const kept: Kept = {
        trees: trees.map((tree, index) => {
          const at = new Map(tree.paths.map((path, number) => [path, number]));
          return {
            paths: hashOf(tree.paths.join("\0")),
            sources: numbered(tree, sources[index] ?? [], at, now),
            asked: numbered(tree, asked[index] ?? [], at, now),
            counted: [...(read.counted[index] ?? [])].map(([path, counts]) => [at.get(path) ?? 0, ...counts]),
          };
        }),
        read: { ...read, counted: [] },
        judged,
      };
      try {
        const body = JSON.stringify(kept);
        writeAtomically(file, [Buffer.from(`${header} ${hashOf(body)}\n${body}`)]);
      } catch (error) {
        onFailure(error instanceof Error && "code" in error ? String(error.code) : String(error));
      }
    },
  };
}

interface Kept {
  readonly trees: readonly KeptTree[];
  /** `counted` is empty: it stands with the trees. */
  readonly read: SystemRead;
  readonly judged: Judged;
}

/** Paths are numbers in the sorted list of all. */
interface KeptTree {
  readonly paths: string;
  readonly sources: Numbered;
  readonly asked: Numbered;
  readonly counted: readonly (readonly number[])[];
}

interface Numbered {
  readonly at: readonly number[];
  /** "" for a file whose stamp says nothing, "-" for one that is none. */
  readonly stamps: readonly string[];
}

/** Files that may have changed; null when more than their text may have. */
function changedIn(kept: KeptTree, tree: FileTree | undefined): string[] | null {
  if (tree?.stamps === undefined || hashOf(tree.paths.join("\0")) !== kept.paths) return null;
  const differing = ({ at, stamps }: Numbered): string[] => {
    const paths = at.map((number) => tree.paths[number] ?? "");
    const now = tree.stamps?.(paths) ?? new Map<string, string>();
    return paths.filter((path, index) => (now.get(path) ?? "-") !== stamps[index]);
  };
  return differing(kept.asked).length > 0 ? null : differing(kept.sources);
}

function numbered(tree: FileTree, paths: Iterable<string>, at: ReadonlyMap<string, number>, now: number): Numbered {
  const known = [...paths].filter((path) => at.has(path));
  const stamps = tree.stamps?.(known) ?? new Map<string, string>();
  return {
    at: known.map((path) => at.get(path) ?? 0),
    stamps: known.map((path) => (stamps.has(path) ? sureStamp(stamps.get(path), now) : "-")),
  };
}

function unpacked({ trees: kept, read }: Kept, trees: readonly FileTree[]): SystemRead {
  return {
    ...read,
    counted: kept.map(
      ({ counted }, index) =>
        new Map(
          counted.map(([path = 0, imports = 0, resolved = 0, packages = 0, unresolved = 0]): [string, FileCounts] => [
            trees[index]?.paths[path] ?? "",
            [imports, resolved, packages, unresolved],
          ]),
        ),
    ),
  };
}

/** Null when any byte is wrong. */
function stored(file: string, header: string): Kept | null {
  const text = readRegularFile(file, maxBytes)?.toString("utf8") ?? "";
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== `${header} ${hashOf(body)}`) return null;
  return JSON.parse(body) as Kept;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}
