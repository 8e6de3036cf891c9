/** What the comparison of two schemas and its parts hand each other. */
import type { Direction, Level, Place } from "../change.js";
import type { Conjunction, NormalSchema } from "./normal-schema.js";

export interface Gap {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly fix: string;
  readonly sender: Place | null;
  readonly receiver: Place | null;
  /** Name of the property that it is about, in the schema itself; null for the schema as a whole. */
  readonly at: string | null;
}

/** What was found for one pair of schemas; the same pair is compared once, wherever it stands. */
export interface Comparison {
  readonly gaps: Gap[];
  readonly parts: { readonly label: string; readonly comparison: Comparison }[];
}

export type SchemaDirection = Exclude<Direction, "none">;

/** Tools for the files beside this one. */
export interface Walk {
  readonly direction: SchemaDirection;
  readonly into: Comparison;
  sender(parts: Conjunction): NormalSchema;
  receiver(parts: Conjunction): NormalSchema;
  /** Compares parts of the two and adds what it finds below a label. */
  inner(sender: Conjunction, receiver: Conjunction, label: string): void;
  /** Without adding it. */
  trial(sender: Conjunction, receiver: Conjunction): Comparison;
  gap(
    draft: Omit<Gap, "sender" | "receiver" | "at"> & { readonly at?: string },
    sender: NormalSchema,
    receiver: NormalSchema,
  ): void;
}
