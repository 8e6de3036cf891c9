/** Where files went: by git's own detection between commits, by their lines where nothing is committed yet. */
import { extname } from "node:path/posix";
import type { FileTree } from "../files/index.js";
import { git } from "../git/index.js";

/** Far more than a team moves between two looks at its list. */
const maxMissing = 500;
const maxCandidates = 2000;
/** Mainline commits that are looked through on every check; `accept --prune` looks through all. */
const recentCommits = 500;
const leastAlike = 0.5;

/** Old path to new path between two commits. Empty where git cannot compare them. */
export function renamesBetween(gitDirectory: string, from: string, to: string): ReadonlyMap<string, string> {
  const listed = git(gitDirectory, ["diff-tree", "-r", "-z", "-M", "-l2000", "--diff-filter=R", "--name-status", from, to, "--"]);
  return renamesIn(listed.stdout.toString("utf8").split("\0"));
}

/**
 * Where files are now that are not where they were: moved and not committed yet, or moved by an earlier commit, over several moves.
 * @param paths those that are still there are passed over. @param now the files as they are. @param head the files of HEAD. @param options.whole looks through the whole history.
 */
export function movedFiles(
  gitDirectory: string,
  paths: readonly string[],
  now: FileTree,
  head: FileTree,
  options: { readonly whole?: boolean } = {},
): ReadonlyMap<string, string> {
  // A file that was taken away without telling git is still listed.
  const isGone = goneFrom(now, paths);
  const wanted = [...new Set(paths)].filter(isGone).slice(0, maxMissing);
  if (wanted.length === 0) return new Map();
  const committed = committedMoves(gitDirectory, wanted, new Set(head.paths), options.whole ?? false);
  const atHead = wanted.map((path) => [path, committed.get(path) ?? path] as const);
  const latestPaths = atHead.map(([, path]) => path);
  const uncommitted = uncommittedMoves(latestPaths.filter(goneFrom(now, latestPaths)), now, head);
  const found = new Map<string, string>();
  for (const [path, latest] of atHead) {
    const target = uncommitted.get(latest) ?? latest;
    if (target !== path) found.set(path, target);
  }
  const isLost = goneFrom(now, [...found.values()]);
  return new Map([...found].filter(([, target]) => !isLost(target)));
}

function goneFrom(tree: FileTree, paths: readonly string[]): (path: string) => boolean {
  const listed = new Set(tree.paths);
  const present = tree.read(
    paths.filter((path) => listed.has(path)),
    { quiet: true },
  );
  return (path) => !present.has(path);
}

/** Follows a path from commit to commit until it is there, at most ten times. */
function committedMoves(
  gitDirectory: string,
  wanted: readonly string[],
  atHead: ReadonlySet<string>,
  whole: boolean,
): ReadonlyMap<string, string> {
  const start = whole ? null : `HEAD~${recentCommits}`;
  const isLong = start !== null && git(gitDirectory, ["rev-parse", "--verify", "--quiet", start]).status === 0;
  const range = isLong ? `${start}..HEAD` : "HEAD";
  const found = new Map<string, string>(wanted.map((path) => [path, path]));
  for (let round = 0; round < 10; round++) {
    const lost = [...new Set(found.values())].filter((path) => !atHead.has(path));
    if (lost.length === 0) break;
    const renames = renamesOfDeletions(gitDirectory, lost, range);
    if (renames.size === 0) break;
    for (const [path, latest] of found) found.set(path, renames.get(latest) ?? latest);
  }
  return found;
}

function renamesOfDeletions(gitDirectory: string, paths: readonly string[], range: string): ReadonlyMap<string, string> {
  const log = git(gitDirectory, [
    "log",
    "--no-renames",
    "--diff-filter=D",
    "--format=%x01%H",
    "--name-only",
    "-z",
    range,
    "--",
    ...paths.map((path) => `:(literal)${path}`),
  ]);
  const open = new Set(paths);
  const commits: string[] = [];
  for (const block of log.stdout.toString("utf8").split("\u0001").slice(1)) {
    const [commit = "", ...names] = block.split("\0");
    const deleted = names.map((name) => name.replace(/^\n/, "")).filter((name) => open.has(name));
    if (deleted.length > 0) commits.push(commit.trim());
    for (const name of deleted) open.delete(name);
  }
  const renames = new Map<string, string>();
  for (const commit of commits.slice(0, maxMissing))
    for (const [from, to] of renamesBetween(gitDirectory, `${commit}^`, commit)) if (paths.includes(from)) renames.set(from, to);
  return renames;
}

/** Pairs a lost file with the new one of the same ending that shares most of its lines, at least half of them. */
function uncommittedMoves(lost: readonly string[], now: FileTree, head: FileTree): ReadonlyMap<string, string> {
  const atHead = new Set(head.paths);
  const gone = lost.filter((path) => atHead.has(path));
  if (gone.length === 0) return new Map();
  const endings = new Set(gone.map((path) => extname(path)));
  const candidates = now.paths.filter((path) => !atHead.has(path) && endings.has(extname(path))).slice(0, maxCandidates);
  if (candidates.length === 0) return new Map();
  const before = head.read(gone, { quiet: true });
  const after = [...now.read(candidates, { quiet: true })].map(([path, text]) => [path, lineCounts(text)] as const);
  const found = new Map<string, string>();
  for (const [path, text] of before) {
    const lines = lineCounts(text);
    let best = leastAlike;
    for (const [candidate, others] of after) {
      if (extname(candidate) !== extname(path)) continue;
      const alike = likeness(lines, others);
      if (alike >= best && (alike > best || !found.has(path))) {
        best = alike;
        found.set(path, candidate);
      }
    }
  }
  return found;
}

function lineCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split("\n")) {
    const bare = line.trim();
    if (bare !== "") counts.set(bare, (counts.get(bare) ?? 0) + 1);
  }
  return counts;
}

/** Shared lines over lines of the longer one, 0..1. */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [line, count] of a) shared += Math.min(count, b.get(line) ?? 0);
  return shared / Math.max(1, size(a), size(b));
}

function size(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function renamesIn(fields: readonly string[]): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [status = "", from = "", to = ""] = fields.slice(at, at + 3);
    if (/^R\d*$/.test(status)) renames.set(from, to);
  }
  return renames;
}
