import type { Source } from "../source.js";

/** Whether the place is run once per item: below a `for` or `while` of the same function, or in a comprehension. */
export function isInLoop({ bare }: Source, start: number, close: number): boolean {
  if (/^[^\n=]{0,160}\n?[ \t]{0,80}\bfor\s{1,9}[\w, ()]{1,80}\bin\b/.test(bare.slice(close, close + 260))) return true;
  let lineStart = bare.lastIndexOf("\n", start - 1) + 1;
  let indent = indentOf(bare, lineStart);
  for (let count = 0; count < 150 && lineStart > 0 && indent > 0; count++) {
    lineStart = bare.lastIndexOf("\n", lineStart - 2) + 1;
    const own = indentOf(bare, lineStart);
    if (own >= indent || own < 0) continue;
    const head = bare.slice(lineStart + own, lineStart + own + 12);
    if (/^(?:async\s{1,3}for|for|while)\b/.test(head)) return true;
    if (/^(?:async\s{1,3}def|def|class)\b/.test(head)) return false;
    if (/^[)\]}]/.test(head)) continue;
    indent = own;
  }
  return false;
}

/** Blanks before the first character; -1 for an empty line. */
function indentOf(bare: string, lineStart: number): number {
  const blanks = /[^ \t]/.exec(bare.slice(lineStart, lineStart + 400));
  return blanks === null || blanks[0] === "\n" || blanks[0] === "\r" ? -1 : blanks.index;
}
