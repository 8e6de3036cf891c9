/** An increment of history: what one run of `git log` brought, self-contained, with parents as rows. */
import { idIndex } from "./id-index.js";
import type { ParsedLog } from "./log-parser.js";

export interface Increment extends Omit<ParsedLog, "parentIds"> {
  /** Row in this increment, or `-1 - i` for the `i`-th id of `outsideIds`. */
  readonly parents: Int32Array;
  readonly outsideIds: Uint8Array;
}

/** Turns parent ids into rows. */
export function toIncrement(log: ParsedLog): Increment {
  const { parentIds, ...columns } = log;
  const { idBytes } = log;
  const index = idIndex(log.ids, idBytes);
  const parents = new Int32Array(parentIds.length / idBytes);
  const outside: number[] = [];
  for (let i = 0; i < parents.length; i++) {
    const row = index.rowOf(parentIds, i * idBytes);
    parents[i] = row >= 0 ? row : -outside.push(i);
  }
  const outsideIds = Buffer.concat(outside.map((i) => parentIds.subarray(i * idBytes, (i + 1) * idBytes)));
  return { ...columns, parents, outsideIds };
}
