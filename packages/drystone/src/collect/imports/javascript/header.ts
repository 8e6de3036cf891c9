/**
 * The imports of a JavaScript or TypeScript file without parsing it: nearly all files import at their head only, and a head can be read by its
 * grammar alone. What stands below is searched for words that could import; where one could, the file is left to a full parser. So nothing that
 * is found is ever a guess.
 */
import { behind, lineEnd, matchAt, skipTrivia } from "../text.js";
import { type Found, readExport, readImport, readRequires, wordAt } from "./statements.js";

export interface Header {
  readonly found: readonly Found[];
  /** False when something below the head may import too. */
  readonly complete: boolean;
}

export function readHeader(text: string): Header {
  const found: Found[] = [];
  const end = readStatements(text, found);
  return { found, complete: end !== null && !mayImport(text, end) };
}

/** Reads statements up to the first that is neither import nor export list; null when one of them is unclear. */
function readStatements(text: string, found: Found[]): number | null {
  let at = text.startsWith("#!") ? lineEnd(text, 0) : 0;
  references(text, at, found);
  for (;;) {
    at = skipTrivia(text, at);
    const char = text[at];
    if (char === ";") {
      at++;
      continue;
    }
    const directive = char === '"' || char === "'" ? matchAt(directiveForm, text, at) : null;
    if (directive) {
      at += directive[0].length;
      continue;
    }
    const statement = readStatement(text, at, wordAt(text, at));
    if (statement === null) return at;
    if (statement === "unclear") return null;
    found.push(...statement.found);
    at = statement.end;
  }
}

function readStatement(text: string, at: number, word: string): ReturnType<typeof readImport> {
  // Where a statement starts, `import` is a declaration unless it is called or asked for its `meta`; one with a mistake is none that was read.
  if (word === "import") return readImport(text, at) ?? (/[(.]/.test(text.charAt(skipTrivia(text, at + 6))) ? null : "unclear");
  if (word === "export") return readExport(text, at);
  if (word === "const" || word === "var" || word === "let" || word === "require") return readRequires(text, at);
  return null;
}

const directiveForm = /(?:"[^"\\\n]{0,200}"|'[^'\\\n]{0,200}')[ \t]{0,20}(?:;|(?=\r?\n|\/[/*]))/y;

/** `/// <reference path="…" />` in the comments at the start. */
function references(text: string, from: number, found: Found[]): void {
  for (let at = from; at < text.length; ) {
    if (text.startsWith("//", at)) {
      const path = matchAt(reference, text, at);
      const file = path?.[1] ?? path?.[2];
      if (file !== undefined) found.push({ specifier: relative.test(file) ? file : `./${file}`, kind: "type", offset: at });
      at = lineEnd(text, at);
    } else if (text.startsWith("/*", at)) at = behind(text, "*/", at + 2);
    else if (/\s/.test(text.charAt(at))) at++;
    else return;
  }
}

const reference = /\/\/\/\s{0,20}<reference\s{1,20}path\s{0,5}=\s{0,5}(?:"([^"\n]{1,500})"|'([^'\n]{1,500})')/y;
const relative = /^(?:\.{0,2}\/|\.{1,2}$)/;

/** Could something from here on import? May say yes of a word in a comment or text, never no of an import. */
function mayImport(text: string, from: number): boolean {
  importWords.lastIndex = from;
  for (let match = importWords.exec(text); match !== null; match = importWords.exec(text)) {
    if (mayImportAt(text, match.index, match[0])) return true;
  }
  return false;
}

const importWords = /\b(?:import|export|require)\b/g;

/** The same for one of the words `import`, `export` and `require`. */
export function mayImportAt(text: string, at: number, word: string): boolean {
  const before = text.charCodeAt(at - 1);
  if (before === 36 || before === 35) return false;
  if (before === 46 && !text.startsWith("...", at - 3)) return false;
  const part = text.slice(at, at + longestStatement);
  const next = skipTrivia(part, word.length);
  const char = part[next];
  if (word === "require") return isCallOfText(part, char === "?" ? next + 2 : next) || char === "<";
  if (word === "import" && isCallOfText(part, next)) return true;
  if (!startsStatement(text, at)) return false;
  const statement = word === "import" ? readImport(part, 0) : readExport(part, 0);
  return statement === "unclear" || (statement !== null && statement.found.length > 0);
}

/** Below the head no statement is read further than this, or hostile text could make each word cost a walk to the end. */
const longestStatement = 4000;

/** `("…` with comments between; also when the text ends before that is decided. */
function isCallOfText(text: string, at: number): boolean {
  if (at >= text.length) return text.length === longestStatement;
  if (text[at] !== "(") return false;
  const next = skipTrivia(text, at + 1);
  const argument = text[next];
  return argument === '"' || argument === "'" || argument === "`" || (next >= text.length && text.length === longestStatement);
}

/** Stands here the first word of its line, or behind what ends a statement or opens a block? */
function startsStatement(text: string, at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const code = text.charCodeAt(before);
    if (code === 32 || code === 9) continue;
    if (code === 47) return text[before - 1] === "*";
    return (
      code === 10 ||
      code === 13 ||
      code === 59 ||
      code === 123 ||
      code === 125 ||
      code === 41 ||
      code === 0x2028 ||
      code === 0x2029
    );
  }
  return true;
}
