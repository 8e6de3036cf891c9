/** Which files of a package its `exports` let others import, as globs: built paths lead to the source they come from. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { record } from "#collect/yaml/index.js";
import { findFile, findNamed, findSource, type Lookup, unbuiltTails } from "./candidates.js";
import { readJsonc } from "./jsonc.js";
import { targetsOf } from "./packages.js";

const maxKeys = 500;

/** Globs relative to the repository; null when the package.json has no `exports`, or none of them leads to a file. */
export function exportedFiles(path: string, text: string, paths: ReadonlySet<string>): string[] | null {
  const { exports } = record(readJsonc(text));
  if (exports === undefined || exports === null) return null;
  const folder = folderOf(path);
  const lookup: Lookup = { has: (file) => paths.has(file), entriesOf: () => [] };
  const keys = Object.keys(record(exports)).filter((key) => key.startsWith("."));
  const found = (keys.length === 0 ? ["."] : keys.slice(0, maxKeys)).flatMap((key) => {
    if (key.includes("*")) return patternFiles(folder, key, record(exports)[key]);
    const files = (targetsOf(exports, key) ?? []).flatMap((target) => {
      const direct = joinPath(folder, target);
      const file = (direct === null ? null : findNamed(direct, path, lookup)) ?? findSource(folder, target, path, lookup);
      return file ?? [];
    });
    // What a build writes under another name starts, by convention, at the index.
    const index = key === "." && files.length === 0 ? indexOf(folder, path, lookup) : null;
    return index === null ? files : [index];
  });
  const files = [...new Set(found)].sort((a, b) => Number(a.startsWith("!")) - Number(b.startsWith("!")));
  return files.some((file) => file.includes("*") || paths.has(file)) ? files : null;
}

function indexOf(folder: string, importer: string, lookup: Lookup): string | null {
  const [inSource, own] = ["src/index", "index"].map((name) =>
    findFile(folder === "" ? name : `${folder}/${name}`, importer, lookup),
  );
  return inSource ?? own ?? null;
}

/** `"./*": "./dist/*.js"` gives what stands in `dist` and in the source behind it; null takes files out. */
function patternFiles(folder: string, key: string, target: unknown): string[] {
  const out = target === null;
  const targets = out
    ? [key]
    : (targetsOf({ [key]: target }, key.replace("*", "\u0001")) ?? []).map((one) => one.replace(/\u0001.*/s, "*"));
  const open = targets.filter((one) => one.includes("*"));
  return (open.length > 0 ? open : targets).flatMap((one) => {
    const head = one.replace(/^\.\//, "").replace(/\*.*$/s, "");
    const below = head.slice(0, head.lastIndexOf("/") + 1);
    const heads = out
      ? [below, `src/${below}`, `dist/${below}`]
      : [below, ...unbuiltTails(folder, `${below}*`).flatMap(sourceHeads)];
    return [...new Set(heads)].map((one) => `${out ? "!" : ""}${folder === "" ? "" : `${folder}/`}${one}**`);
  });
}

/** Folders, with their slash, in which the source of `a/*` may stand. */
function sourceHeads(tail: readonly string[]): string[] {
  const below = tail
    .slice(0, -1)
    .map((part) => `${part}/`)
    .join("");
  return tail[0] === "src" ? [below] : [`src/${below}`, below];
}
