/** What a comparison of two versions of one contract gives. */

/** error: somebody who kept to the old contract breaks. warning: the contract alone cannot decide. note: worth a look, breaks nobody who kept to it. */
export type Level = "error" | "warning" | "note";

/** request: what consumers send. response: what the provider sends, events too. none: neither. */
export type Direction = "request" | "response" | "none";

export interface Place {
  readonly file: string;
  /** Steps from the root of the file; empty for the file itself. */
  readonly pointer: readonly string[];
}

export interface ContractChange {
  /** `request-property-required`: the part of the code behind the slash. */
  readonly rule: string;
  readonly level: Level;
  readonly direction: Direction;
  /** Operations, channels, types that are affected, as the contract names them: `POST /orders`. */
  readonly subjects: readonly string[];
  /** Path to the spot inside of the subject, for a reader: `request body, lines[].price`. */
  readonly where: string;
  /** A sentence without a full stop. */
  readonly message: string;
  readonly fix: string;
  readonly old: Place | null;
  readonly new: Place | null;
}

/** What is left undone: a comparison that could not be made is never silently fine. */
export const maxChanges = 2000;
