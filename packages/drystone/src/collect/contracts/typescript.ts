/** The public entry of a TypeScript package: names that others may import. A light scan; nothing is resolved but files of the package itself. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { readYaml, record, scalarText, texts } from "#collect/yaml/index.js";
import { maxItems, type OtherFiles, plainContract, type ReadContract } from "./contract.js";

export interface PackageEntry {
  readonly file: string;
  readonly contract: ReadContract;
}

/** @param packages path and text of each package.json. Those that say no entry, or one that is no TypeScript of this repository, are left out. */
export function readTypescriptEntries(
  packages: readonly (readonly [path: string, text: string])[],
  others: OtherFiles,
): PackageEntry[] {
  const scans = packages.flatMap(([path, text]): Scan[] => {
    const manifest = record(readYaml(path, text).documents[0]?.value);
    const name = scalarText(manifest["name"]);
    const entry = entriesOf(manifest)
      .flatMap((target) => sourcesOf(folderOf(path), target))
      .find((file) => others.exists(file));
    if (name === "" || entry === undefined) return [];
    return [{ name, version: scalarText(manifest["version"]) || null, entry, names: new Set(), files: new Set([entry]) }];
  });
  followExports(scans, others);
  return scans.flatMap(({ name, version, entry, names }) => {
    const exports = [...names].sort();
    return exports.length === 0 ? [] : [{ file: entry, contract: { ...plainContract("typescript", name), version, exports } }];
  });
}

interface Scan {
  readonly name: string;
  readonly version: string | null;
  readonly entry: string;
  readonly names: Set<string>;
  readonly files: Set<string>;
}

/** What the package points others to, the most public first. */
function entriesOf(manifest: Readonly<Record<string, unknown>>): string[] {
  const root = record(manifest["exports"]);
  const main: unknown = "." in root ? root["."] : manifest["exports"];
  return [
    ...conditions(main, 0),
    ...["types", "typings", "source", "module", "main"].flatMap((key) => texts(manifest[key])),
  ].filter((target) => !target.includes("*"));
}

function conditions(value: unknown, depth: number): string[] {
  if (typeof value === "string") return [value];
  if (depth > 4) return [];
  return Object.entries(record(value)).flatMap(([key, inner]) => (key.startsWith("./") ? [] : conditions(inner, depth + 1)));
}

const builtFolders =
  /^(?:\.\/)?(?:dist|lib|build|out|out-tsc|types|esm|cjs)(?:\/(?:esm|cjs|types|src|main|module|browser|node|es|umd))?(?=\/)/;

/** The file itself, and where its source usually lies: `dist/index.js` is made from `src/index.ts`. */
function sourcesOf(folder: string, target: string): string[] {
  const plain = target.replace(/\.(?:d\.[cm]?ts|[cm]?[jt]sx?)$/, "");
  const places = [plain, plain.replace(builtFolders, "src"), plain.replace(/^(?:\.\/)?dist\/(?:cjs|esm)?/, ""), "src/index"];
  return [...new Set(places)].flatMap((place) =>
    [".ts", ".tsx", ".mts", ".d.ts", "/index.ts"].flatMap((end) => joinPath(folder, `${place}${end}`) ?? []),
  );
}

const maxFiles = 200;
const maxSteps = 12;

/** Own names and those of `export *`, files of the package only; all packages step by step together, since each step reads files. */
function followExports(scans: readonly Scan[], others: OtherFiles): void {
  let next = scans.map((scan) => ({ scan, file: scan.entry }));
  for (let step = 0; step < maxSteps && next.length > 0; step++) {
    const texts = others.texts(next.map(({ file }) => file));
    next = next.flatMap(({ scan, file }) => {
      const { own, all } = exportsOf(texts.get(file) ?? "");
      for (const name of own) if (scan.names.size < maxItems) scan.names.add(name);
      return all.flatMap((specifier) => {
        const target = sourceOf(file, specifier, others);
        if (target === null || scan.files.has(target) || scan.files.size >= maxFiles) return [];
        scan.files.add(target);
        return [{ scan, file: target }];
      });
    });
  }
}

function sourceOf(from: string, specifier: string, others: OtherFiles): string | null {
  const target = joinPath(folderOf(from), specifier.replace(/\.[cm]?js$/, ""));
  if (target === null) return null;
  return [".ts", ".tsx", ".mts", ".d.ts", "/index.ts"].map((end) => target + end).find((file) => others.exists(file)) ?? null;
}

function exportsOf(text: string): { own: string[]; all: string[] } {
  const code = withoutComments(text.slice(0, 500_000));
  const own: string[] = [];
  for (const found of code.matchAll(
    /^export\s{1,5}(?:declare\s{1,5})?(?:default\s{1,5})?(?:abstract\s{1,5})?(?:async\s{1,5})?(?:const\s{1,5}enum|const|let|var|function\*?|class|interface|type|enum|namespace)\s{1,5}([A-Za-z_$][\w$]{0,100})/gm,
  ))
    own.push(found[1] ?? "");
  for (const found of code.matchAll(/^export\s{1,5}(?:type\s{1,5})?\{([^}]{0,5000})\}/gm)) {
    for (const part of (found[1] ?? "").split(",")) {
      const name =
        part
          .trim()
          .split(/\s{1,9}/)
          .at(-1) ?? "";
      if (/^[A-Za-z_$][\w$]{0,100}$/.test(name)) own.push(name);
    }
  }
  const all: string[] = [];
  for (const found of code.matchAll(
    /^export\s{1,5}(?:type\s{1,5})?\*\s{1,5}(?:as\s{1,5}([\w$]{1,100})\s{1,5})?from\s{1,5}["']([^"'\n]{1,300})["']/gm,
  )) {
    if (found[1] !== undefined) own.push(found[1]);
    else if (found[2]?.startsWith(".")) all.push(found[2]);
  }
  return { own, all };
}

/** Block comments, and lines that are comments. Inside of texts this may cut too much, never too little. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf("/*"); start >= 0; start = text.indexOf("/*", at)) {
    const end = text.indexOf("*/", start + 2);
    if (end < 0) break;
    parts.push(text.slice(at, start));
    at = end + 2;
  }
  return (parts.join("") + text.slice(at)).replace(/^[ \t]{0,40}\/\/.*$/gm, "");
}
