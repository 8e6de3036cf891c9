/** Signs within rendered text that say from where a line comes. They survive indentation and includes, and go before the text is read. */

const open = "\uE000";
const close = "\uE001";
const releaseOpen = "\uE002";
const releaseClose = "\uE003";

export interface MarkedLine {
  /** Index of the template file. */
  readonly file: number;
  readonly line: number;
}

function mark(file: number, line: number): string {
  return `${open}${file}.${line}${close}`;
}

/** Every line after the first marked as one of the text that starts on `line`. */
export function markLines(text: string, file: number, line: number): string {
  if (!text.includes("\n")) return text;
  let at = line;
  return text.replace(/\n/g, () => `\n${mark(file, ++at)}`);
}

/** Lines after the first that have no mark yet get that of the place that printed them. */
export function markPrinted(text: string, file: number, line: number): string {
  if (!text.includes("\n")) return text;
  return text
    .split("\n")
    .map((part, index) => (index === 0 || part.includes(open) ? part : mark(file, line) + part))
    .join("\n");
}

/** Text without white space at its ends; the mark of its first line stays. */
export function trimMarked(text: string): string {
  if (!text.includes(open)) return text.trim();
  let from = 0;
  let first = "";
  for (let at = 0; at < text.length; from = at) {
    const end = text[at] === open ? text.indexOf(close, at) : -1;
    if (end > 0) first = text.slice(at, end + 1);
    else if (!/\s/.test(text[at] ?? "")) break;
    at = end > 0 ? end + 1 : at + 1;
  }
  let to = text.length;
  while (to > from) {
    const start = text[to - 1] === close ? text.lastIndexOf(open, to) : -1;
    if (start < 0 && !/\s/.test(text[to - 1] ?? "")) break;
    to = start >= 0 ? start : to - 1;
  }
  return first + text.slice(from, to);
}

export function withoutMarks(text: string): string {
  return text.includes(open) ? text.replace(/\uE000[\d.]{0,20}\uE001/g, "") : text;
}

/** Rendered text without marks, and the first mark of each line. */
export function readMarks(text: string): { readonly text: string; readonly lines: readonly (MarkedLine | null)[] } {
  const lines = text.split("\n");
  return {
    text: lines.map(withoutMarks).join("\n"),
    lines: lines.map((line) => {
      const found = /\uE000(\d{1,9})\.(\d{1,9})\uE001/.exec(line);
      return found ? { file: Number(found[1]), line: Number(found[2]) } : null;
    }),
  };
}

/** A text of a stranger without our signs. */
export function withoutSigns(text: string): string {
  return /[\uE000-\uE003]/.test(text) ? text.replace(/[\uE000-\uE003]/g, "") : text;
}

/** The name of a release that nobody gave: the chart's, kept apart from a name that is written. */
export function assumedRelease(name: string): string {
  return releaseOpen + name + releaseClose;
}

/** What follows the assumed name of the release: `cart` of `shop-cart`; null where the name does not start with one. */
export function afterRelease(name: string): string | null {
  const end = name.indexOf(releaseClose);
  return name.startsWith(releaseOpen) && end > 0 ? name.slice(end + 1).replace(/^-/, "") : null;
}

/** True when the assumed name of the release is part of a text. */
export function holdsRelease(text: string): boolean {
  return text.includes(releaseOpen);
}

export function withoutReleaseSigns(text: string): string {
  return text.includes(releaseOpen) || text.includes(releaseClose) ? text.replace(/[\uE002\uE003]/g, "") : text;
}
