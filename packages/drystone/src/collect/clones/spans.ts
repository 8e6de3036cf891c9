/** Where comments, texts and regular expressions end. Offsets behind the last character; what is left open ends with its line or the text. */
import type { Syntax } from "./syntax.js";

/** Templates in templates in templates: deeper is not written by people. */
const maxTemplateDepth = 4;

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

export function blockCommentEnd(text: string, at: number, close: string): number {
  const end = text.indexOf(close, at);
  return end < 0 ? text.length : end + close.length;
}

/** End of the text literal that starts here; `at` when none does. */
export function literalEnd(text: string, at: number, syntax: Syntax): number {
  const quote = text[at] ?? "";
  if (quote === "`") {
    if (syntax.backquote === "template") return templateEnd(text, at + 1, 0);
    return syntax.backquote === "raw" ? blockCommentEnd(text, at + 1, "`") : at;
  }
  if (quote === "'" && syntax.charQuote) return characterEnd(text, at);
  if (quote === "" || !syntax.quotes.includes(quote)) return at;
  if (syntax.triple && text.startsWith(quote.repeat(3), at)) return blockCommentEnd(text, at + 3, quote.repeat(3));
  for (let end = at + 1; end < text.length; end++) {
    const char = text[end];
    if (char === "\\") end++;
    else if (char === quote) return end + 1;
    else if (char === "\n") return end;
  }
  return text.length;
}

/** `'a'`, `'\n'`, `'\u0041'`; not the lifetime `'a` of Rust. */
function characterEnd(text: string, at: number): number {
  const match = /^'(?:\\[^\n]{1,10}?|[^\\'\n]{1,2})'/.exec(text.slice(at, at + 14));
  return match === null ? at : at + match[0].length;
}

function templateEnd(text: string, from: number, depth: number): number {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === "\\") at += 2;
    else if (char === "`") return at + 1;
    else if (char === "$" && text[at + 1] === "{" && depth < maxTemplateDepth) at = holeEnd(text, at + 2, depth + 1);
    else at++;
  }
  return text.length;
}

function holeEnd(text: string, from: number, depth: number): number {
  let open = 1;
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === "{") open++;
    else if (char === "}" && --open === 0) return at + 1;
    else if (char === "`") {
      at = templateEnd(text, at + 1, depth);
      continue;
    }
    at++;
  }
  return text.length;
}

export function regexEnd(text: string, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < text.length; end++) {
    const char = text[end];
    if (char === "\n") return at + 1;
    if (char === "\\") end++;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) return end + 1;
  }
  return at + 1;
}
