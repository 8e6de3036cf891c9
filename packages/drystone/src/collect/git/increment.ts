/** An increment of history: what one run of `git log` brought, self-contained, with parents as rows. */
import { rowsOfIds } from "./id-index.js";
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
  const parents = rowsOfIds(log.ids, parentIds, idBytes);
  const outside: Uint8Array[] = [];
  for (let i = parents.indexOf(-1); i >= 0; i = parents.indexOf(-1, i + 1))
    parents[i] = -outside.push(parentIds.subarray(i * idBytes, (i + 1) * idBytes));
  return { ...columns, parents, outsideIds: Buffer.concat(outside) };
}
