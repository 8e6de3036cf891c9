import type { ExternalizableItem } from "#model/externalizable.js";

/** One question of the checklist with its answer. */
export interface Row {
  readonly id: ExternalizableItem;
  /** Null: unknown. */
  readonly met: boolean | null;
  readonly why: string;
  /** Pointers into the contract. */
  readonly places: readonly (readonly string[])[];
  readonly fix: string;
}
