/** Reads PHP: arguments, arrays written in place, classes and the ranges of blocks. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

/** The template of an argument; null when unknown. */
export function argument(source: Source, open: number, index: number): Template | null {
  const offset = argumentOffsets(source, open)[index];
  return offset === undefined ? null : known(templateAt(source, offset));
}

/** Null for what begins with a hole and tells nothing. */
function known(value: Template | null): Template | null {
  return value === null || /^(?:\{\}[^/]*)?$/.test(value) ? null : value;
}

/** The value of a key of an array that is written in place: `['base_uri' => X]`. */
export function entry(source: Source, from: number, to: number, ...keys: readonly string[]): Template | null {
  for (const literal of source.strings) {
    if (literal.start < from || literal.start >= to || !keys.includes(literal.value)) continue;
    const arrow = /^\s{0,30}=>\s{0,60}/.exec(source.bare.slice(literal.end, literal.end + 100));
    if (arrow !== null) return known(templateAt(source, literal.end + arrow[0].length));
  }
  return null;
}

/** Offset of the bracket that closes the one at the offset; end of the text when it stays open. */
export function closeOf({ bare }: Source, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(bare.length, open + 60_000); at++) {
    const char = bare[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if ((char === ")" || char === "]" || char === "}") && --depth === 0) return at;
  }
  return Math.min(bare.length, open + 60_000);
}

export interface PhpClass {
  readonly name: string;
  readonly at: number;
  /** What it extends, last name only; null without. */
  readonly base: string | null;
  readonly open: number;
  readonly close: number;
}

/** Classes of the file in order. */
export function classesOf(source: Source): PhpClass[] {
  const found: PhpClass[] = [];
  const pattern =
    /(?:^|[\s;}])(?:(?:final|abstract|readonly)\s{1,9}){0,3}class\s{1,9}([A-Z]\w{0,120})\s{0,9}(?:extends\s{1,9}([\\\w]{1,160}))?[^{};()]{0,400}\{/g;
  for (const match of matches(source.bare, pattern)) {
    if (found.length >= 200) break;
    const open = match.index + match[0].length - 1;
    const base = match[2]?.split("\\").at(-1) ?? null;
    found.push({ name: match[1] ?? "", at: match.index + match[0].search(/class\s/), base, open, close: closeOf(source, open) });
  }
  return found;
}

/** Is the place inside of a loop? */
export function inLoop(source: Source, offset: number): boolean {
  return loopsIn(source).some(([from, to]) => from < offset && offset < to);
}

const loopsIn = perSource((source) =>
  [...source.bare.matchAll(/\b(?:foreach|for|while)\s{0,3}\(|\barray_map\s{0,3}\(|->(?:each|map)\s{0,3}\(/g)]
    .slice(0, 300)
    .map((match) => {
      const open = match.index + match[0].length - 1;
      const close = closeOf(source, open);
      if (/^(?:array_map|->)/.test(match[0])) return [open, close] as const;
      const brace = /^\s{0,60}\{/.exec(source.bare.slice(close + 1, close + 80));
      return brace === null ? ([close, close] as const) : ([close, closeOf(source, close + brace[0].length)] as const);
    }),
);

/** One slash before and between, none behind. */
export function joinPaths(...parts: readonly string[]): string {
  const whole = `/${parts.join("/")}`.replace(/\/{2,}/g, "/");
  return whole.length > 1 ? whole.replace(/\/$/, "") : whole;
}
