/** Is a group of files a layer of several parts rather than a part? A layer changes with each of them, and a boundary along it cuts through all. */
import type { FileView } from "#derive/files/index.js";
import { wordsOf } from "#util/words.js";
import { isTechnical, technicalWords } from "./technical-words.js";

const leastSiblings = 5;
const mostInOne = 1 / 3;
const mostOfHome = 0.6;
const sameKind = 0.7;

/** In words, or null for what may well be a part. @param pathOf a file as the whole system names it; `parts`: components of today in which the files lie, with how many; `moved`: files outside of the largest of them. */
export function layerOf(
  view: FileView,
  files: ReadonlySet<number>,
  pathOf: (file: number) => string,
  parts: readonly { readonly name: string; readonly files: number }[],
  moved: number,
): string | null {
  const paths = [...files].map(pathOf);
  // Where the parts of today are controllers, models and views, what lies across them is what they should have been.
  const inLayers = parts.reduce((sum, { name, files: own }) => sum + (isTechnical(name) ? own : 0), 0);
  if (inLayers * 2 > files.size) return null;
  if (parts.length >= 3 && moved * 2 > files.size) return `${parts.length} parts of today`;
  const home = homeOf(paths);
  const inside = home === "" ? paths : paths.filter((path) => path.startsWith(`${home}/`));
  const all = [...view.files.entries()].filter(
    ([file, { isProgram }]) => isProgram && (home === "" || pathOf(file).startsWith(`${home}/`)),
  ).length;
  if (inside.length >= mostOfHome * all) return null;
  const siblings = new Map<string, number>();
  for (const path of inside) {
    const [next = "", ...rest] = path.slice(home === "" ? 0 : home.length + 1).split("/");
    if (rest.length > 0) siblings.set(next, (siblings.get(next) ?? 0) + 1);
  }
  const named = [...siblings].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const business = named.filter(([name]) => !isTechnical(name));
  const largest = named[0]?.[1] ?? 0;
  const spread = named.length >= leastSiblings && largest <= mostInOne * inside.length && business.length * 2 > named.length;
  if (spread) return `${named.length} folders beside each other in ${home === "" ? "the root" : home}`;
  const kind = kindOf(paths);
  return kind !== null && business.length >= 3 && largest * 2 <= inside.length ? `${business.length} folders, all ${kind}` : null;
}

/** The deepest folder around nine of ten files; "" for the root. */
function homeOf(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths)
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
      counts.set(path.slice(0, end), (counts.get(path.slice(0, end)) ?? 0) + 1);
  const [deepest] = [...counts]
    .filter(([, count]) => count >= 0.9 * paths.length)
    .sort(([a], [b]) => b.split("/").length - a.split("/").length || (a < b ? -1 : 1));
  return deepest?.[0] ?? "";
}

/** The technical word that most of the paths have in common. */
function kindOf(paths: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const path of paths)
    for (const word of new Set(wordsOf(path))) if (technicalWords.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const general = /^(?:app|apps|src|main|java|kotlin|lib|libs|core|web|api|packages|internal|pkg|common|shared)$/;
  const [most] = [...counts].filter(([word]) => !general.test(word)).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return most !== undefined && most[1] >= sameKind * paths.length ? most[0] : null;
}
