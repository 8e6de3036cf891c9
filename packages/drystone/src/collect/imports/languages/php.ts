/** PHP: `use` of namespaced names and names written out in full, looked up among the namespaces that files declare, and `require __DIR__ . "/x.php"`. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { type FileImports, type FoundImport, fileImports } from "../file-imports.js";
import { type FrontEnd, ignored, type Resolver, type Sources, toFile, toPackage, unresolved } from "../front-end.js";
import { detached, lineTeller, matchAt } from "../text.js";
import { addTo, nearest } from "./nearest.js";
import { phpProgram } from "./program-text.js";

export const php: FrontEnd = {
  languages: ["php"],
  endings: [".php"],
  isConfig: () => false,
  scan: scanPhp,
  resolver: phpResolver,
};

/** At the start of a line: `use` of traits inside of classes is indented, and that of closures follows a bracket. */
const statement = /^(?:<\?php[ \t]{1,20})?(namespace|use)(?=[ \t\r\n])/gm;
/** In a namespace with braces `use` may be indented. */
const indented = /^[ \t]{1,20}(use)(?=[ \t\r\n])/gm;
const namespaceName = /[ \t]{1,20}([\w\\]{1,300})\s{0,20}([;{])/y;
const useList = /\s{1,100}(?:(function|const)\s{1,100})?([\w\\\s,{}]{1,20000})/y;
const inclusion =
  /\b(?:require|include)(?:_once)?[ \t]{0,5}\(?[ \t]{0,5}(?:(?:__DIR__|dirname\([ \t]{0,5}__FILE__[ \t]{0,5}\))[ \t]{0,5}\.[ \t]{0,5})?(?:"([^"$\n]{1,300}\.php)"|'([^'\n]{1,300}\.php)')/g;

/** `\\A\\B\\C` in the code. */
const writtenOut = /(?<![\w\\$])(?<!\b(?:use|namespace|function|const)[ \t]{1,5})\\?[A-Za-z_]\w{0,200}(?:\\\w{1,200}){1,20}/g;
const maxWrittenOut = 1000;

function scanPhp(source: string): FileImports {
  const text = phpProgram(source);
  const lineOf = lineTeller(text);
  const imports: FoundImport[] = [];
  const packages = new Set<string>();
  const used = usesIn(text, statement);
  const braced = namespacesIn(text, packages);
  if (braced) used.push(...usesIn(beforeClasses(text), indented));
  for (const { list, kind, offset } of used) {
    for (const { name } of items(list))
      imports.push({ specifier: detached(name), name: kind, kind: "value", line: lineOf(offset) });
  }
  for (const match of source.matchAll(inclusion)) {
    const path = match[1] ?? match[2] ?? "";
    if (text[match.index] === source[match.index]) {
      imports.push({ specifier: detached(`./${path.replace(/^\//, "")}`), name: null, kind: "value", line: lineOf(match.index) });
    }
  }
  for (const [name, offset] of fullNames(text, aliasesIn(used), [...packages][0] ?? ""))
    imports.push({ specifier: detached(name), name: "written out", kind: "value", line: lineOf(offset) });
  return fileImports(
    "php",
    imports.sort((a, b) => a.line - b.line),
    { packages: [...packages] },
  );
}

interface Use {
  readonly list: string;
  /** `function` or `const`; null for classes. */
  readonly kind: string | null;
  readonly offset: number;
}

function usesIn(text: string, pattern: RegExp): Use[] {
  const found: Use[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const list = match[1] === "use" ? matchAt(useList, text, pattern.lastIndex) : null;
    if (!list) continue;
    // A list without an end is none; what was read of it is not read again.
    pattern.lastIndex += list[0].length;
    if (list[2] !== undefined && text[pattern.lastIndex] === ";")
      found.push({ list: list[2], kind: list[1] ?? null, offset: match.index });
  }
  return found;
}

/** Adds the namespaces; true when one of them has braces. */
function namespacesIn(text: string, packages: Set<string>): boolean {
  let braced = false;
  for (const match of text.matchAll(statement)) {
    const name = match[1] === "namespace" ? matchAt(namespaceName, text, match.index + match[0].length) : null;
    if (!name?.[1]) continue;
    packages.add(detached(name[1]));
    braced ||= name[2] === "{";
  }
  return braced;
}

/** Trait `use` stands behind the first class. */
function beforeClasses(text: string): string {
  const first = text.search(
    /^[ \t]{0,20}(?:(?:abstract|final|readonly)[ \t]{1,10}){0,3}(?:class|interface|trait|enum|function)[ \t]/m,
  );
  return first < 0 ? text : text.slice(0, first);
}

/** Each once, with its first place. What starts with no `\\` goes on from a name that is imported, else from the namespace of the file. */
function fullNames(text: string, aliases: ReadonlyMap<string, string>, namespace: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const { 0: written, index } of text.matchAll(writtenOut)) {
    if (found.size >= maxWrittenOut) break;
    const name = inFull(written, aliases, namespace);
    if (!found.has(name)) found.set(name, index);
  }
  return found;
}

function inFull(written: string, aliases: ReadonlyMap<string, string>, namespace: string): string {
  if (written.startsWith("\\")) return written.slice(1);
  const first = written.indexOf("\\");
  const head = written.slice(0, first).toLowerCase();
  if (head === "namespace") return namespace + written.slice(first);
  const imported = aliases.get(head);
  return imported === undefined ? `${namespace}\\${written}` : imported + written.slice(first);
}

/** By the word in lower case with which code refers to it. */
function aliasesIn(used: readonly Use[]): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const { list, kind } of used) {
    if (kind !== null) continue;
    for (const { name, alias } of items(list)) aliases.set((alias ?? name.slice(name.lastIndexOf("\\") + 1)).toLowerCase(), name);
  }
  return aliases;
}

/** `A\B as C, D\{E, function f}` written out. */
function items(list: string): { readonly name: string; readonly alias: string | null }[] {
  const group = /^([\w\\\s]{1,300})\{([^{}]{0,20000})\}\s{0,20}$/.exec(list);
  const prefix = group?.[1] === undefined ? "" : `${group[1].trim().replace(/^\\|\\$/g, "")}\\`;
  return (group?.[2] ?? list).split(",").flatMap((part) => {
    const item = /^\s{0,200}(?:(?:function|const)\s{1,20})?\\?([\w\\]{1,300})(?:\s{1,20}as\s{1,20}(\w{1,200}))?/i.exec(part);
    return item?.[1] === undefined ? [] : [{ name: prefix + item[1], alias: item[2] ?? null }];
  });
}

function phpResolver({ paths, files }: Sources): Resolver {
  const byName = new Map<string, string[]>();
  const byNamespace = new Map<string, string[]>();
  for (const [path, { packages }] of files) {
    for (const one of packages) {
      addTo(byName, `${one}\\${lastPart(path).replace(/\.php$/, "")}`.toLowerCase(), path);
      addTo(byNamespace, one.toLowerCase(), path);
    }
  }
  const parents = new Set([...byNamespace.keys()].flatMap(withParents));
  return (from, { specifier, name }) => {
    if (specifier.startsWith("./")) {
      const path = joinPath(folderOf(from), specifier);
      if (path !== null && paths.has(path)) return toFile(path);
      return /(?:^|\/)vendor\//.test(specifier) ? ignored : unresolved;
    }
    const key = specifier.toLowerCase();
    const own = nearest(byName.get(key) ?? [], from);
    if (own !== null) return toFile(own);
    if (name === "written out") return ignored;
    // A function, a constant or a namespace: no file has its name; those of functions usually say so.
    const namespace = name === null ? byNamespace.get(key) : byNamespace.get(key.slice(0, key.lastIndexOf("\\")));
    const shared = namespace?.filter((path) => /(?:functions?|helpers?|constants?)\.php$/i.test(path)) ?? [];
    const file = nearest(shared.length > 0 ? shared : (namespace ?? []), from);
    if (file !== null) return toFile(file);
    // A namespace of namespaces: what is used of it is written out.
    if (name === null && parents.has(key)) return ignored;
    return byNamespace.has(key.slice(0, Math.max(0, key.lastIndexOf("\\")))) ? unresolved : toPackage(packageOf(specifier));
  };
}

function withParents(namespace: string): string[] {
  const parts = namespace.split("\\");
  return parts.map((_, at) => parts.slice(0, at + 1).join("\\"));
}

/** First two parts: `Symfony\Component`; one of a name without namespace. */
function packageOf(specifier: string): string {
  return specifier.split("\\").slice(0, 2).join("\\");
}
