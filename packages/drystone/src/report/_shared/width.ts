/** Text that fits a terminal: what a character costs in columns, what must be made visible first, where a line breaks. */
import { printable } from "#util/escape.js";

/** Columns that a terminal needs for `text`: wide East Asian characters and emoji 2, combining marks 0, everything else 1. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/**
 * Makes text from outside safe in one line: control, format and private-use characters and lone surrogates become visible escapes,
 * stacks of combining marks are cut to two, more than `limit` UTF-16 units lose their middle.
 */
export function clean(text: string, limit = 600): string {
  const half = Math.floor(limit / 2);
  const bounded = text.length > limit ? `${text.slice(0, half)}…${text.slice(-half)}` : text;
  return printable(bounded)
    .replace(/\ufe0f/g, "")
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16)}`)
    .replace(/(\p{M}{2})\p{M}+/gu, "$1");
}

/** A cleaned name of at most `width` columns; a longer one loses its middle, because both ends tell names apart. */
export function shorten(text: string, width: number): string {
  const cleaned = clean(text, 4 * Math.max(width, 1));
  if (displayWidth(cleaned) <= width) return cleaned;
  const characters = Array.from(cleaned);
  const tailWidth = Math.floor((width - 1) / 2);
  const head = takeColumns(characters, width - 1 - tailWidth);
  const tail = takeColumns(characters.toReversed(), tailWidth).reverse();
  return `${head.join("")}…${tail.join("")}`;
}

/** A cleaned sentence: words wider than 60 columns lose their middle, everything after `limit` columns its end. */
export function tame(sentence: string, limit = 400): string {
  const words: string[] = [];
  let width = 0;
  for (const word of sentence.split(" ")) {
    const safe = shorten(word, 60);
    width += displayWidth(safe) + 1;
    if (width > limit + 1) return `${words.join(" ")} …`;
    words.push(safe);
  }
  return words.join(" ");
}

/** Lines of at most `width` columns, broken at spaces and, in a word that is wider, anywhere. No-break spaces hold and print as spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.replace(/(\d) %/g, `$1${noBreak}%`).split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = breakWord(word, width);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  }
  if (line !== "") lines.push(line);
  return lines.map((each) => each.replaceAll(noBreak, " "));
}

/** Holds a number and its unit together when a line is wrapped. */
export const noBreak = "\u00a0";

function takeColumns(characters: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += characterWidth(character);
    if (used > width) break;
    taken.push(character);
  }
  return taken;
}

function breakWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = Array.from(word);
  while (rest.length > 0) {
    const taken = takeColumns(rest, width);
    // A wide character in a column of one would never be taken.
    const count = Math.max(1, taken.length);
    pieces.push(rest.slice(0, count).join(""));
    rest = rest.slice(count);
  }
  return pieces;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (zeroWidth.test(character) || (code >= 0x1160 && code <= 0x11ff)) return 0;
  return wideRanges.some(([from, to]) => code >= from && code <= to) || wideEmoji.test(character) ? 2 : 1;
}

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wideEmoji = /^\p{Emoji_Presentation}$/u;

// East Asian Width W and F, Unicode 16, neighbouring blocks joined.
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];
