/** Every call of a file, so that detectors look names up instead of searching the text again. */
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface CallSite {
  /** Dotted name without `this.`: `userRepository.find`. */
  readonly path: string;
  /** Last part: `find`. */
  readonly name: string;
  /** The part before the last, "" when there is none: `userRepository`. */
  readonly receiver: string;
  readonly isNew: boolean;
  /** First type argument as written, "" when there is none. */
  readonly type: string;
  readonly start: number;
  /** Offset of the opening bracket. */
  readonly open: number;
}

/** Files with more are generated. */
const maxCalls = 3000;
/** Type arguments nested at most three deep, or one object type. */
const typeArguments = String.raw`<(\{[^{}()]{0,150}\}(?:\[\])?|[^<>(){};]{0,100}(?:<[^<>(){};]{0,100}(?:<[^<>(){};]{0,60}>[^<>(){};]{0,60}){0,3}>[^<>(){};]{0,100}){0,4})>`;
const pattern = new RegExp(
  String.raw`(?<![\w$.])(new\s{1,20})?([A-Za-z_$][\w$]{0,80}(?:\s{0,60}[?!]?\.\s{0,20}#?[A-Za-z_$][\w$]{0,80}){0,6})(?:${typeArguments})?\s?\(`,
  "g",
);
const chained = String.raw`\s{0,60}[?!]?\.\s{0,20}([A-Za-z_$][\w$]{0,80})(?:${typeArguments})?\s?\(`;
const keywords = new Set([
  "if",
  "for",
  "while",
  "switch",
  "catch",
  "function",
  "return",
  "await",
  "typeof",
  "super",
  "of",
  "in",
  "async",
  "constructor",
]);

/** In order. Calls on the result of another call have no name of their own here: see `chainedCall`. */
export const callsOf = perSource((source: Source): readonly CallSite[] => {
  const found: CallSite[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(source.bare); match !== null && found.length < maxCalls; match = pattern.exec(source.bare)) {
    const parts = (match[2] ?? "").replace(/\s|[?!]|#/g, "").split(".");
    if (parts[0] === "this") parts.shift();
    const name = parts.at(-1) ?? "";
    const open = pattern.lastIndex - 1;
    if (parts.length <= 1 && keywords.has(name)) continue;
    if (/\bfunction\s{1,9}\*?$/.test(source.bare.slice(Math.max(0, match.index - 12), match.index))) continue;
    const type = /^[\w.]{1,80}/.exec(match[3]?.trim() ?? "")?.[0] ?? "";
    found.push({
      path: parts.join("."),
      name,
      receiver: parts.at(-2) ?? "",
      isNew: match[1] !== undefined,
      type,
      start: match.index,
      open,
    });
  }
  return found;
});

/** Calls by their last name. */
const callsByName = perSource((source: Source): ReadonlyMap<string, readonly CallSite[]> => {
  const found = new Map<string, CallSite[]>();
  for (const call of callsOf(source)) {
    const list = found.get(call.name);
    if (list) list.push(call);
    else found.set(call.name, [call]);
  }
  return found;
});

export function callsNamed(source: Source, ...names: readonly string[]): readonly CallSite[] {
  return names.flatMap((name) => callsByName(source).get(name) ?? []);
}

/** The call that goes on with the result of the one whose bracket opens at `open`: `.find(` of `collection("x").find(`. */
export function chainedCall(source: Source, open: number): { readonly name: string; readonly open: number } | null {
  const next = new RegExp(chained, "y");
  next.lastIndex = closeNear(source, open);
  const found = next.exec(source.bare);
  return found?.[1] === undefined ? null : { name: found[1], open: next.lastIndex - 1 };
}

/** The name that the result of the call is given: `const x = f()`, `this.x = await f()`, `x: f()` is none. */
export function assignedName(source: Source, { start }: { readonly start: number }): string | null {
  const before = source.bare.slice(Math.max(0, start - 200), start);
  return (
    /([A-Za-z_$][\w$]{0,80})[!?]?(?:\s{0,9}:\s{0,9}[\w.<>[\]| ]{1,80})?\s{0,9}=\s{0,20}(?:await\s{1,9})?(?:this\.)?$/.exec(
      before,
    )?.[1] ?? null
  );
}

/** The first text or name before the call that says it is a definition: `get(path) {` of a class. */
export function isDefinition(source: Source, { open }: { readonly open: number }): boolean {
  const behind = closeNear(source, open);
  return /^\s{0,9}(?::\s{0,9}[\w<>[\]|., ]{1,120})?\s{0,9}\{/.test(source.bare.slice(behind, behind + 160));
}

/** Offset behind the bracket that closes the one at `open`; `open + 1` when that is more than 3,000 characters on. */
export function closeNear({ bare }: Source, open: number): number {
  let depth = 0;
  for (let at = open; at < Math.min(bare.length, open + 3000); at++) {
    const char = bare[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if ((char === ")" || char === "]" || char === "}") && --depth === 0) return at + 1;
  }
  return open + 1;
}
