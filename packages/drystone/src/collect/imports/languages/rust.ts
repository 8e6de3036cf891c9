/** Rust: `mod`, `use` and paths in the code, inside of the crates of a repository; modules behind `#[cfg(test)]` are left out. An edge goes to the file of the longest part of a path that is a module. */
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
import { detached, lineTeller, skipTrivia } from "../text.js";
import { rustProgram } from "./program-text.js";

export const rust: FrontEnd = {
  languages: ["rust"],
  endings: [".rs"],
  isConfig: (path) => /(?:^|\/)Cargo\.toml$/.test(path),
  scan: scanRust,
  resolver: rustResolver,
};

const item =
  /^([ \t]{0,200})(?:#\[path[ \t]{0,5}=[ \t]{0,5}"([^"\n]{1,300})"\]\s{0,50})?(pub(?:\([^()\n]{0,100}\))?[ \t]{1,20})?(?:(use|extern[ \t]{1,20}crate)[ \t]{1,20}|mod[ \t]{1,20}(\w{1,200})[ \t]{0,20}([;{]))/gm;
const maxTree = 20_000;

/** `crate::a::B`, `other_crate::c::d` in the code. */
const inlinePath = /(?<![\w:$])(?:::)?[a-z_]\w{0,100}(?:::[A-Za-z_]\w{0,100}){1,20}/g;
const testModule = /#\[cfg\([^\]\n]{0,50}\btest\b[^\]\n]{0,50}\)\]\s{0,50}(?:pub\s{1,5})?mod\s{1,5}\w{1,200}\s{0,5}(?=\{)/g;
const maxPaths = 2000;

function scanRust(source: string): FileImports {
  const program = withoutTests(rustProgram(source));
  // What `#[path = "…"]` says stands in quotes, which the program text has not.
  const text = program.replace(/#\[path[ \t]{0,5}=[ \t]{0,320}\]/g, (found, at: number) => source.slice(at, at + found.length));
  const lineOf = lineTeller(text);
  const imports: FoundImport[] = [];
  const besides: string[] = [];
  let behind = 0;
  // Modules written inside of the file: `super` leads out of them first.
  const inside: { readonly indent: number; readonly name: string }[] = [];
  item.lastIndex = 0;
  for (let match = item.exec(text); match !== null; match = item.exec(text)) {
    const [found, indent = "", path, visible, use, module, end] = match;
    while (inside.length > 0 && (inside.at(-1)?.indent ?? 0) >= indent.length) inside.pop();
    const name = inside.map((one) => one.name).join("::");
    const line = lineOf(match.index + indent.length);
    if (module !== undefined) {
      if (end === "{") inside.push({ indent: indent.length, name: module });
      else imports.push({ specifier: path === undefined ? `mod ${module}` : `mod ./${path}`, name, kind: "value", line });
      continue;
    }
    const kind: ImportKind = visible !== undefined && use === "use" ? "reexport" : "value";
    const from = match.index + found.length;
    const close = text.indexOf(";", from);
    if (close < 0 || close - from > maxTree) continue;
    for (const specifier of namesIn(text.slice(from, close))) imports.push({ specifier: detached(specifier), name, kind, line });
    besides.push(text.slice(behind, from), blank(text.slice(from, close)));
    behind = close;
    item.lastIndex = close;
  }
  besides.push(text.slice(behind));
  return fileImports("rust", [...imports, ...inlinePaths(besides.join(""))]);
}

/** Each path once; which of them lead into the repository only the resolver can tell. */
function inlinePaths(text: string): FoundImport[] {
  const lineOf = lineTeller(text);
  const found = new Map<string, FoundImport>();
  for (const { 0: path, index } of text.matchAll(inlinePath)) {
    if (found.size >= maxPaths) break;
    if (!found.has(path))
      found.set(path, { specifier: detached(`path ${path}`), name: null, kind: "value", line: lineOf(index) });
  }
  return [...found.values()];
}

function withoutTests(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.includes("cfg(") ? text.matchAll(testModule) : []) {
    if (match.index < from) continue;
    const end = behindBraces(text, match.index + match[0].length);
    parts.push(text.slice(from, match.index), blank(text.slice(match.index, end)));
    from = end;
  }
  return parts.join("") + text.slice(from);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function behindBraces(text: string, from: number): number {
  const braces = /[{}]/g;
  braces.lastIndex = from;
  let depth = 0;
  for (let match = braces.exec(text); match !== null; match = braces.exec(text)) {
    depth += match[0] === "{" ? 1 : -1;
    if (depth === 0) return braces.lastIndex;
  }
  return text.length;
}

const maxNames = 1000;

/** `a::{b, c::{self, d as e}, f::*}` written out: `a::b`, `a::c`, `a::c::d`, `a::f`. */
function namesIn(tree: string): string[] {
  const names: string[] = [];
  const prefixes: string[] = [];
  let path = "";
  const finish = () => {
    const name = path.replace(/::(?:self|\*)$/, "").replace(/::$/, "");
    if (name !== "" && name !== "*" && names.length < maxNames)
      names.push(name === "self" && prefixes.length > 0 ? (prefixes.at(-1) ?? "").replace(/::$/, "") : name);
    path = prefixes.at(-1) ?? "";
  };
  for (let at = skipTrivia(tree, 0); at < tree.length; at = skipTrivia(tree, at)) {
    const char = tree.charAt(at);
    if (char === "{") {
      prefixes.push(path);
      if (prefixes.length > 50) return names;
    } else if (char === "}") {
      if (path !== (prefixes.at(-1) ?? "")) finish();
      prefixes.pop();
      // What was in braces is done; nothing else is named until the next comma.
      path = prefixes.at(-1) ?? "";
    } else if (char === ",") {
      if (path !== (prefixes.at(-1) ?? "")) finish();
    } else {
      const word = /^(?:as\s{1,20}\w{1,200}|r#\w{1,200}|\w{1,200}|::|\*)/.exec(tree.slice(at, at + 250))?.[0];
      if (word !== undefined && !word.startsWith("as ")) path += word.replace(/^r#/, "");
      at += Math.max(1, word?.length ?? 1);
      continue;
    }
    at++;
  }
  if (path !== "" && prefixes.length === 0) finish();
  return names;
}

interface Crate {
  /** With underscores. */
  readonly name: string;
  readonly folder: string;
  /** `src/lib.rs`; null for a crate that is only a program. */
  readonly library: string | null;
  /** What its code calls crates that Cargo.toml names otherwise: `pay = { package = "shop-payments" }`; with underscores. */
  readonly renamed: ReadonlyMap<string, string>;
}

interface World {
  readonly paths: ReadonlySet<string>;
  /** Innermost first. */
  readonly crates: readonly Crate[];
  readonly byName: ReadonlyMap<string, Crate>;
}

function rustResolver({ paths, configs }: Sources): Resolver {
  const shared = new Map([...configs].flatMap(([, text]) => [...renamedIn(text, "workspace.dependencies")]));
  const crates = [...configs]
    .flatMap(([path, text]) => readCrate(path, text, paths, shared))
    .sort((a, b) => b.folder.length - a.folder.length);
  const world = { paths, crates, byName: new Map(crates.map((crate) => [crate.name, crate])) };
  return (from, { specifier, name }) => {
    const nested = (name ?? "").split("::").filter(Boolean);
    if (specifier.startsWith("path ")) return resolvePath(world, from, specifier.slice(5));
    return specifier.startsWith("mod ")
      ? resolveModule(world, from, specifier.slice(4), nested)
      : resolveUse(world, from, specifier, nested);
  };
}

function readCrate(path: string, text: string, paths: ReadonlySet<string>, shared: ReadonlyMap<string, string>): Crate[] {
  const section = (name: string) => new RegExp(`^\\[${name}\\][^[]{0,5000}`, "m").exec(text)?.[0] ?? "";
  const folder = folderOf(path);
  const name = value(section("lib"), "name") ?? value(section("package"), "name");
  if (name === undefined) return [];
  const library = joinPath(folder, value(section("lib"), "path") ?? "src/lib.rs");
  const renamed = new Map([...shared, ...renamedIn(text, "(?:target\\.[^\\]\\n]{1,200}\\.)?(?:dev-|build-)?dependencies")]);
  return [{ name: underscored(name), folder, library: library !== null && paths.has(library) ? library : null, renamed }];
}

/** `x = { package = "y" }` in the tables of that name, and `package = "y"` in `[dependencies.x]`. @param tables part of a regular expression. */
function renamedIn(text: string, tables: string): Map<string, string> {
  const renamed = new Map<string, string>();
  if (!text.includes("package")) return renamed;
  for (const [, whole, own, body = ""] of text.matchAll(
    new RegExp(`^\\[(${tables})(?:\\.([\\w-]{1,100}))?\\][^\\n]{0,200}((?:\\n(?!\\[)[^\\n]{0,2000}){0,1000})`, "gm"),
  )) {
    if (whole === undefined) continue;
    const named =
      own === undefined
        ? body.matchAll(
            /^([\w-]{1,100})[ \t]{0,20}=[ \t]{0,20}\{[^\n}]{0,500}?\bpackage[ \t]{0,20}=[ \t]{0,20}"([\w-]{1,100})"/gm,
          )
        : [[null, own, value(body, "package")]];
    for (const [, alias, name] of named) if (alias && name) renamed.set(underscored(alias), underscored(name));
  }
  return renamed;
}

function underscored(name: string): string {
  return name.replaceAll("-", "_");
}

function value(section: string, key: string): string | undefined {
  return new RegExp(`^${key}\\s{0,20}=\\s{0,20}"([^"\\n]{1,200})"`, "m").exec(section)?.[1];
}

/** Folder in which the modules of a file stand: beside a root or `mod.rs`, below the stem of others. */
function moduleFolder(world: World, path: string): string {
  const stem = lastPart(path).replace(/\.rs$/, "");
  return stem === "mod" || rootOf(world, path) === path ? folderOf(path) : `${folderOf(path)}/${stem}`.replace(/^\//, "");
}

function moduleFile({ paths }: World, folder: string, name: string): string | null {
  const stem = folder === "" ? name : `${folder}/${name}`;
  return [`${stem}.rs`, `${stem}/mod.rs`].find((path) => paths.has(path)) ?? null;
}

function resolveModule(world: World, from: string, name: string, nested: readonly string[]): Resolution {
  if (name.startsWith("./")) {
    const path = joinPath(folderOf(from), name);
    return path !== null && world.paths.has(path) ? toFile(path) : unresolved;
  }
  const file = moduleFile(world, [moduleFolder(world, from), ...nested].filter(Boolean).join("/"), name);
  return file === null ? unresolved : toFile(file);
}

function crateOf({ crates }: World, path: string): Crate | undefined {
  return crates.find(({ folder }) => folder === "" || path.startsWith(`${folder}/`));
}

/** Another crate of the repository, by the name that it has for a file. */
function otherCrate(world: World, from: string, name: string): Crate | undefined {
  return world.byName.get(crateOf(world, from)?.renamed.get(name) ?? name);
}

/** The file at which the crate of a file starts: its library or program; each file of `tests`, `examples`, `benches` and `src/bin` is one of its own. */
function rootOf(world: World, path: string): string {
  const { paths } = world;
  const crate = crateOf(world, path);
  if (!crate) return path;
  const below = crate.folder === "" ? path : path.slice(crate.folder.length + 1);
  const own = /^(?:(?:tests|examples|benches)|src\/bin)\/([^/]+)(?:\.rs|\/.+\.rs)$/.exec(below);
  if (own) {
    const home = path.slice(0, path.length - below.length) + below.slice(0, below.indexOf(own[1] ?? ""));
    const main = `${home}${own[1]}/main.rs`;
    return /\/[^/]+\.rs$/.test(below) && !below.slice(home.length - (path.length - below.length)).includes("/")
      ? path
      : paths.has(main)
        ? main
        : path;
  }
  const program = crate.folder === "" ? "src/main.rs" : `${crate.folder}/src/main.rs`;
  if (path === program || below === "build.rs") return path;
  return crate.library ?? (paths.has(program) ? program : path);
}

function resolveUse(world: World, from: string, specifier: string, nested: readonly string[]): Resolution {
  const parts = specifier.replace(/^::/, "").split("::").filter(Boolean);
  const [first = ""] = parts;
  const root = rootOf(world, from);
  if (first === "crate") return walk(world, root, parts.slice(1));
  if (first === "self") return walk(world, from, [...nested, ...parts.slice(1)]);
  if (first === "super") return resolveSuper(world, from, parts, nested);
  const other = otherCrate(world, from, first);
  if (!specifier.startsWith("::") && moduleFile(world, moduleFolder(world, from), first) !== null)
    return walk(world, from, parts);
  if (other) return other.library === null ? unresolved : walk(world, other.library, parts.slice(1));
  return /^[a-z_]/.test(first) ? toPackage(first) : walk(world, from, []);
}

/** Only what starts at a crate is certain; other names may be anything. Nested modules are rare where `super` stands in a path. */
function resolvePath(world: World, from: string, path: string): Resolution {
  const first = /^(?:::)?(\w+)/.exec(path)?.[1] ?? "";
  const isOther = otherCrate(world, from, first) !== undefined && moduleFile(world, moduleFolder(world, from), first) === null;
  const resolution = first === "crate" || isOther ? resolveUse(world, from, path, []) : ignored;
  return "files" in resolution ? resolution : ignored;
}

function resolveSuper(world: World, from: string, parts: readonly string[], nested: readonly string[]): Resolution {
  let file = from;
  let left = nested.length;
  let at = 0;
  for (; parts[at] === "super"; at++) {
    if (left > 0) left--;
    else {
      const folder = lastPart(file) === "mod.rs" ? folderOf(folderOf(file)) : folderOf(file);
      const parent = [`${folder}.rs`, `${folder}/mod.rs`, `${folder}/lib.rs`, `${folder}/main.rs`].find(
        (path) => world.paths.has(path) && path !== file,
      );
      if (parent === undefined) return unresolved;
      file = parent;
    }
  }
  return walk(world, file, [...nested.slice(0, left), ...parts.slice(at)]);
}

/** Goes down as long as there are files; the rest are names inside of the last. */
function walk(world: World, from: string, parts: readonly string[]): Resolution {
  let file = from;
  let folder = moduleFolder(world, from);
  for (const part of parts) {
    const next = moduleFile(world, folder, part);
    if (next === null) break;
    file = next;
    folder = moduleFolder(world, next);
  }
  return toFile(file);
}
