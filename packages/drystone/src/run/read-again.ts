/** What `check` takes from files: from the last time where nothing changed, else read. */
import { existsSync, readFileSync } from "node:fs";
import type { TableTouch } from "#check/index.js";
import { type FileTree, watchedTree } from "#collect/files/index.js";
import type { Clone } from "#collect/git/index.js";
import { type CheckMemory, checkMemory, type Remembered } from "./check-memory.js";
import { type CheckedTrees, type Judged, judgeImports, type SystemRead, withJudged } from "./judge-system.js";
import { optimise } from "./optimise.js";
import { type CollectOptions, parametersOf } from "./options.js";
import { systemFile } from "./system-file.js";

export interface ReadAgainOptions extends Pick<CollectOptions, "paths" | "config" | "cacheDirectory" | "warn"> {
  /** Milliseconds since 1970 by which the age of files is told; default: the clock. */
  readonly now?: number;
}

/** More than this many changed files are worth remembering anew. */
const fewFiles = 16;
const mostFiles = 300;

/** @throws UsageError for a configuration with a mistake. */
export async function readAgain(
  clones: readonly Clone[],
  trees: readonly FileTree[],
  options: ReadAgainOptions,
): Promise<CheckedTrees> {
  const memory = memoryOf(clones, options, options.now ?? Date.now());
  const remembered = memory?.recall(trees) ?? null;
  const isSmall = remembered !== null && count(remembered) <= fewFiles;
  if (!isSmall) optimise(true);
  const patched = remembered === null ? null : await patchedRead(trees, remembered);
  if (patched !== null && isSmall) return withJudged(patched, judgedAgain(patched, remembered, trees));
  optimise(true);
  const watched = trees.map(watchedTree);
  const read = patched ?? (await readWhole(clones, trees, watched, options));
  const judged = judgeImports(read, trees, parametersOf({}, read.config).check.unresolvedShare);
  if (memory === null) return withJudged(read, judged);
  const { isImportConfig, isScanned } = await import("#collect/imports/index.js");
  const namesTables = read.tables === null ? () => false : (await import("#collect/tables/index.js")).mayNameTables;
  memory.keep(
    trees,
    read,
    judged,
    watched.map(({ asked, paths }, index) =>
      patched === null
        ? // Build files decide where imports lead; migrations and the like are no source.
          new Set([...asked, ...paths.filter((path) => isImportConfig(path) || (namesTables(path) && !isScanned(path)))])
        : (remembered?.asked[index] ?? []),
    ),
    trees.map(({ paths }) => paths.filter(isScanned)),
  );
  return withJudged(read, judged);
}

function judgedAgain(read: SystemRead, remembered: Remembered, trees: readonly FileTree[]): Judged {
  const isSame =
    read.graphs.every((graph, index) => graph === remembered.read.graphs[index]) &&
    JSON.stringify(read.tables) === JSON.stringify(remembered.read.tables);
  return isSame ? remembered.judged : judgeImports(read, trees, parametersOf({}, read.config).check.unresolvedShare);
}

async function readWhole(
  clones: readonly Clone[],
  trees: readonly FileTree[],
  watched: readonly FileTree[],
  options: ReadAgainOptions,
): Promise<SystemRead> {
  const { declarationOf } = await import("./declaration.js");
  const { readSystem } = await import("./check-trees.js");
  return readSystem(trees, watched, declarationOf(options, watched), {
    cacheDirectory: options.cacheDirectory,
    place: (repository) => clones.find(({ id }) => id === repository)?.gitDirectory ?? repository,
    ...(options.warn === undefined ? {} : { warn: options.warn }),
  });
}

/** Null without a cache and where the configuration outside of the trees cannot be read: reading it again says why. */
function memoryOf(clones: readonly Clone[], options: ReadAgainOptions, now: number): CheckMemory | null {
  if (options.cacheDirectory === null) return null;
  const outside = options.config ?? (clones.length > 1 ? systemFile(options.paths) : undefined);
  if (outside !== undefined && !existsSync(outside)) return null;
  const frame = outside === undefined ? "" : `${outside}\n${textOf(outside)}`;
  return checkMemory(
    options.cacheDirectory,
    clones.map(({ id, gitDirectory, workTree }) => `${id}\n${gitDirectory}\n${workTree}`).join("\n"),
    frame,
    now,
    (reason) =>
      options.warn?.(
        `the cache could not be written: ${reason}`,
        "free some space or make the folder writable, or pass --cache-dir or --no-cache; the result is complete",
      ),
  );
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function count(remembered: Remembered | null): number {
  return (remembered?.changed ?? []).reduce((sum, { length }) => sum + length, 0);
}

/** Null where changed files may have changed more than what they import. */
async function patchedRead(trees: readonly FileTree[], remembered: Remembered): Promise<SystemRead | null> {
  const { read, changed } = remembered;
  if (count(remembered) === 0) return read;
  if (count(remembered) > mostFiles) return null;
  const troubled = new Set([...read.unreadable, ...read.problems].map(({ path }) => path));
  if (changed.some((paths) => paths.some((path) => troubled.has(path)))) return null;
  const { patchImports } = await import("#collect/imports/index.js");
  const graphs = trees.map((tree, index) => {
    const [graph, counted] = [read.graphs[index], read.counted[index]];
    if (graph === undefined || counted === undefined) return null;
    return patchImports(tree, { graph, counted }, changed[index] ?? [], remembered.asked[index] ?? []);
  });
  const known = graphs.flatMap((one) => one ?? []);
  if (known.length < graphs.length) return null;
  const tables = read.tables === null ? null : await patchedTables(trees, read.tables, changed);
  if (read.tables !== null && tables === null) return null;
  return { ...read, tables, graphs: known.map(({ graph }) => graph), counted: known.map(({ counted }) => counted) };
}

async function patchedTables(
  trees: readonly FileTree[],
  before: readonly TableTouch[],
  changed: Remembered["changed"],
): Promise<readonly TableTouch[] | null> {
  const { patchTableTouches } = await import("#collect/tables/index.js");
  const touches = trees.map((tree, index) =>
    patchTableTouches(
      tree,
      before.filter(({ repository }) => repository === tree.repository),
      changed[index] ?? [],
    ),
  );
  return touches.some((one) => one === null) ? null : touches.flatMap((one) => one ?? []);
}
