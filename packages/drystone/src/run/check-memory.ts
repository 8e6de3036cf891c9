/** What `check` read the last time, so that an unchanged tree is not read again, and of a changed one only what changed. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { isSure, programStamp, readRegularFile, writeAtomically } from "#collect/cache/index.js";
import { type FileTree, stampSize } from "#collect/files/index.js";
import type { FileCounts } from "#collect/imports/index.js";
import type { Judged, SystemRead } from "./judge-system.js";
import { type PackedGraph, packedGraph, packedNumbers, unpackedGraph, unpackedNumbers } from "./packed-graph.js";

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
        asked: kept.trees.map(({ asked }, index) => pathsOf(asked, trees[index]?.paths ?? [])),
      };
    },
    keep(trees, read, judged, asked, sources) {
      if (trees.some(({ stamps }) => stamps === undefined)) return;
      const kept: Kept = {
        trees: trees.map((tree, index) => {
          const at = new Map(tree.paths.map((path, number) => [path, number]));
          const graph = read.graphs[index];
          return {
            paths: hashOf(tree.paths.join("\0")),
            sources: numbered(tree, sources[index] ?? [], at, now),
            asked: numbered(tree, asked[index] ?? [], at, now),
            graph: graph === undefined ? null : packedGraph(graph, at),
            counted: packedNumbers([...(read.counted[index] ?? [])].flatMap(([path, counts]) => [at.get(path) ?? 0, ...counts])),
          };
        }),
        read: { ...read, graphs: [], counted: [] },
        judged,
      };
      if (kept.trees.some(({ graph }) => graph === null)) return;
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
  /** `graphs` and `counted` are empty: they stand with the trees. */
  readonly read: SystemRead;
  readonly judged: Judged;
}

/** Paths are numbers in the sorted list of all; columns are packed. */
interface KeptTree {
  readonly paths: string;
  readonly sources: Numbered;
  readonly asked: Numbered;
  readonly graph: PackedGraph | null;
  /** Five numbers per file: its path and its counts. */
  readonly counted: string;
}

interface Numbered {
  readonly at: string;
  /** As the tree gives them, doubles in base64; not a number for a file whose stamp says nothing. */
  readonly stamps: string;
}

/** Files that may have changed; null when more than their text may have. */
function changedIn(kept: KeptTree, tree: FileTree | undefined): string[] | null {
  if (tree?.stamps === undefined || hashOf(tree.paths.join("\0")) !== kept.paths) return null;
  return differing(kept.asked, tree).length > 0 ? null : differing(kept.sources, tree);
}

function differing(numbered: Numbered, tree: FileTree): string[] {
  const paths = pathsOf(numbered, tree.paths);
  const before = new Float64Array(new Uint8Array(Buffer.from(numbered.stamps, "base64")).buffer);
  const now = tree.stamps?.(paths) ?? new Float64Array();
  const found = new Set<string>();
  for (let at = 0; at < paths.length * stampSize; at++)
    if (now[at] !== before[at]) found.add(paths[Math.floor(at / stampSize)] ?? "");
  return [...found];
}

function pathsOf({ at }: Numbered, paths: readonly string[]): string[] {
  return unpackedNumbers(at).map((number) => paths[number] ?? "");
}

function numbered(tree: FileTree, paths: Iterable<string>, at: ReadonlyMap<string, number>, now: number): Numbered {
  const known = [...paths].filter((path) => at.has(path));
  const stamps = tree.stamps?.(known) ?? new Float64Array();
  for (let file = 0; file < known.length; file++) if (!isSure(stamps, file, now)) stamps[file * stampSize] = Number.NaN;
  return {
    at: packedNumbers(known.map((path) => at.get(path) ?? 0)),
    stamps: Buffer.from(stamps.buffer).toString("base64"),
  };
}

function unpacked({ trees: kept, read }: Kept, trees: readonly FileTree[]): SystemRead {
  return {
    ...read,
    graphs: kept.flatMap(({ graph }, index) => (graph === null ? [] : unpackedGraph(graph, trees[index]?.paths ?? []))),
    counted: kept.map(({ counted }, index) => {
      const numbers = unpackedNumbers(counted);
      const counts = new Map<string, FileCounts>();
      for (let at = 0; at < numbers.length; at += 5) {
        const [path = 0, imports = 0, resolved = 0, packages = 0, unresolved = 0] = numbers.slice(at, at + 5);
        counts.set(trees[index]?.paths[path] ?? "", [imports, resolved, packages, unresolved]);
      }
      return counts;
    }),
  };
}

/** Null when any byte is wrong. */
function stored(file: string, header: string): Kept | null {
  const bytes = readRegularFile(file, maxBytes) ?? Buffer.of();
  const end = bytes.indexOf("\n");
  const body = bytes.subarray(end + 1);
  if (end < 0 || bytes.toString("utf8", 0, end) !== `${header} ${hashOf(body)}`) return null;
  return JSON.parse(body.toString("utf8")) as Kept;
}

function hashOf(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}
