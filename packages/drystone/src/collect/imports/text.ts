/** Walking over program text by offset. */

/** Offset of the next character that is neither space nor part of a comment as in C. */
export function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0 || code === 0x2028 || code === 0x2029) at++;
    else if (code !== slash) return at;
    else if (text.charCodeAt(at + 1) === slash) at = commentEnd(text, at + 2);
    else if (text.charCodeAt(at + 1) === star) at = behind(text, "*/", at + 2);
    else return at;
  }
}

const slash = 47;
const star = 42;

/** A carriage return ends a comment too, even alone. */
function commentEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) return at;
  }
  return text.length;
}

/** Offset of the line break, or of the end of the text. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Offset behind the next place of `mark`, or the end of the text. */
export function behind(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** Tells the line of an offset, `first` at the start of the text. Linear in the text as long as offsets ascend. */
export function lineTeller(text: string, first = 1): (offset: number) => number {
  let line = first;
  let start = 0;
  let next = lineEnd(text, 0);
  return (offset) => {
    if (offset < start) [line, next] = [first, lineEnd(text, 0)];
    while (next < offset) {
      line++;
      start = next + 1;
      next = lineEnd(text, start);
    }
    return line;
  };
}

/** What a sticky pattern finds at this offset. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A copy: a slice would keep the whole text in memory for as long as the name lives. */
export function detached(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1);
}

/** Offset behind the bracket that closes the one at `from`; texts in quotes and comments are skipped. End of the text when none does. */
export function skipBrackets(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const char = text[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth--;
    at = char === '"' || char === "'" ? skipQuoted(text, at) : char === "/" ? Math.max(at + 1, skipTrivia(text, at)) : at + 1;
    if (depth <= 0) return at;
  }
  return text.length;
}

/** Offset behind the quote that closes the one at `from`, or of the line break where there is none. */
export function skipQuoted(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === quote) return at + 1;
    else if (code === 10) return at;
  }
  return text.length;
}
