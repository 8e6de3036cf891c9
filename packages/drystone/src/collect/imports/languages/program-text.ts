/** Program text without what the program only says: comments and texts in quotes become blanks, so that offsets and lines stay. */
import { behind, lineEnd, matchAt, skipQuoted } from "../text.js";

export function jvmProgram(text: string): string {
  return jvmText(text, behindComment, skipQuoted);
}

/** Comments of Kotlin may hold others, and texts hold code that holds texts. */
export function kotlinProgram(text: string): string {
  return jvmText(text, (_, at) => (text[at + 1] === "*" ? behindNested(text, at) : lineEnd(text, at)), behindTemplate);
}

type Behind = (text: string, at: number) => number;

function jvmText(text: string, behindAny: Behind, behindQuoted: Behind): string {
  return blanked(text, /["']|\/[/*]/g, 0, (at, mark) => {
    if (text.startsWith('"""', at)) return behind(text, '"""', at + 3);
    return mark.startsWith("/") ? behindAny(text, at) : behindQuoted(text, at);
  });
}

/** Behind the text whose quote stands at `from`, with the texts in its `${…}`; the line break where it has no end. */
function behindTemplate(text: string, from: number): number {
  if (text[from] === "'") return skipQuoted(text, from);
  const open = ['"'];
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    const isText = open.at(-1) === '"';
    if (char === "\n") return at;
    if (isText && char === "\\") at++;
    else if (isText && char === "$" && text[at + 1] === "{") open.push("{");
    else if (char === '"' && !isText) open.push('"');
    else if (char === "{" && !isText && text[at - 1] !== "$") open.push("{");
    else if (char === (isText ? '"' : "}")) open.pop();
    if (open.length === 0) return at + 1;
  }
  return text.length;
}

export function csharpProgram(text: string): string {
  return blanked(text, /[@$]{0,5}"{1,20}|'|\/[/*]|^[ \t]{0,200}#/gm, 0, (at, mark) => {
    if (mark === "'") return skipQuoted(text, at);
    if (mark.startsWith("/")) return behindComment(text, at);
    if (mark.endsWith("#")) return lineEnd(text, at);
    const from = at + mark.length;
    const quotes = mark.replace(/[@$]/g, "");
    const isVerbatim = mark.includes("@");
    // Three quotes and more open a text that as many close; two are an empty text, or in a verbatim one the start of `""`.
    if (quotes.length >= 3 && !isVerbatim) return behind(text, quotes, from);
    if (!isVerbatim) return quotes.length === 2 ? from : skipQuoted(text, from - 1);
    return quotes.length % 2 === 0 ? from : behindVerbatim(text, from);
  });
}

export function rustProgram(text: string): string {
  return blanked(text, /(?<!\w)b?r#{0,20}"|["']|\/[/*]/g, 0, (at, mark) => {
    if (mark === "'") return matchAt(rustCharacter, text, at) ? rustCharacter.lastIndex : at;
    if (mark === '"') return behindText(text, at);
    if (mark === "/*") return behindNested(text, at);
    return mark === "//" ? lineEnd(text, at) : behind(text, `"${mark.replace(/[^#]/g, "")}`, at + mark.length);
  });
}

/** A lifetime has no second quote. */
const rustCharacter = /'(?:\\[^\n]{1,10}?|[^\\'\n]{1,2})'/y;

/** What stands outside of `<?php … ?>` is output. */
export function phpProgram(text: string): string {
  return blanked(text, /["'`]|\/[/*]|#(?!\[)|<<<|\?>/g, phpOpening(text, 0), (at, mark) => {
    if (mark === "?>") return phpOpening(text, at);
    if (mark === "<<<") return behindHeredoc(text, at);
    if (mark === "/*") return behind(text, "*/", at + 2);
    if (mark !== "#" && mark !== "//") return behindText(text, at);
    const closing = text.slice(at, lineEnd(text, at)).indexOf("?>");
    return closing < 0 ? lineEnd(text, at) : at + closing;
  });
}

function phpOpening(text: string, from: number): number {
  for (let at = text.indexOf("<?", from); at >= 0; at = text.indexOf("<?", at + 2))
    if (/^(?:php(?!\w)|=|\s)/i.test(text.slice(at + 2, at + 6))) return at;
  return text.length;
}

/** `<<<EOT`, `<<<'EOT'`: up to the line that starts with the mark, perhaps indented. */
function behindHeredoc(text: string, at: number): number {
  const opening = /^<<<[ \t]{0,10}(["']?)([A-Za-z_]\w{0,100})\1[ \t]{0,10}\r?\n/.exec(text.slice(at, at + 150));
  const name = opening?.[2];
  if (!opening || name === undefined) return at;
  for (let line = at + opening[0].length; line < text.length; line = lineEnd(text, line) + 1) {
    const start = text.slice(line, line + 200 + name.length).trimStart();
    if (start.startsWith(name) && !/^\w/.test(start.slice(name.length))) return line;
  }
  return text.length;
}

/** `marks` finds where something may start, also inside of what is skipped; `end` says behind what stands there, or where it starts if that is program. */
function blanked(text: string, marks: RegExp, first: number, end: (at: number, mark: string) => number): string {
  const parts: string[] = [blank(text, 0, first)];
  let from = first;
  marks.lastIndex = first;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const next = end(match.index, match[0]);
    if (next <= match.index) continue;
    parts.push(text.slice(from, match.index), blank(text, match.index, next));
    from = next;
    marks.lastIndex = next;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

function blank(text: string, from: number, to: number): string {
  return text.slice(from, to).replace(/[^\n]/g, " ");
}

function behindComment(text: string, at: number): number {
  return text[at + 1] === "*" ? behind(text, "*/", at + 2) : lineEnd(text, at);
}

function behindNested(text: string, from: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  let depth = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
}

/** Behind the quote that closes the one at `from`, on whatever line. */
function behindText(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

/** Behind a single quote; two of them stand for one. */
function behindVerbatim(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at + 1;
  return text.length;
}
