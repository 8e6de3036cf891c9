/** Modules of a repository that is deployed as one: the first level of folders that says more than `src`. */

import { isInside, languageOf } from "#collect/folders/index.js";
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { groupBy } from "./group-by.js";

export interface ModuleFolder {
  readonly folder: string;
  readonly files: number;
  /** A file in it, for evidence. */
  readonly example: string;
}

const fewest = 3;
const most = 40;

/** Folders that only hold others: their name says nothing about what is in them. */
const containers =
  /^(?:src|lib|libs|app|apps|source|sources|main|java|kotlin|scala|python|internal|pkg|packages|package|crates|modules|components|features|domains?|com|org|net|io|de|fr|uk|nl|server|backend|code|php|cmd|projects|plugins|engines|activities)$/i;

/** Folders at the top that hold no part of the business: what a team runs beside its code, and what a framework lays out for every application. */
const everywhere = /^(?:scripts?|tools?|hack|docs?|examples?|samples?|fixtures|benchmarks?)$/;
const scaffolds = [
  { sign: "artisan", folders: /^(?:bootstrap|config|database|lang|public|resources|routes|storage)$/ },
  { sign: "config/application.rb", folders: /^(?:bin|config|db|public|vendor|swagger)$/ },
  { sign: "bin/console", folders: /^(?:bin|config|migrations|public|templates|translations|assets)$/ },
  { sign: "mix.exs", folders: /^(?:config|priv|assets|rel)$/ },
];

/** @param paths active files of the repository. @param root folder of the deployable. Empty when there are fewer than three. */
export function findModules(paths: readonly string[], root: string): ModuleFolder[] {
  const code = paths.filter((path) => isInside(path, root) && languageOf(path) !== null);
  const top = root === "" ? 0 : root.length + 1;
  const scaffold = scaffolds.filter(({ sign }) => paths.includes(`${root === "" ? "" : `${root}/`}${sign}`));
  const isScaffold = (name: string) => everywhere.test(name) || scaffold.some(({ folders }) => folders.test(name));
  const found = level(code, root, 0)
    .filter(({ folder }) => !isScaffold(folder.slice(top)))
    .toSorted((a, b) => b.files - a.files);
  return found.length < fewest ? [] : found.slice(0, most).toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Goes down while one folder holds nearly all code; then opens containers among the folders it stops at. */
function level(code: readonly string[], folder: string, depth: number): ModuleFolder[] {
  const children = childrenOf(code, folder);
  const [largest, second] = children.toSorted((a, b) => b.files - a.files);
  if (!largest || depth > 12) return [];
  const share = largest.files / code.length;
  const isContainer = containers.test(lastPart(largest.folder));
  if ((share >= 0.6 && isContainer) || (second === undefined && share > 0.5) || (share >= 0.9 && children.length < fewest)) {
    const inner = level(filesIn(code, largest.folder), largest.folder, depth + 1);
    if (inner.length >= fewest || !second) return inner;
  }
  return children.flatMap((child) => {
    const inner = containers.test(lastPart(child.folder)) ? level(filesIn(code, child.folder), child.folder, depth + 1) : [];
    return inner.length >= 2 ? inner : [child];
  });
}

function childrenOf(code: readonly string[], folder: string): ModuleFolder[] {
  const start = folder === "" ? 0 : folder.length + 1;
  const children = groupBy(
    code.filter((path) => path.includes("/", start)),
    (path) => path.slice(0, path.indexOf("/", start)),
  );
  return [...children].map(([child, files]) => ({
    folder: child,
    files: files.length,
    example: files.toSorted((a, b) => folderOf(a).length - folderOf(b).length)[0] ?? child,
  }));
}

function filesIn(code: readonly string[], folder: string): string[] {
  return code.filter((path) => isInside(path, folder));
}
