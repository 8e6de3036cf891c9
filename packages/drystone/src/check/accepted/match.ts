/** Which accepted entry stands for which violation. */
import type { AcceptedFact, Violation, ViolationKey } from "#model/policy.js";
import { keyText } from "./violation-key.js";

/** Old path to new path of files that were moved. */
export type Renames = ReadonlyMap<string, string>;

export interface Match {
  /** By index of the violation; null where no entry stands for it. */
  readonly entries: readonly (AcceptedFact | null)[];
  /** Entries that stand for nothing, in the given order. */
  readonly unused: readonly AcceptedFact[];
}

/**
 * First the same key, then the same key but for the name of the module, then the key after its files were moved.
 * An entry stands for the one violation of its key (edges, never counts).
 */
export function matchAccepted(
  violations: readonly Violation[],
  accepted: readonly AcceptedFact[],
  renames: Renames = new Map(),
): Match {
  const open = new Set(accepted);
  const entries = violations.map((): AcceptedFact | null => null);
  for (const textOf of passes(renames)) {
    const byKey = new Map<string, AcceptedFact>();
    for (const entry of open) {
      const text = textOf(entry, "accepted");
      if (!byKey.has(text)) byKey.set(text, entry);
    }
    for (const [index, { key }] of violations.entries()) {
      if (entries[index] !== null) continue;
      const entry = byKey.get(textOf(key, "found"));
      if (entry === undefined) continue;
      entries[index] = entry;
      open.delete(entry);
    }
    if (open.size === 0) break;
  }
  return { entries, unused: accepted.filter((entry) => open.has(entry)) };
}

type KeyReader = (key: ViolationKey, side: "accepted" | "found") => string;

function passes(renames: Renames): readonly KeyReader[] {
  const exact: readonly KeyReader[] = [(key) => keyText(key), (key) => keyText(key, "without-module")];
  if (renames.size === 0) return exact;
  return [
    ...exact,
    (key, side) => keyText(side === "accepted" ? movedKey(key, renames) : key),
    (key, side) => keyText(side === "accepted" ? movedKey(key, renames) : key, "without-module"),
  ];
}

/** The key with the paths that its files have now. */
export function movedKey<Key extends ViolationKey>(key: Key, renames: Renames): Key {
  const from = renames.get(key.from);
  const to = renames.get(key.to);
  return from === undefined && to === undefined ? key : { ...key, from: from ?? key.from, to: to ?? key.to };
}
