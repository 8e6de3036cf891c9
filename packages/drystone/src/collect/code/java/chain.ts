/** Calls behind each other: `a.b(1).c(2)`. */
import type { Source } from "../source.js";
import { structureOf } from "./structure.js";

export interface Call {
  readonly name: string;
  readonly open: number;
  readonly close: number;
}

const maxCalls = 60;

/** The calls from the opening bracket at `open` on; blocks between them (`{ … }`) belong to the call before. The name of the first is what stands before the bracket. */
export function chainAt(source: Source, open: number): Call[] {
  const { bare } = source;
  const { closeOf } = structureOf(source);
  const calls: Call[] = [];
  let name = /\w{1,80}$/.exec(bare.slice(Math.max(0, open - 80), open))?.[0] ?? "";
  let at = open;
  while (calls.length < maxCalls && (bare[at] === "(" || bare[at] === "{")) {
    const close = closeOf(at);
    calls.push({ name, open: at, close });
    const next =
      /\s{0,200}(?:\?|!!)?\.\s{0,60}(?:<[\w<>?,.\s]{1,120}>\s{0,3})?([A-Za-z_]\w{0,80})(?:<[\w<>?,.\s]{1,120}>)?\s{0,3}(?=[({])/y;
    next.lastIndex = close + 1;
    const found = next.exec(bare);
    if (found === null) break;
    name = found[1] ?? "";
    at = next.lastIndex;
  }
  return calls;
}
