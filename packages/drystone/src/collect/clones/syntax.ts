/** How the languages write comments, texts and imports: enough to leave them out or fold them, never an error. */
import type { Language } from "#collect/code/index.js";

export interface Syntax {
  readonly slashComments: boolean;
  readonly hashComments: boolean;
  /** Quotes of texts that end with the line. */
  readonly quotes: string;
  /** Backquoted text: a template with holes, a raw text, or nothing. */
  readonly backquote: "template" | "raw" | "none";
  readonly triple: boolean;
  /** `'x'` is a character, and `'` may also stand alone. */
  readonly charQuote: boolean;
  readonly regex: boolean;
  /** First words of a line that bring in or name a file, and where they end. */
  readonly imports: ReadonlyMap<string, ImportEnd>;
}

/** `line`: with the line, or with the bracket opened on it. `semicolon`. `text`: with the first text literal, unless it is a call. */
export type ImportEnd = "line" | "semicolon" | "text" | "using";

const cLike: Syntax = {
  slashComments: true,
  hashComments: false,
  quotes: '"',
  backquote: "none",
  triple: false,
  charQuote: true,
  regex: false,
  imports: imports("semicolon", "import package"),
};
const hashed: Syntax = { ...cLike, slashComments: false, hashComments: true, quotes: "\"'", charQuote: false };
const byLine = imports("line", "import package");

const syntaxes: ReadonlyMap<Language, Syntax> = new Map<Language, Syntax>([
  [
    "javascript",
    { ...cLike, quotes: "\"'", backquote: "template", charQuote: false, regex: true, imports: imports("text", "import") },
  ],
  ["java", { ...cLike, triple: true }],
  ["kotlin", { ...cLike, triple: true, imports: byLine }],
  ["scala", { ...cLike, triple: true, imports: byLine }],
  ["csharp", { ...cLike, triple: true, imports: new Map([...imports("using", "using"), ...imports("line", "namespace")]) }],
  ["go", { ...cLike, backquote: "raw", imports: byLine }],
  ["rust", { ...cLike, imports: imports("semicolon", "use extern") }],
  ["cpp", cLike],
  ["php", { ...cLike, hashComments: true, quotes: "\"'", charQuote: false, imports: imports("semicolon", "use namespace") }],
  ["python", { ...hashed, triple: true, imports: imports("line", "import from") }],
  ["ruby", { ...hashed, imports: imports("line", "require require_relative") }],
  ["elixir", { ...hashed, triple: true, imports: imports("line", "alias import require use") }],
]);

export function syntaxOf(language: Language): Syntax | null {
  return syntaxes.get(language) ?? null;
}

/** Words that keep their meaning in a copy, of all languages at once: a name that is a keyword elsewhere stays as it is too. */
const keywords =
  "abstract and as assert async await begin break case catch checked class const constructor continue def default defer del delete do elif else elsif end ensure enum except export extends extern false final finally fn for foreach from func function get go goto if impl implements import in instanceof interface internal is lambda let lock loop match module mut namespace new nil none not null object of operator or out override package pass private protected public pub raise range readonly record ref rescue return sealed select self set static struct super switch synchronized this throw throws trait true try type typeof unless until use using val var virtual void when where while with yield";

/** Codes of tokens: names, literals; punctuation has its ASCII code; keywords start at 128. */
export const nameCode = 1;
export const literalCode = 2;
export const keywordCodes: ReadonlyMap<string, number> = new Map(
  keywords.split(" ").map((word, index) => [word, 128 + index] as const),
);

function imports(end: ImportEnd, list: string): ReadonlyMap<string, ImportEnd> {
  return new Map(list.split(" ").map((word) => [word, end] as const));
}
