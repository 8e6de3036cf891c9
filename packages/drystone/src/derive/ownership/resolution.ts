import type { ComponentOwnership } from "./component-ownership.js";

export interface OwnershipResolution {
  readonly components: number;
  /** Components with at least one declared owner. */
  readonly owned: number;
  /** Different sets of owners among them. */
  readonly ownerSets: number;
  /** Owner sets / components, 0..1; null without components. */
  readonly value: number | null;
  /** False when the files tell no two components apart: one `*` line, or nothing at all. */
  readonly informative: boolean;
  readonly reason: string;
}

/** How far ownership tells components apart. One line `* @org/everyone` gives every component an owner and carries no information (ecosystem.md 1.3). */
export function ownershipResolution(ownerships: readonly ComponentOwnership[]): OwnershipResolution {
  const sets = ownerships
    .filter(({ declared }) => declared.length > 0)
    .map(({ declared }) =>
      declared
        .map(({ ref }) => ref)
        .sort()
        .join(" "),
    );
  const ownerSets = new Set(sets).size;
  const components = ownerships.length;
  const informative = ownerSets > 1 || (components === 1 && ownerSets === 1);
  const value = components === 0 ? null : ownerSets / components;
  return { components, owned: sets.length, ownerSets, value, informative, reason: reasonOf(components, sets.length, ownerSets) };
}

function reasonOf(components: number, owned: number, ownerSets: number): string {
  if (owned === 0) return `no declared owner for any of ${components} components`;
  if (ownerSets === 1 && components > 1)
    return `one set of owners for ${owned} of ${components} components: ownership does not tell them apart`;
  return `${ownerSets} sets of owners for ${owned} of ${components} components`;
}
