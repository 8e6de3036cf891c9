/** Calls as they are written, for languages with `a.b(…)` and `a::b(…)`. */
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface CallSite {
  readonly start: number;
  /** Offset of the opening bracket. */
  readonly open: number;
  /** Offset behind the closing bracket; a call that never closes is none. */
  readonly close: number;
  /** `self.client.get`; of a call that goes on another only the last name. `::` and `->` are written as dots. */
  readonly path: string;
  readonly name: string;
  /** The last name before `name`, or "". */
  readonly receiver: string;
  /** The call that this one goes on: `a()` of `a().b()`. */
  readonly on: CallSite | null;
}

const maxCalls = 20_000;

/** In order of their text; at most 20,000. */
export const callSites = perSource(read);

function read(source: Source): CallSite[] {
  const { bare } = source;
  const closes = closingBrackets(source);
  const byClose = new Map<number, CallSite>();
  const calls: CallSite[] = [];
  const pattern =
    /(?<![\w$])([A-Za-z_][\w$]{0,80}(?:(?:\.|::|->)[A-Za-z_][\w$]{0,80}){0,8})!?(?:(?:::)?<[\w\s,:&'.<>]{1,80}>|\[[\w.*, ]{1,80}\])?\(/g;
  for (const match of bare.matchAll(pattern)) {
    if (calls.length >= maxCalls) break;
    const start = match.index;
    const open = start + match[0].length - 1;
    const close = closes.get(open);
    if (close === undefined) continue;
    const on = byClose.get(chainedTo(bare, start)) ?? null;
    const path = ((on === null ? ownerBefore(bare, start) : "") + (match[1] ?? "")).replace(/::|->/g, ".");
    const names = path.split(".");
    const call = {
      start,
      open,
      close,
      path,
      name: names.at(-1) ?? "",
      receiver: names.at(-2) ?? "",
      on,
    };
    calls.push(call);
    byClose.set(call.close, call);
  }
  return calls;
}

/** Offset behind the bracket before `.name`, or -1. Looks over blanks, lines, `?`, `.await` and `!`. */
function chainedTo(bare: string, start: number): number {
  const before = /(\)[?!]?(?:\s{0,60}\.await\??)?\s{0,60})(?:\?\.|\.)\s{0,60}$/.exec(bare.slice(Math.max(0, start - 140), start));
  return before === null ? -1 : start - before[0].length + 1;
}

/** `client.` where the name stands on a line before `.get(…)`. */
function ownerBefore(bare: string, start: number): string {
  if (!/\s\.\s{0,40}$/.test(bare.slice(Math.max(0, start - 44), start))) return "";
  const owner = /(?<![\w$.])((?:[A-Za-z_]\w{0,60}\.){0,6}[A-Za-z_]\w{0,60})\s{1,60}\.\s{0,40}$/.exec(
    bare.slice(Math.max(0, start - 240), start),
  )?.[1];
  return owner === undefined ? "" : `${owner}.`;
}

/** Offset behind the closing bracket by the offset of the opening one. One pass. */
export const closingBrackets = perSource((source): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < source.bare.length; at++) {
    const char = source.bare[at];
    if (char === "(" || char === "[" || char === "{") open.push(at);
    else if (char === ")" || char === "]" || char === "}") {
      const start = open.pop();
      if (start !== undefined) found.set(start, at + 1);
    }
  }
  return found;
});
