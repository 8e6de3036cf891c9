/** Python: dotted names lead to files below the folders that stand on the import path of a program. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import type { ImportKind } from "#model/facts.js";
import { type FileImports, type FoundImport, fileImports } from "../file-imports.js";
import {
  type FrontEnd,
  ignored,
  type Resolution,
  type Resolver,
  type Sources,
  toFile,
  toPackage,
  unresolved,
} from "../front-end.js";
import { behind, detached, lineEnd, lineTeller, matchAt, skipQuoted } from "../text.js";
import { generatedForPython } from "./generated-code.js";
import { addTo, sharedFolders } from "./nearest.js";
import { pythonModules } from "./python-modules.js";

export const python: FrontEnd = {
  languages: ["python"],
  endings: [".py", ".pyi"],
  isConfig: () => false,
  scan: scanPython,
  resolver: pythonResolver,
};

const interesting =
  /"""|'''|["'#]|(?:^|[;:])[ \t]{0,200}(?:from|import)(?=[ \t\\.*(])|^[ \t]{0,200}if[ \t]{1,20}(?:\w{1,50}\.)?TYPE_CHECKING[ \t]{0,20}:|(?<![\w.])(?:importlib\.)?import_module\(|(?<![\w.])__import__\(/gm;
/** A name that is written out; one that is put together leads nowhere that is known. */
const loadedName = /\s{0,200}["']([A-Za-z_]\w{0,200}(?:\.\w{1,200}){0,50})["'][ \t]{0,20}[,)\r\n]/y;

function scanPython(text: string): FileImports {
  const lineOf = lineTeller(text);
  const imports: FoundImport[] = [];
  let typesUntil = 0;
  interesting.lastIndex = 0;
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const [found] = match;
    if (found === "#") interesting.lastIndex = lineEnd(text, match.index);
    else if (found === '"""' || found === "'''") interesting.lastIndex = behindText(text, match.index, found);
    else if (found === '"' || found === "'") interesting.lastIndex = skipQuoted(text, match.index);
    else if (found.endsWith("import") || found.endsWith("from")) {
      const word = found.endsWith("from") ? "from" : "import";
      const at = interesting.lastIndex - word.length;
      const kind: ImportKind = at < typesUntil ? "type" : "value";
      const statement = word === "from" ? readFrom(text, at) : readImport(text, at);
      const line = lineOf(at);
      for (const { module, name } of statement.taken)
        imports.push({ specifier: detached(module), name: name === null ? null : detached(name), kind, line });
      interesting.lastIndex = Math.max(statement.end, interesting.lastIndex);
    } else if (found.endsWith("(")) {
      const loaded = matchAt(loadedName, text, interesting.lastIndex)?.[1];
      if (loaded !== undefined)
        imports.push({ specifier: detached(loaded), name: null, kind: "dynamic", line: lineOf(match.index) });
    } else typesUntil = blockEnd(text, match.index, found);
  }
  return fileImports("python", imports);
}

function behindText(text: string, from: number, quotes: string): number {
  for (let at = from + 3; at < text.length; at = behind(text, quotes, at)) {
    const end = text.indexOf(quotes, at);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return end + 3;
    at = end - 2;
  }
  return text.length;
}

interface Statement {
  readonly end: number;
  readonly taken: readonly { readonly module: string; readonly name: string | null }[];
}

const dotted =
  /[ \t\\\r\n]{0,200}([\w\u0080-\uffff]{1,200}(?:[ \t]{0,5}\.[ \t]{0,5}[\w\u0080-\uffff]{1,200}){0,50})(?:[ \t\\\r\n]{1,200}as[ \t\\\r\n]{1,200}[\w\u0080-\uffff]{1,200})?[ \t]{0,200}/y;
const origin =
  /from[ \t\\\r\n]{0,200}([.\s]{0,100}(?:[\w\u0080-\uffff]{1,200}(?:[ \t]{0,5}\.[ \t]{0,5}[\w\u0080-\uffff]{1,200}){0,50})?)[ \t\\\r\n]{0,200}import(?![\w\u0080-\uffff])[ \t\\\r\n]{0,200}/y;

function readImport(text: string, at: number): Statement {
  const taken: { module: string; name: null }[] = [];
  let next = at + 6;
  for (;;) {
    const found = matchAt(dotted, text, next);
    if (!found?.[1]) break;
    taken.push({ module: found[1].replace(/\s/g, ""), name: null });
    next = dotted.lastIndex;
    if (text[next] !== ",") break;
    next++;
  }
  return { end: next, taken };
}

function readFrom(text: string, at: number): Statement {
  const found = matchAt(origin, text, at);
  const module = found?.[1]?.replace(/\s/g, "");
  if (!module) return { end: at + 4, taken: [] };
  const from = origin.lastIndex;
  if (text[from] === "*") return { end: from + 1, taken: [{ module, name: null }] };
  const inBrackets = text[from] === "(";
  const end = inBrackets ? behind(text, ")", from) : logicalLineEnd(text, from);
  const list = text.slice(from, end).replace(/#[^\n]*/g, " ");
  const names = list.split(",").flatMap((part) => /[\w\u0080-\uffff]{1,200}/.exec(part)?.[0] ?? []);
  return { end, taken: names.map((name) => ({ module, name })) };
}

/** End of a line that may go on behind a backslash, or its first semicolon or comment. */
function logicalLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === ";" || char === "#") return at;
    if (char === "\\") at += text[at + 1] === "\r" ? 2 : 1;
    else if (char === "\n") return at;
  }
  return text.length;
}

/** Offset at which a block that is indented more than its first line ends. */
function blockEnd(text: string, at: number, opening: string): number {
  const depth = opening.length - opening.trimStart().length;
  for (let line = lineEnd(text, at) + 1; line < text.length; line = lineEnd(text, line) + 1) {
    const indent = /^[ \t]{0,200}/.exec(text.slice(line, line + 201))?.[0].length ?? 0;
    const first = text[line + indent];
    if (first !== "\n" && first !== "\r" && first !== "#" && indent <= depth) return line;
  }
  return text.length;
}

interface World {
  readonly paths: ReadonlySet<string>;
  /** Folders that hold Python files, at any depth below them. */
  readonly folders: ReadonlySet<string>;
  /** Folders on the import path: those above a package that are no package themselves, by the name of what stands in them. */
  readonly roots: ReadonlyMap<string, readonly string[]>;
  /** Folders that projects keep their code in, by the name of a namespace in them: a folder without `__init__.py`, which other projects may share. */
  readonly namespaces: ReadonlyMap<string, readonly string[]>;
}

function pythonResolver({ paths, files }: Sources): Resolver {
  const folders = new Set<string>();
  for (const path of files.keys()) for (let at = folderOf(path); !folders.has(at); at = folderOf(at)) folders.add(at);
  const roots = new Map<string, string[]>();
  const namespaces = new Map<string, string[]>();
  for (const folder of folders) {
    const above = folderOf(folder);
    if (folder === "" || isPackage(paths, above)) continue;
    if (isPackage(paths, folder)) addTo(roots, lastPart(folder), above);
    else if (isImportPath(paths, above)) addTo(namespaces, lastPart(folder), above);
  }
  const world = { paths, folders, roots, namespaces };
  const isGenerated = generatedForPython(paths);
  return (from, { specifier, name }) => {
    const resolution = specifier.startsWith(".")
      ? resolveRelative(world, from, specifier, name)
      : resolveAbsolute(world, from, specifier, name);
    return resolution === unresolved && (isGenerated(lastName(specifier)) || isGenerated(name ?? "")) ? ignored : resolution;
  };
}

function lastName(specifier: string): string {
  return specifier.slice(specifier.lastIndexOf(".") + 1);
}

/** A project, or the `src` in one. */
function isImportPath(paths: ReadonlySet<string>, folder: string): boolean {
  const project = lastPart(folder) === "src" ? folderOf(folder) : folder;
  return ["pyproject.toml", "setup.py", "setup.cfg"].some((file) => paths.has(project === "" ? file : `${project}/${file}`));
}

function isPackage(paths: ReadonlySet<string>, folder: string): boolean {
  const file = folder === "" ? "__init__.py" : `${folder}/__init__.py`;
  return paths.has(file) || paths.has(`${file}i`);
}

function resolveRelative(world: World, from: string, specifier: string, name: string | null): Resolution {
  const levels = /^\.+/.exec(specifier)?.[0].length ?? 1;
  const base = joinPath(folderOf(from), "../".repeat(levels - 1));
  if (base === null) return unresolved;
  return found(world, base, specifier.slice(levels).split(".").filter(Boolean), name, from) ?? unresolved;
}

/** Looks beside the importer and upwards, as programs are started from there; then in the other import paths of the repository. */
function resolveAbsolute(world: World, from: string, specifier: string, name: string | null): Resolution {
  const parts = specifier.split(".");
  const [first = ""] = parts;
  let known = false;
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    if (!isPackage(world.paths, folder)) {
      const resolution = found(world, folder, parts, name, from);
      if (resolution !== null) return resolution;
      known ||= fileOf(world, folder, [first]) !== null;
    }
    // Projects keep their packages in `src`; tests stand beside it.
    const source = folder === "" ? "src" : `${folder}/src`;
    const resolution =
      world.folders.has(source) && !isPackage(world.paths, source) ? found(world, source, parts, name, from) : null;
    if (resolution !== null) return resolution;
    if (folder === "") break;
  }
  if (pythonModules.has(first)) return toPackage(first);
  const best = single(world.roots.get(first) ?? [], from);
  if (best !== null) return found(world, best, parts, name, from) ?? unresolved;
  const shared = (world.namespaces.get(first) ?? []).filter((root) => found(world, root, parts, name, from) !== null);
  const space = single(shared, from);
  if (space !== null) return found(world, space, parts, name, from) ?? unresolved;
  return known || world.roots.has(first) ? unresolved : toPackage(first);
}

/** The nearest; null where two are equally near: nothing says which is meant. */
function single(roots: readonly string[], from: string): string | null {
  const near = (root: string) => sharedFolders(`${root}/`, from);
  const [best, second] = roots.toSorted((a, b) => near(b) - near(a));
  return best !== undefined && (second === undefined || near(best) > near(second)) ? best : null;
}

/** `from a.b import c`: the module `a.b.c` when there is one, else `a.b`. */
function found(world: World, folder: string, parts: readonly string[], name: string | null, from: string): Resolution | null {
  const module = name === null ? null : fileOf(world, folder, [...parts, name]);
  if (module !== null) return toFile(module);
  const file = fileOf(world, folder, parts);
  return file === null || (file === from && parts.length === 0 && name !== null) ? null : toFile(file);
}

function fileOf({ paths }: World, folder: string, parts: readonly string[]): string | null {
  const stem = [folder, ...parts].filter(Boolean).join("/");
  const candidates = [`${stem}/__init__.py`, `${stem}.py`, `${stem}.pyi`, `${stem}/__init__.pyi`, `${stem}.pyx`];
  return (parts.length === 0 ? candidates.slice(0, 1) : candidates).find((path) => paths.has(path)) ?? null;
}
