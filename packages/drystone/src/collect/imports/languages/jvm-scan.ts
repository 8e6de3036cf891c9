/** Package and imports at the head of Java and Kotlin files. */
import type { FoundImport } from "../file-imports.js";
import { type FileImports, fileImports } from "../file-imports.js";
import { detached, lineTeller, matchAt, skipBrackets, skipQuoted, skipTrivia } from "../text.js";

export function scanJava(text: string): FileImports {
  const { declared, imports } = readHead(text, javaImport);
  return fileImports("java", imports, { packages: declared, words: wordsFor(imports, text) });
}

export function scanKotlin(text: string): FileImports {
  const { declared, imports, end } = readHead(text, kotlinImport);
  return fileImports("kotlin", imports, {
    packages: declared,
    symbols: topLevelNames(text, end),
    words: wordsFor(imports, text),
  });
}

const javaImport =
  /import\s{1,100}(?:static\s{1,100})?([\w$\u0080-\uffff]{1,200}(?:\s{0,10}\.\s{0,10}(?:[\w$\u0080-\uffff]{1,200}|\*)){1,50})\s{0,20};?/y;
const kotlinImport =
  /import[ \t]{1,100}([\w`$\u0080-\uffff-]{1,200}(?:\.(?:[\w$\u0080-\uffff]{1,200}|`[^`\n]{1,200}`|\*)){0,50})(?:[ \t]{1,20}as[ \t]{1,20}[\w`$]{1,200})?[ \t]{0,20};?/y;
const packageClause =
  /package\s{1,100}([\w$`\u0080-\uffff]{1,200}(?:\s{0,10}\.\s{0,10}[\w$`\u0080-\uffff]{1,200}){0,50})\s{0,20};?/y;
const annotation = /@(?:file:)?(?:\[|[\w.]{1,300})/y;

function readHead(
  text: string,
  importForm: RegExp,
): { readonly declared: string[]; readonly imports: FoundImport[]; readonly end: number } {
  const lineOf = lineTeller(text);
  const declared: string[] = [];
  const imports: FoundImport[] = [];
  let at = text.startsWith("#!") ? text.indexOf("\n") : 0;
  for (at = skipTrivia(text, Math.max(0, at)); at < text.length; at = skipTrivia(text, at)) {
    const found = matchAt(importForm, text, at);
    const clause = found || declared.length > 0 ? null : matchAt(packageClause, text, at);
    if (found?.[1]) {
      imports.push({ specifier: detached(plain(found[1])), name: null, kind: "value", line: lineOf(at) });
      at = importForm.lastIndex;
    } else if (clause?.[1]) {
      declared.push(detached(plain(clause[1])));
      at = packageClause.lastIndex;
    } else if (text[at] === ";") at++;
    // Annotations of a package stand before it; behind it they belong to a type.
    else if (declared.length === 0 && imports.length === 0 && matchAt(annotation, text, at))
      at = behindAnnotation(text, annotation.lastIndex);
    else break;
  }
  return { declared, imports, end: at };
}

function plain(name: string): string {
  return name.replace(/[\s`]/g, "");
}

function behindAnnotation(text: string, at: number): number {
  if (text[at - 1] === "[") return skipBrackets(text, at - 1);
  const open = skipTrivia(text, at);
  return text[open] === "(" ? skipBrackets(text, open) : at;
}

const maxWords = 2000;

/** Names of types, when a whole package is imported. */
function wordsFor(imports: readonly FoundImport[], text: string): string[] {
  if (!imports.some(({ specifier }) => specifier.endsWith(".*"))) return [];
  const words = new Set<string>();
  for (const part of programParts(text)) {
    for (const match of part.matchAll(/\b[A-Za-z_]\w{0,100}/g)) {
      if (words.size >= maxWords) break;
      if (/^[A-Z]/.test(match[0])) words.add(detached(match[0]));
    }
  }
  return [...words].sort();
}

/** The text without comments and texts in quotes. */
function programParts(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const isQuote = code === 34 || code === 39;
    const isComment = code === 47 && (text.charCodeAt(at + 1) === 47 || text.charCodeAt(at + 1) === 42);
    if (!isQuote && !isComment) {
      at++;
      continue;
    }
    parts.push(text.slice(from, at));
    at = Math.max(at + 1, isQuote ? skipQuoted(text, at) : skipTrivia(text, at));
    from = at;
  }
  parts.push(text.slice(from));
  return parts;
}

const maxSymbols = 2000;

/** Names that stand at the start of a line without indentation: formatters of Kotlin agree on that. */
function topLevelNames(text: string, from: number): string[] {
  const names = new Set<string>();
  for (const match of text.slice(from).matchAll(declaration)) {
    if (names.size >= maxSymbols) break;
    const name = match[1] ?? match[2] ?? memberName(text, from + match.index + match[0].length);
    if (name !== null) names.add(detached(plain(name)));
  }
  return [...names].sort();
}

const declaration =
  /^(?:@[\w.:]{1,100}(?:\([^()\n]{0,300}\))?[ \t]{1,10}){0,5}(?:(?:public|internal|private|expect|actual|inline|suspend|data|sealed|abstract|open|value|annotation|enum|tailrec|operator|infix|const|lateinit|external|inner)[ \t]{1,10}){0,8}(?:(?:class|interface|object|typealias)[ \t]{1,10}([\w`]{1,200})|fun[ \t]{1,10}interface[ \t]{1,10}([\w`]{1,200})|(?:fun|val|var)\b)/gm;

/** `fun <T> List<T>.second(`, `val String.first`: the last name before what no receiver holds. */
function memberName(text: string, from: number): string | null {
  const end = Math.min(text.length, from + 500);
  let depth = 0;
  let name: string | null = null;
  for (let at = from; at < end; ) {
    const char = text.charAt(at);
    if (char === "<") depth++;
    else if (char === ">" && text[at - 1] !== "-") depth--;
    const word = depth > 0 ? null : matchAt(memberWord, text, at);
    if (word) {
      // `val first get() = …`: what follows without a dot is no longer the name.
      if (name !== null && text[at - 1] !== ".") return name;
      name = word[0];
      at = memberWord.lastIndex;
      continue;
    }
    // A receiver may be a function type or nullable: `(A) -> B`, `T?`.
    if (depth <= 0 && (char === "=" || char === "\n" || char === ":" || char === "{")) return name;
    if (depth <= 0 && char === "(" && name !== null) return name;
    at = char === "(" && depth <= 0 ? skipBrackets(text, at) : at + 1;
  }
  return name;
}

const memberWord = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]{0,200}|`[^`\n]{1,200}`/y;
