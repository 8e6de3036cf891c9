/** Ruby: names of constants lead to files by the convention of Zeitwerk (`Shop::Order` stands in `shop/order.rb`); `require` by path. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
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
import { detached } from "../text.js";
import { addTo, nearest } from "./nearest.js";

export const ruby: FrontEnd = {
  languages: ["ruby"],
  endings: [".rb", ".rake", ".ru", ".erb"],
  isConfig: () => false,
  scan: (text, path) => scanRuby(path.endsWith(".erb") ? programOf(text) : text),
  resolver: rubyResolver,
};

const maxReferences = 2000;
const opening = /^(\s{0,200})(?:module|class)\s{1,20}((?:::)?[A-Z]\w{0,200}(?:::[A-Z]\w{0,200}){0,20})/;
const constant = /(?<![\w$@:.])(?:::)?[A-Z]\w{0,200}(?:::[A-Z]\w{0,200}){0,20}(?!\w|\s{0,3}\(|:(?!:))/g;
/** Rails makes a constant of these: `has_many :order_lines` means `OrderLine`. */
const association = /^\s{0,200}(?:belongs_to|has_one|has_many|has_and_belongs_to_many)[ (]{1,5}:([a-z]\w{0,100})/;
const className = /\bclass_name(?::|["']?\s{0,5}=>)\s{0,5}["']((?:::)?[A-Z][\w:]{0,200})["']/;
const requires = /^\s{0,200}(require|require_relative|load)[ (]{1,5}["']([^"'#\n]{1,300})["']/;
/** What stands directly behind `<<~` names the end of a text that follows. */
const quoted =
  /(?<![-~])"(?:[^"\\]|\\.)*"|(?<![-~])'(?:[^'\\]|\\.)*'|%[wWiIqQ](?:\[[^\]]{0,1000}\]|\([^)]{0,1000}\)|\{[^}]{0,1000}\}|<[^>]{0,1000}>|\|[^|]{0,1000}\|)/g;
/** A list or text that goes on in the next lines. */
const openList = /%[wWiIqQ]([[({<|])[^\])}>|]{0,2000}$/;
const closing: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "<": ">", "|": "|" };
const hole = /#\{([^{}]{0,500})\}/g;
const here = /<<[~-]["'`]?([A-Za-z_]\w{0,60})["'`]?/;

/** References are kept once per place of nesting; Ruby's own constants are among them, only files of the repository can be told apart later. */
function scanRuby(text: string): FileImports {
  const imports: FoundImport[] = [];
  const seen = new Set<string>();
  const nesting: { readonly indent: number; readonly name: string }[] = [];
  let skipUntil: string | null = null;
  let close: string | null = null;
  const lines = text.split("\n");
  for (const [index, raw] of lines.entries()) {
    if (skipUntil !== null) {
      if (raw.trim() === skipUntil) skipUntil = null;
      continue;
    }
    if (close !== null) {
      if (raw.includes(close)) close = null;
      continue;
    }
    if (raw.startsWith("__END__")) break;
    if (raw.startsWith("=begin")) {
      skipUntil = "=end";
      continue;
    }
    const required = requires.exec(raw);
    if (required?.[2] !== undefined) {
      const relative = required[1] === "require_relative" ? `./${required[2]}` : required[2];
      imports.push({ specifier: detached(relative), name: "require", kind: "value", line: index + 1 });
      continue;
    }
    const whole = raw.slice(0, 2000).replace(quoted, bare).replace(/#.*$/, "");
    close = closing[openList.exec(whole)?.[1] ?? ""] ?? null;
    const line = close === null ? whole : whole.replace(openList, "");
    skipUntil = here.exec(line)?.[1] ?? null;
    const indent = line.length - line.trimStart().length;
    if (line.trim() === "") continue;
    while (nesting.length > 0 && (nesting.at(-1)?.indent ?? 0) >= indent) nesting.pop();
    const opened = opening.exec(line);
    const around = nesting.map(({ name }) => name).join(" ");
    const body = opened ? line.slice(opened[0].length) : line;
    const names = [...body.matchAll(constant)].map(([name]) => name);
    for (const name of [...names, ...associated(lines, index)]) {
      const key = `${around} ${name}`;
      if (seen.has(key) || seen.size >= maxReferences) continue;
      seen.add(key);
      imports.push({ specifier: detached(name), name: detached(around), kind: "value", line: index + 1 });
    }
    if (opened?.[2] !== undefined && nesting.length < 50) nesting.push({ indent, name: opened[2] });
  }
  return fileImports("ruby", imports);
}

const maxArguments = 6;

/** The class at the other end of an association, which may be named in one of the next lines. */
function associated(lines: readonly string[], index: number): string[] {
  const name = association.exec(lines[index]?.slice(0, 2000) ?? "")?.[1];
  if (name === undefined) return [];
  let end = index + 1;
  while (end - index < maxArguments && /,\s{0,50}$/.test(lines[end - 1]?.slice(0, 2000) ?? "")) end++;
  return [className.exec(lines.slice(index, end).join("\n").slice(0, 4000))?.[1] ?? singular(name)];
}

const irregular: Readonly<Record<string, string>> = {
  people: "person",
  children: "child",
  men: "man",
  women: "woman",
  news: "news",
  series: "series",
  movies: "movie",
};

/** As Rails tells it, for what it is told by its ending. */
function singular(name: string): string {
  const [, before = "", last = ""] = /^((?:.*_)?)([^_]*)$/.exec(name) ?? [];
  const known = Object.hasOwn(irregular, last) ? irregular[last] : undefined;
  const one =
    known ??
    last
      .replace(/ies$/, "y")
      .replace(/(ss|sh|ch|x|z|status|alias|bus)es$/, "$1")
      .replace(/([^su])s$/, "$1");
  return `${before}${one}`;
}

/** What a template runs, in the lines where it stands. */
function programOf(template: string): string {
  return template
    .split(/<%(?!%)[-=]{0,2}|-?%>/)
    .map((text, index) => (index % 2 === 1 && !text.startsWith("#") ? text : text.replace(/[^\n]/g, "")))
    .join(" ");
}

/** A text without its words; what stands in `#{…}` is program. */
function bare(text: string): string {
  return text.startsWith("'") || !text.includes("#{") ? '""' : `"" ${[...text.matchAll(hole)].map(([, code]) => code).join(" ")}`;
}

interface World {
  readonly paths: ReadonlySet<string>;
  /** Files by the name that the convention gives them, in lower case without underscores: `shop/lineitem`. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /** Files below a `lib` folder, by what `require` calls them. */
  readonly byFeature: ReadonlyMap<string, readonly string[]>;
}

function rubyResolver({ paths, files }: Sources): Resolver {
  const byName = new Map<string, string[]>();
  const byFeature = new Map<string, string[]>();
  for (const path of files.keys()) {
    for (const name of autoloadedNames(path)) addTo(byName, name.replaceAll("_", "").toLowerCase(), path);
    const feature = /(?:^|\/)lib\/(.+)\.rb$/.exec(path)?.[1];
    if (feature !== undefined) addTo(byFeature, feature, path);
  }
  const world = { paths, byName, byFeature };
  return (from, { specifier, name }) =>
    name === "require" ? resolveRequire(world, from, specifier) : resolveConstant(world, from, specifier, name ?? "");
}

/** `app/models/shop/order.rb` is `shop/order`, `lib/shop/order.rb` and `lib/public/shop/order.rb` too, `app/models/concerns/priced.rb` is `priced`. */
function autoloadedNames(path: string): string[] {
  const inApp = /(?:^|\/)app\/[^/]+\/(?:concerns\/)?(.+)\.rb$/.exec(path)?.[1];
  const inLib = /(?:^|\/)lib\/(.+)\.rb$/.exec(path)?.[1];
  const inPublic = inLib?.startsWith("public/") === true ? inLib.slice("public/".length) : undefined;
  return [inApp, inLib, inPublic].filter((name) => name !== undefined);
}

function resolveRequire({ paths, byFeature }: World, from: string, specifier: string): Resolution {
  if (/^\.{1,2}\//.test(specifier)) {
    const path = joinPath(folderOf(from), specifier);
    const file = [path, `${path}.rb`].find((candidate) => candidate !== null && paths.has(candidate));
    return file ? toFile(file) : unresolved;
  }
  const own = nearest(byFeature.get(specifier.replace(/\.rb$/, "")) ?? [], from);
  return own === null ? toPackage(specifier.split("/")[0] ?? specifier) : toFile(own);
}

/** From the innermost nesting outwards; a name that is in no file of its own belongs to the file of what it is nested in. */
function resolveConstant({ byName }: World, from: string, specifier: string, around: string): Resolution {
  const parts = specifier.replace(/^::/, "").split("::");
  // `class Shop::Order` looks into itself and into what stands around it, and not into `Shop`.
  const outer = specifier.startsWith("::") || around === "" ? [] : around.split(" ");
  for (let depth = outer.length; depth >= 0; depth--) {
    for (let length = parts.length; length > 0; length--) {
      const names = [...outer.slice(0, depth), ...parts.slice(0, length)].flatMap((one) => one.split("::").filter(Boolean));
      const name = names.join("/").toLowerCase().replaceAll("_", "");
      const files = byName.get(name);
      if (files) return files.includes(from) ? ignored : toFile(nearest(files, from) ?? from);
    }
  }
  return ignored;
}
