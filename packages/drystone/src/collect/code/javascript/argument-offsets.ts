import { argumentOffsets as offsetsOf } from "../expression.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

const known = perSource((): Map<number, readonly number[]> => new Map());

/** Offsets of the arguments of the call, or of the members of the literal, whose bracket opens at `open`; worked out once. */
export function argumentOffsets(source: Source, open: number): readonly number[] {
  const offsets = known(source);
  const found = offsets.get(open) ?? offsetsOf(source, open);
  offsets.set(open, found);
  return found;
}
