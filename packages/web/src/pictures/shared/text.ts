/** Names and numbers as pictures print them. Names come from the system under analysis: any length, any script. */

import { clean } from "../../../../drystone/src/report/_shared/index.js";

/** Longest text that is kept for a tool tip or a table: a name of a megabyte is a name of 200 letters to a reader. */
const mostLetters = 200;

/** The name with its control characters made visible; a longer one loses its middle. */
export function bounded(name: string): string {
  return clean(name, mostLetters);
}

/** Cuts the middle out of a name that is wider than `width` pixels at `size` pixels per em. Widths are estimates on the wide side. */
export function fitted(name: string, width: number, size: number): string {
  const letters = lettersOf(bounded(name));
  if (widthOf(letters, size) <= width) return letters.join("");
  let head = Math.ceil(letters.length / 2);
  let tail = letters.length - head;
  const cut = (): string => `${letters.slice(0, head).join("")}…${tail === 0 ? "" : letters.slice(-tail).join("")}`;
  while (head + tail > 1 && widthOf(lettersOf(cut()), size) > width) {
    if (tail >= head) tail--;
    else head--;
  }
  return cut();
}

/** Estimated pixels of a text. */
export function textWidth(text: string, size: number): number {
  return widthOf(lettersOf(bounded(text)), size);
}

const segmenter = new Intl.Segmenter();

/** What a reader sees as one letter: an emoji with its modifiers is one. */
function lettersOf(text: string): string[] {
  return /^[ -~]*$/.test(text) ? text.split("") : Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function widthOf(letters: readonly string[], size: number): number {
  let ems = 0;
  for (const letter of letters) ems += letterWidth(letter);
  return ems * size;
}

function letterWidth(letter: string): number {
  if ("iljtfrI.,:;'|!()[] ".includes(letter)) return 0.34;
  const code = letter.codePointAt(0) ?? 0;
  if (
    code >= 0x1100 &&
    (code <= 0x11ff || (code >= 0x2e80 && code <= 0xd7ff) || (code >= 0xf900 && code <= 0xfaff) || code >= 0x1f000)
  )
    return 1.05;
  if ("mwMW@%".includes(letter)) return 0.88;
  return letter >= "A" && letter <= "Z" ? 0.7 : 0.57;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `1,204`; at most one decimal. */
export function figure(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  const [whole = "0", decimals] = String(rounded).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** `1 service`, `12 services`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${figure(n)} ${n === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listed(names: readonly string[], most = 6): string {
  const shown = names.length > most + 1 ? [...names.slice(0, most), `${names.length - most} more`] : [...names];
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
