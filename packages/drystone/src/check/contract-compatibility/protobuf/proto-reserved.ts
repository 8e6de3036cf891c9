/** Numbers and names that a message or an enum keeps back for ever. */
import type { ProtoEnum, ProtoMessage, ProtoReserved } from "#model/contract-source.js";
import { type Placed, type ProtoComparison, type Spot, tell } from "./proto-comparison.js";

export function isReservedNumber({ ranges }: ProtoReserved, number: number): boolean {
  return ranges.some(([from, to]) => number >= from && number <= to);
}

export function isReservedName({ names }: ProtoReserved, name: string): boolean {
  return names.includes(name);
}

/** @param used numbers that are in use now: reusing them is told on its own. */
export function compareReserved(
  comparison: ProtoComparison,
  old: Placed<ProtoMessage | ProtoEnum>,
  next: Placed<ProtoMessage | ProtoEnum>,
  used: ReadonlySet<number>,
  spot: Spot,
): void {
  const kept = next.value.reserved;
  const numbers = old.value.reserved.ranges.filter(
    ([from, to]) => !used.has(from) && !(isReservedNumber(kept, from) && isReservedNumber(kept, to)),
  );
  const names = comparison.options.wireOnly ? [] : old.value.reserved.names.filter((name) => !isReservedName(kept, name));
  const gone = [...numbers.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)), ...names];
  if (gone.length === 0) return;
  tell(
    comparison,
    {
      rule: "reserved-removed",
      level: "error",
      message: `${gone.slice(0, 5).join(", ")} ${gone.length === 1 ? "is" : "are"} no longer reserved: used again for something else, old clients would misread it`,
      fix: "keep the reserved line",
    },
    spot,
  );
}
