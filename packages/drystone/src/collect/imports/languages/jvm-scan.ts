/** Package and imports at the head of Java and Kotlin files, and what their code names without importing it. */
import type { FoundImport } from "../file-imports.js";
import { type FileImports, fileImports } from "../file-imports.js";
import { detached, lineTeller, matchAt, skipBrackets, skipTrivia } from "../text.js";
import { jvmProgram, kotlinProgram } from "./program-text.js";

export function scanJava(text: string): FileImports {
  const head = readHead(text, javaImport);
  const { imports, words } = readBody(jvmProgram(text.slice(head.end)), head, lineTeller(text));
  return fileImports("java", imports, { packages: head.declared, words });
}

export function scanKotlin(source: string): FileImports {
  const text = kotlinProgram(source);
  const head = readHead(text, kotlinImport);
  const { imports, words } = readBody(text.slice(head.end), head, lineTeller(text));
  return fileImports("kotlin", imports, { packages: head.declared, symbols: topLevelNames(text, head.end), words });
}

const javaImport =
  /import\s{1,100}(?:static\s{1,100})?([\w$\u0080-\uffff]{1,200}(?:\s{0,10}\.\s{0,10}(?:[\w$\u0080-\uffff]{1,200}|\*)){1,50})\s{0,20};?/y;
const kotlinImport =
  /import[ \t]{1,100}([\w`$\u0080-\uffff-]{1,200}(?:\.(?:[\w$\u0080-\uffff]{1,200}|`[^`\n]{1,200}`|\*)){0,50})(?:[ \t]{1,20}as[ \t]{1,20}[\w`$]{1,200})?[ \t]{0,20};?/y;
const packageClause =
  /package\s{1,100}([\w$`\u0080-\uffff]{1,200}(?:\s{0,10}\.\s{0,10}[\w$`\u0080-\uffff]{1,200}){0,50})\s{0,20};?/y;
const annotation = /@(?:file:)?(?:\[|[\w.]{1,300})/y;

interface Head {
  readonly declared: readonly string[];
  readonly imports: readonly FoundImport[];
  readonly end: number;
}

function readHead(text: string, importForm: RegExp): Head {
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

/** `a.b.Type` written out in the code. */
const writtenOut = /(?<![\w$.@])[a-z]\w{0,100}(?:\.[a-z_]\w{0,100}){1,20}\.[A-Z]\w{0,200}(?:\.[A-Z]\w{0,200}){0,5}/g;
const typeName = /(?<![\w$.])[A-Z]\w{1,100}/g;
const nestedType = /(?:class|interface|enum|record|object|typealias)\s{1,20}([A-Z]\w{0,100})/g;

/**
 * Adds types that are written out with their package (name `written out`) and types that nothing imports (name `same package`): those are
 * nested, of the language, or of the own package. `words` are the names of types, when a whole package is imported.
 * @param body the program text behind the head.
 */
function readBody(
  body: string,
  head: Head,
  lineOf: (offset: number) => number,
): { readonly imports: FoundImport[]; readonly words: string[] } {
  const imports = [...head.imports];
  const [own] = head.declared;
  const seen = new Set<string>();
  for (const { 0: name, index } of body.matchAll(writtenOut)) {
    if (seen.size >= maxWords) break;
    if (seen.has(name)) continue;
    seen.add(name);
    imports.push({ specifier: detached(name), name: "written out", kind: "value", line: lineOf(head.end + index) });
  }
  const words = new Map<string, number>();
  for (const { 0: word, index } of body.matchAll(typeName)) {
    if (words.size >= maxWords) break;
    if (!words.has(word)) words.set(detached(word), index);
  }
  const known = new Set(head.imports.map(({ specifier }) => specifier.slice(specifier.lastIndexOf(".") + 1)));
  for (const [, name = ""] of body.matchAll(nestedType)) known.add(name);
  for (const [word, index] of own === undefined ? [] : words) {
    if (known.has(word) || ofTheLanguage.has(word)) continue;
    imports.push({ specifier: word, name: "same package", kind: "value", line: lineOf(head.end + index) });
  }
  const isWhole = head.imports.some(({ specifier }) => specifier.endsWith(".*"));
  return { imports, words: isWhole ? [...words.keys()].sort() : [] };
}

/** The commonest of java.lang and Kotlin's standard library: asking for them would only take time. */
const ofTheLanguage: ReadonlySet<string> = new Set(
  "String Integer Long Boolean Double Float Short Byte Character Object Class Override Exception RuntimeException Throwable Error System Math Thread Runnable Iterable Comparable Deprecated SuppressWarnings FunctionalInterface StringBuilder Void Number Enum Record Int Unit Any Nothing List Map Set MutableList MutableMap MutableSet Array Pair Char Suppress JvmStatic JvmField IllegalArgumentException IllegalStateException NullPointerException UnsupportedOperationException".split(
    " ",
  ),
);

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
