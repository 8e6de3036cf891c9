/** Go: import paths lead to folders through the module paths of go.mod. An edge goes to one file of the folder. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { type FileImports, type FoundImport, fileImports } from "../file-imports.js";
import { type FrontEnd, ignored, type Resolver, type Sources, toFile, toPackage, unresolved } from "../front-end.js";
import { detached, lineTeller, matchAt, skipTrivia } from "../text.js";
import { isIgnoreFile, unkeptPaths } from "../unkept-paths.js";
import { generatedForGo, isProto } from "./generated-code.js";
import { addTo } from "./nearest.js";

export const go: FrontEnd = {
  languages: ["go"],
  endings: [".go"],
  isConfig: (path) => isModule(path) || isProto(path) || isIgnoreFile(path),
  scan: scanGo,
  resolver: goResolver,
};

function isModule(path: string): boolean {
  return /(?:^|\/)go\.mod$/.test(path);
}

function scanGo(text: string): FileImports {
  const lineOf = lineTeller(text);
  const imports: FoundImport[] = [];
  const clause = matchAt(packageClause, text, skipTrivia(text, 0));
  let at = clause ? packageClause.lastIndex : 0;
  const read = (from: number): number | null => {
    const found = matchAt(importSpec, text, from);
    const specifier = found?.[1] ?? found?.[2];
    if (!found || specifier === undefined) return null;
    imports.push({ specifier: detached(specifier), name: null, kind: "value", line: lineOf(from) });
    return importSpec.lastIndex;
  };
  for (at = behindSemicolon(text, at); text.startsWith("import", at); at = behindSemicolon(text, at)) {
    let next = skipTrivia(text, at + 6);
    if (text[next] !== "(") {
      const end = read(next);
      if (end === null) break;
      at = end;
      continue;
    }
    for (next = behindSemicolon(text, next + 1); next < text.length && text[next] !== ")"; next = behindSemicolon(text, next)) {
      const end = read(next);
      if (end === null) break;
      next = end;
    }
    at = next + 1;
  }
  return fileImports("go", imports, { packages: clause?.[1] ? [detached(clause[1])] : [] });
}

const packageClause = /package\s{1,100}(\w{1,200})/y;
/** `name "path"`, `_ "path"`, `. "path"`. */
const importSpec = /(?:[\w.]{1,100}[ \t]{0,100})?(?:"([^"\n]{1,500})"|`([^`\n]{1,500})`)/y;

function behindSemicolon(text: string, from: number): number {
  let at = skipTrivia(text, from);
  while (text[at] === ";") at = skipTrivia(text, at + 1);
  return at;
}

interface Module {
  readonly path: string;
  readonly folder: string;
  readonly requires: readonly string[];
}

function goResolver({ files, configs }: Sources): Resolver {
  const isGenerated = generatedForGo(configs);
  const isUnkept = unkeptPaths(configs);
  const modules = [...configs]
    .filter(([path]) => isModule(path))
    .flatMap(([path, text]) => readModule(path, text))
    .sort((a, b) => b.path.length - a.path.length);
  const byFolder = new Map<string, string[]>();
  for (const path of files.keys()) if (!path.endsWith("_test.go")) addTo(byFolder, folderOf(path), path);
  const representatives = new Map([...byFolder].map(([folder, paths]) => [folder, representative(folder, paths)]));
  return (from, { specifier }) => {
    if (specifier === "C") return ignored;
    if (/^\.{1,2}(?:\/|$)/.test(specifier)) return unresolved;
    const own = modules.filter(({ path }) => specifier === path || specifier.startsWith(`${path}/`));
    for (const { path, folder } of own) {
      const below = specifier.slice(path.length + 1);
      const file = representatives.get(inFolder(folder, below));
      if (file !== undefined) return toFile(file);
    }
    const isMade =
      isGenerated(specifier) || own.some(({ path, folder }) => isUnkept(inFolder(folder, specifier.slice(path.length + 1))));
    if (own.length > 0) return isMade ? ignored : unresolved;
    const home = modules
      .filter(({ folder }) => folder === "" || from.startsWith(`${folder}/`))
      .sort((a, b) => b.folder.length - a.folder.length)[0];
    return toPackage(home?.requires.find((one) => specifier === one || specifier.startsWith(`${one}/`)) ?? packageOf(specifier));
  };
}

function inFolder(folder: string, below: string): string {
  return [folder, below].filter(Boolean).join("/");
}

/** The file named after the folder or for its documentation, else the first. */
function representative(folder: string, paths: readonly string[]): string {
  const named = [`${lastPart(folder)}.go`, "doc.go"].map((name) => (folder === "" ? name : `${folder}/${name}`));
  return named.find((path) => paths.includes(path)) ?? paths[0] ?? "";
}

/** Module path, with the folders that `replace` gives to other modules of the repository, and what is required, longest first. */
function readModule(path: string, text: string): Module[] {
  const name = /^module\s{1,20}"?([^\s"]{1,300})/m.exec(text)?.[1];
  if (name === undefined) return [];
  const requires = [...text.matchAll(/^(?:require)?\s{1,20}([\w.-]{1,100}\.[\w-]{1,30}\/[^\s]{1,200})\s{1,20}v\d/gm)].flatMap(
    (match) => match[1] ?? [],
  );
  return [{ path: name, folder: folderOf(path), requires: requires.sort((a, b) => b.length - a.length) }];
}

/** `net/http` of the standard library as it is; `github.com/owner/name` of others. */
function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts[0]?.includes(".") ? parts.slice(0, 3).join("/") : specifier;
}
