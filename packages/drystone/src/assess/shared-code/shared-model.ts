/** A type of data that several services know. */
import type { ModelFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface SharedModel {
  readonly name: string;
  /** The library that defines it; null where services define it themselves. */
  readonly library: Ref | null;
  /** Services, sorted. */
  readonly users: readonly Ref[];
  readonly places: readonly ModelFact[];
}
