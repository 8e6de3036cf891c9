/** Which names a JavaScript or TypeScript file takes in and gives out: how far an import through a barrel reaches. */
import { languageOfPath } from "#collect/code/index.js";

export interface ExchangedNames {
  /** By line of the statement; null where everything is taken: `import * as`, `import "x"`. */
  readonly taken: ReadonlyMap<number, readonly string[] | null>;
  /** Names that the file declares and exports itself. */
  readonly given: readonly string[];
}

const maxStatements = 2000;
const statement = /^[ \t]{0,8}(import|export)\b([^;'"`]{0,6000}?)\bfrom\s{0,20}['"]/gm;
const declaration =
  /^[ \t]{0,4}export\s{1,9}(?:default\s{1,9})?(?:declare\s{1,9})?(?:abstract\s{1,9})?(?:async\s{1,9})?(?:class|function\*?|const|let|var|enum|interface|type|namespace)\s{1,9}([A-Za-z_$][\w$]{0,100})/gm;
const list = /^[ \t]{0,4}export\s{0,9}\{([^{}]{0,4000})\}\s{0,9}(?!\s{0,9}from)/gm;

/** Null for other languages. */
export function exchangedNames(path: string, text: string): ExchangedNames | null {
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
            .split(/\s+as\s+/)
            .at(-1) ?? "",
      ),
    ),
    ...(/\bexport\s{1,9}default\b/.test(text) ? ["default"] : []),
  ];
  return { taken, given: [...new Set(given.filter((name) => name !== ""))].slice(0, 500) };
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
        .split(/\s+as\s+/)[0] ?? "",
  );
  const own = /^\s*(?:type\s+)?([A-Za-z_$][\w$]*)/.exec(clause.replace(/\{[^{}]*\}/, ""));
  return [...(own?.[1] ? ["default"] : []), ...names].filter((name) => name !== "");
}
