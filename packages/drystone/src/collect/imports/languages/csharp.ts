/** C#: `using` of namespaces, and types that are written out with theirs, looked up among those that files declare. An edge goes to one file of the namespace in a project that the importer may use. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
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
import { detached, lineEnd, lineTeller, matchAt, skipBrackets, skipTrivia } from "../text.js";
import { addTo } from "./nearest.js";
import { csharpProgram } from "./program-text.js";

export const csharp: FrontEnd = {
  languages: ["csharp"],
  endings: [".cs"],
  isConfig: (path) => path.endsWith(".csproj"),
  scan: scanCsharp,
  resolver: csharpResolver,
};

/** `using A.B;`, `global using static A.B.C;`, `using X = A.B.C<D>;`, never `using var x = …;` or `using (…)`. */
const usingForm =
  /(?:global\s{1,20})?using\s{1,20}(static\s{1,20}|unsafe\s{1,20})?(?:(\w{1,200})\s{0,20}=\s{0,20})?(?:global::)?(\w{1,200}(?:\s{0,5}\.\s{0,5}\w{1,200}){0,50})\s{0,20}(;|<)/y;
const namespaceForm = /namespace\s{1,20}(\w{1,200}(?:\s{0,5}\.\s{0,5}\w{1,200}){0,50})\s{0,20}/y;
const laterNamespace = /^[ \t]{0,20}namespace[ \t]{1,20}(\w{1,200}(?:\.\w{1,200}){0,50})[ \t]{0,20}(?:;|\{|\r?$)/gm;
/** `A.B.Type`: most of these are members of objects, which no namespace of the repository has for a name. */
const writtenOut = /(?<![\w.@])[A-Z]\w{0,100}(?:\.[A-Z]\w{0,100}){2,20}/g;
const maxWrittenOut = 1000;
const externAlias = /extern\s{1,20}alias\s{1,20}\w{1,200}\s{0,20};/y;

function scanCsharp(text: string): FileImports {
  const lineOf = lineTeller(text);
  const imports: FoundImport[] = [];
  const packages = new Set<string>();
  let at = skipTrivia(text, 0);
  for (; at < text.length; at = skipTrivia(text, at)) {
    const found = matchAt(usingForm, text, at);
    if (found?.[3]) {
      const ofType = found[1]?.startsWith("static") || found[2] !== undefined;
      imports.push({
        specifier: detached(found[3].replace(/\s/g, "")),
        name: ofType ? "type" : null,
        kind: "value",
        line: lineOf(at),
      });
      at = found[4] === ";" ? usingForm.lastIndex : lineEnd(text, usingForm.lastIndex);
      continue;
    }
    const clause = matchAt(namespaceForm, text, at);
    if (clause?.[1]) {
      packages.add(detached(clause[1].replace(/\s/g, "")));
      at = namespaceForm.lastIndex + (/[;{]/.test(text.charAt(namespaceForm.lastIndex)) ? 1 : 0);
    } else if (text[at] === "#") at = lineEnd(text, at);
    else if (text.startsWith("[assembly", at) || text.startsWith("[module", at)) at = skipBrackets(text, at);
    else if (matchAt(externAlias, text, at)) at = externAlias.lastIndex;
    else break;
  }
  const body = csharpProgram(text.slice(at));
  for (const match of body.matchAll(laterNamespace)) if (match[1]) packages.add(detached(match[1]));
  const seen = new Set<string>();
  for (const { 0: name, index } of body.matchAll(writtenOut)) {
    if (seen.size >= maxWrittenOut) break;
    if (seen.has(name) || packages.has(name)) continue;
    seen.add(name);
    imports.push({ specifier: detached(name), name: "written out", kind: "value", line: lineOf(at + index) });
  }
  return fileImports("csharp", imports, { packages: [...packages] });
}

interface Project {
  readonly path: string;
  readonly references: readonly string[];
}

function csharpResolver({ files, configs }: Sources): Resolver {
  const projects = new Map<string, Project>();
  for (const [path, text] of configs) projects.set(folderOf(path), { path, references: referencesOf(path, text) });
  const byNamespace = new Map<string, string[]>();
  for (const [path, { packages }] of files) for (const one of packages) addTo(byNamespace, one, path);
  const homes = new Map<string, string | null>();
  const reaches = new Map<string, ReadonlySet<string>>();
  const around = new WeakMap<readonly string[], readonly string[]>();
  const homeOf = (path: string) => homeFolder(folderOf(path), projects, homes);
  return (from, { specifier, name }, { packages }) => {
    const own = homeOf(from);
    if (own !== null && !reaches.has(own)) reaches.set(own, reachable(own, projects));
    const reach = own === null ? null : (reaches.get(own) ?? null);
    const within = (namespace: string) => {
      const candidates = byNamespace.get(namespace);
      return candidates === undefined ? [] : inReach(candidates, from, own, reach, homeOf);
    };
    if (name === "written out") {
      let prefixes = around.get(packages);
      if (!prefixes) around.set(packages, (prefixes = [...packages.flatMap(withParents), ""]));
      return writtenOutFile(specifier, prefixes, within);
    }
    const parent = specifier.slice(0, Math.max(0, specifier.lastIndexOf(".")));
    if (name === "type")
      return resolveType(within(parent), specifier) ?? resolveNamespace(within(specifier)) ?? outside(specifier, byNamespace);
    return resolveNamespace(within(specifier)) ?? outside(specifier, byNamespace);
  };
}

/** The file named like the type, else any of its namespace. */
function resolveType(candidates: readonly string[], specifier: string): Resolution | null {
  const type = lastPart(specifier.replaceAll(".", "/"));
  return resolveNamespace([...candidates.filter((path) => lastPart(path) === `${type}.cs`), ...candidates]);
}

/** The longest part that is a namespace, in full or below one around the code, and in it the file named like the type behind it: without such a file it may be anything. */
function writtenOutFile(
  specifier: string,
  prefixes: readonly string[],
  within: (namespace: string) => readonly string[],
): Resolution {
  const parts = specifier.split(".");
  for (const prefix of prefixes) {
    for (let length = parts.length - 1; length > (prefix === "" ? 1 : 0); length--) {
      const file = within(prefix + parts.slice(0, length).join(".")).find((path) => lastPart(path) === `${parts[length]}.cs`);
      if (file !== undefined) return toFile(file);
    }
  }
  return ignored;
}

/** `A.B` is `A.B.`, `A.`. */
function withParents(namespace: string): string[] {
  const parts = namespace.split(".");
  return parts.map((_, at) => `${parts.slice(0, parts.length - at).join(".")}.`);
}

function resolveNamespace([first]: readonly string[]): Resolution | null {
  return first === undefined ? null : toFile(first);
}

function outside(specifier: string, byNamespace: ReadonlyMap<string, unknown>): Resolution {
  // Projects add to namespaces of the platform, so that what they extend need not be looked for.
  const isPlatform = /^(?:System|Microsoft)(?:\.|$)/.test(specifier);
  return byNamespace.has(specifier) && !isPlatform ? unresolved : toPackage(specifier.split(".").slice(0, 2).join("."));
}

/** Files in projects that the importer's refers to come first, then its own; without project files all count. */
function inReach(
  candidates: readonly string[],
  from: string,
  own: string | null,
  reach: ReadonlySet<string> | null,
  homeOf: (path: string) => string | null,
): string[] {
  const others = candidates.filter((path) => path !== from);
  if (own === null || reach === null) return others.length > 0 ? others : [...candidates];
  const referred = others.filter((path) => reach.has(homeOf(path) ?? "") && homeOf(path) !== own);
  const inside = candidates.filter((path) => homeOf(path) === own);
  if (inside.length > 0 || referred.length > 0) return inside.length > 0 ? inside : referred;
  // References may come from files that are not read: then a namespace that only one project declares is meant.
  return new Set(others.map(homeOf)).size === 1 ? others : [];
}

/** Folder of the nearest project file; null when there is none. */
function homeFolder(folder: string, projects: ReadonlyMap<string, unknown>, known: Map<string, string | null>): string | null {
  let home = known.get(folder);
  if (home === undefined) {
    home = projects.has(folder) ? folder : folder === "" ? null : homeFolder(folderOf(folder), projects, known);
    known.set(folder, home);
  }
  return home;
}

/** Folders of the projects that a project refers to, also through others, and its own. */
function reachable(from: string, projects: ReadonlyMap<string, Project>): Set<string> {
  const reached = new Set([from]);
  for (const folder of reached) for (const next of projects.get(folder)?.references ?? []) reached.add(next);
  return reached;
}

function referencesOf(path: string, text: string): string[] {
  return [...text.matchAll(/<ProjectReference\s{1,20}[^<>]{0,200}?\bInclude\s{0,5}=\s{0,5}"([^"\n]{1,500})"/g)].flatMap(
    (match) => {
      const target = joinPath(folderOf(path), match[1] ?? "");
      return target === null ? [] : folderOf(target);
    },
  );
}
