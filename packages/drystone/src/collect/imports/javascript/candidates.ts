/** Which file of the repository a path without or with ending means. */
import { joinPath } from "#collect/manifests/index.js";

export interface Lookup {
  readonly has: (path: string) => boolean;
  /** `main` and the like of a folder's package.json, relative to the repository. */
  readonly entriesOf: (folder: string) => readonly string[];
}

/** Code before declarations: where both stand in the repository, the code is what runs. */
const typed = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".d.ts",
  ".json",
  ".vue",
  ".svelte",
  ".astro",
  ".d.mts",
  ".d.cts",
];
const plain = [".js", ".jsx", ".mjs", ".cjs", ".json", ".ts", ".tsx", ".mts", ".cts", ".d.ts", ".vue", ".svelte", ".astro"];

/** What TypeScript writes where a file name ends in `.js`: the source wins over what was built beside it. */
const sources: ReadonlyMap<string, readonly string[]> = new Map([
  [".js", [".ts", ".tsx"]],
  [".jsx", [".tsx"]],
  [".mjs", [".mts"]],
  [".cjs", [".cts"]],
]);
const declarations: ReadonlyMap<string, string> = new Map([
  [".js", ".d.ts"],
  [".jsx", ".d.ts"],
  [".mjs", ".d.mts"],
  [".cjs", ".d.cts"],
]);

/** The file that `path` names for an importer; null when there is none. `path` is relative to the repository, "" its root. */
export function findFile(path: string, importer: string, lookup: Lookup): string | null {
  return path.endsWith("/")
    ? findIndex(path.slice(0, -1), importer, lookup)
    : (findNamed(path, importer, lookup) ?? findIndex(path, importer, lookup));
}

/** The same, but not a folder's index. */
export function findNamed(path: string, importer: string, { has }: Lookup): string | null {
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0];
  const stem = ending === undefined ? path : path.slice(0, -ending.length);
  if (isPlain(importer) && has(path)) return path;
  for (const source of sources.get(ending ?? "") ?? []) if (has(stem + source)) return stem + source;
  if (has(path)) return path;
  for (const added of endingsFor(importer)) if (has(path + added)) return path + added;
  const declaration = ending === undefined ? undefined : declarations.get(ending);
  return declaration !== undefined && has(stem + declaration) ? stem + declaration : null;
}

function findIndex(folder: string, importer: string, lookup: Lookup): string | null {
  for (const entry of lookup.entriesOf(folder)) {
    const file = findNamed(entry, importer, lookup) ?? indexOf(entry, importer, lookup);
    if (file !== null) return file;
  }
  return indexOf(folder, importer, lookup);
}

function indexOf(folder: string, importer: string, { has }: Lookup): string | null {
  const index = folder === "" ? "index" : `${folder}/index`;
  for (const ending of endingsFor(importer)) if (has(index + ending)) return index + ending;
  return null;
}

function endingsFor(importer: string): readonly string[] {
  return isPlain(importer) ? plain : typed;
}

function isPlain(importer: string): boolean {
  return /\.[cm]?jsx?$/.test(importer);
}

/** Folders into which builds write, and words inside of them for kinds of modules. */
const built = new Set([
  "dist",
  "build",
  "lib",
  "out",
  "es",
  "esm",
  "cjs",
  "types",
  "output",
  ".output",
  "dist-types",
  "_esm",
  "_cjs",
  "_types",
  "bundle",
]);
const flavours = new Set([
  "esm",
  "cjs",
  "es",
  "mjs",
  "types",
  "commonjs",
  "module",
  "node",
  "browser",
  "umd",
  "esm5",
  "esm2015",
  "lib",
  "development",
  "production",
  "dev",
  "prod",
]);

/** Where the source of a built file may stand: `dist/esm/a.js` comes from `src/a.ts`. `target` is relative to the folder of its package. */
export function findSource(folder: string, target: string, importer: string, lookup: Lookup): string | null {
  for (const tail of unbuiltTails(folder, target)) {
    for (const home of tail[0] === "src" ? [""] : ["src/", "", "source/"]) {
      const path = joinPath(folder, home + tail.join("/"));
      const file = path === null ? null : findUnbuilt(path, importer, lookup);
      if (file !== null) return file;
    }
  }
  return null;
}

/**
 * What may be left of a built path in the source, the longest first: `dist/esm/a.js` gives `esm/a.js` and `a.js`. Compilers that start above the
 * package repeat its folders: `dist/types/cart/src/a.d.ts` gives `src/a.d.ts` too. Empty for a path that no build writes.
 */
export function unbuiltTails(folder: string, target: string): string[][] {
  const parts = target.replace(/^\.\//, "").split("/");
  if (parts.length < 2 || !built.has(parts[0] ?? "")) return [];
  const own = folder.slice(folder.lastIndexOf("/") + 1);
  const tails = [parts.slice(1)];
  for (let rest = parts.slice(1); rest.length > 1 && (flavours.has(rest[0] ?? "") || rest[0] === own); )
    tails.push((rest = rest.slice(1)));
  const source = parts.indexOf("src");
  return source < 1 ? tails : [...tails, parts.slice(source)];
}

function findUnbuilt(path: string, importer: string, lookup: Lookup): string | null {
  const stem = path.replace(/(?:\.d)?\.(?:[cm]?[jt]s|[jt]sx)$/, "");
  const file = findNamed(stem, importer, lookup) ?? indexOf(stem, importer, lookup);
  return file === null || file.split("/").some((part) => part === "dist") ? null : file;
}
