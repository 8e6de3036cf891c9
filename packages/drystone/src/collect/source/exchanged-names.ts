/** Which names a JavaScript, TypeScript or Go file takes in and gives out: how far an import through a barrel or of a package reaches. */
import { languageOfPath } from "#collect/code/index.js";

export interface ExchangedNames {
  /** By line of the statement; null where everything is taken: `import * as`, `import "x"`. */
  readonly taken: ReadonlyMap<number, readonly string[] | null>;
  /** Names that the file declares and exports itself. */
  readonly given: readonly string[];
  /** Lines of exported functions of Go: what they do is done only where one of them is called. */
  readonly functions: readonly { readonly name: string; readonly from: number; readonly to: number }[];
}

const maxStatements = 2000;
const statement = /^[ \t]{0,8}(import|export)\b([^;'"`]{0,6000}?)\bfrom\s{0,20}['"]/gm;
const declaration =
  /^[ \t]{0,4}export\s{1,9}(?:default\s{1,9})?(?:declare\s{1,9})?(?:abstract\s{1,9})?(?:async\s{1,9})?(?:class|function\*?|const|let|var|enum|interface|type|namespace)\s{1,9}([A-Za-z_$][\w$]{0,100})/gm;
const list = /^[ \t]{0,4}export\s{0,9}\{([^{}]{0,4000})\}\s{0,9}(?!\s{0,9}from)/gm;

/** Null for other languages. */
export function exchangedNames(path: string, text: string): ExchangedNames | null {
  if (languageOfPath(path) === "go") return namesOfGo(text);
  if (languageOfPath(path) !== "javascript" || !/\b(?:import|export)\b/.test(text)) return null;
  const taken = new Map<number, readonly string[] | null>();
  let at = 0;
  let line = 1;
  for (const match of text.matchAll(statement)) {
    const start = match.index + match[0].search(/\S/);
    for (; at < start; at++) if (text.charCodeAt(at) === 10) line++;
    taken.set(line, namesOf(match[2] ?? ""));
    if (taken.size >= maxStatements) break;
  }
  const given = [
    ...[...text.matchAll(declaration)].map((match) => match[1] ?? ""),
    ...[...text.matchAll(list)].flatMap((match) =>
      (match[1] ?? "").split(",").map(
        (part) =>
          part
            .trim()
            .split(/\s{1,50}as\s{1,50}/)
            .at(-1) ?? "",
      ),
    ),
    ...(/\bexport\s{1,9}default\b/.test(text) ? ["default"] : []),
  ];
  return { taken, given: [...new Set(given.filter((name) => name !== ""))].slice(0, 500), functions: [] };
}

const maxGoImports = 200;
const maxGoText = 500_000;
const goImport = /^(?:import)?[ \t]{0,20}(?:([\w.]{1,100})[ \t]{1,20})?"([^"\n]{1,500})"[ \t]{0,20}(?:\/\/.{0,500})?$/;
const goFunction = /^func ([A-Z]\w{0,100})[([]/;
const goDeclaration = /^(?:func|type|var|const)[ \t]{1,9}(?:\([^()\n]{1,200}\)[ \t]{0,9})?([A-Za-z_]\w{0,100})/;

/** As gofmt writes it: declarations begin their line, and their last brace does too. */
function namesOfGo(whole: string): ExchangedNames | null {
  const text = whole.slice(0, maxGoText);
  const lines = text.split("\n", 20_000);
  const taken = new Map<number, readonly string[] | null>();
  const given: string[] = [];
  const functions: { name: string; from: number; to: number }[] = [];
  let isHead = true;
  let block = "";
  for (const [index, line] of lines.entries()) {
    if (/^(?:func|type|var|const)\b/.test(line)) isHead = false;
    const [, alias, module] = (isHead && taken.size < maxGoImports ? goImport.exec(line.slice(0, 700)) : null) ?? [];
    if (module !== undefined) taken.set(index + 1, usedOf(text, alias ?? nameOfModule(module)));
    const name = goFunction.exec(line)?.[1];
    if (name !== undefined && functions.length < 500) functions.push({ name, from: index + 1, to: closedAt(lines, index) });
    const declared = goDeclaration.exec(line)?.[1];
    if (declared !== undefined) given.push(declared);
    block = /^(?:var|const|type)[ \t]{0,9}\($/.test(line) ? "open" : line.startsWith(")") ? "" : block;
    const member = block === "" ? undefined : /^\t([A-Za-z_]\w{0,100})/.exec(line)?.[1];
    if (member !== undefined) given.push(member);
  }
  return { taken, given: [...new Set(given)].slice(0, 2000), functions };
}

function closedAt(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index >= from && (line.startsWith("}") || (index === from && line.endsWith("}"))));
  return end < 0 ? lines.length : end + 1;
}

function nameOfModule(module: string): string {
  const last =
    module
      .replace(/\/v\d{1,3}$/, "")
      .split("/")
      .at(-1) ?? module;
  return last.replace(/^go-|-go$|\.go$|\.v\d{1,3}$/g, "").replaceAll("-", "");
}

/** Names that are used through the package; null where that cannot be told. */
function usedOf(text: string, alias: string): string[] | null {
  if (alias === "." || alias === "_" || !/^\w+$/.test(alias)) return null;
  const found = new Set<string>();
  for (const match of text.matchAll(new RegExp(`(?<![\\w.])${alias}\\.([A-Z]\\w{0,100})`, "g"))) {
    found.add(match[1] ?? "");
    if (found.size >= 500) return null;
  }
  return found.size === 0 ? null : [...found];
}

/** `X, { a, type B as C }` takes `default`, `a`, `B`; `*` takes everything. */
function namesOf(clause: string): string[] | null {
  if (clause.includes("*")) return null;
  const braces = /\{([^{}]*)\}/.exec(clause);
  const names = (braces?.[1] ?? "").split(",").map(
    (part) =>
      part
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s{1,50}as\s{1,50}/)[0] ?? "",
  );
  const own = /^\s*(?:type\s+)?([A-Za-z_$][\w$]*)/.exec(clause.replace(/\{[^{}]*\}/, ""));
  return [...(own?.[1] ? ["default"] : []), ...names].filter((name) => name !== "");
}
