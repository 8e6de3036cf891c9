/** One file of program text, ready for detectors. */
import type { Language } from "./language.js";
import { lex, type StringLiteral } from "./lexical.js";

export interface Source {
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  /** The text with comments blanked; texts are still there. Same length and lines. */
  readonly code: string;
  /** Also with the contents of texts blanked: for braces and structure. */
  readonly bare: string;
  readonly strings: readonly StringLiteral[];
  /** The text literal that starts at this offset. */
  stringAt(offset: number): StringLiteral | null;
  /** Line from 1. */
  lineAt(offset: number): number;
  /** Offsets of the values that names of this file are given, in order: `const host = …` gives `host`. Last part of dotted names. */
  readonly assignments: ReadonlyMap<string, readonly number[]>;
}

export function readSource(path: string, text: string, language: Language): Source {
  const { code, strings } = lex(text, language);
  let starts: Map<number, StringLiteral> | null = null;
  let lines: number[] | null = null;
  let bare: string | null = null;
  let assignments: ReadonlyMap<string, readonly number[]> | null = null;
  return {
    path,
    language,
    text,
    code,
    strings,
    get bare() {
      bare ??= withoutTexts(code, strings);
      return bare;
    },
    stringAt(offset) {
      starts ??= new Map(strings.map((literal) => [literal.start, literal]));
      return starts.get(offset) ?? null;
    },
    lineAt(offset) {
      lines ??= lineStarts(text);
      return lineOfOffset(lines, offset);
    },
    get assignments() {
      assignments ??= assignmentsOf(code);
      return assignments;
    },
  };
}

function withoutTexts(code: string, strings: readonly StringLiteral[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of strings) {
    pieces.push(code.slice(at, start), code.slice(start, end).replace(/[^\n]/g, "_"));
    at = end;
  }
  pieces.push(code.slice(at));
  return pieces.join("");
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineOfOffset(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** `name = value`, `name := value`, `name: Type = value`, `"name": value` is none. At most 20 per name. */
function assignmentsOf(code: string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const pattern = /([A-Za-z_$][\w$]{0,80})\??(?:\s{0,3}:\s{0,3}[\w<>[\]?|.]{1,60})?[ \t]{0,30}(?::=|=)(?![=>~])\s{0,60}/g;
  for (let match = pattern.exec(code); match !== null; match = pattern.exec(code)) {
    const name = match[1] ?? "";
    const offsets = found.get(name);
    if (offsets === undefined) found.set(name, [pattern.lastIndex]);
    else if (offsets.length < 20) offsets.push(pattern.lastIndex);
  }
  return found;
}
