/** Findings that teams decided to live with. */
import type { ImportKind } from "./import-kind.js";
import type { Ref } from "./refs.js";

/** What stays the same when lines move, texts change or a severity is set otherwise. */
export interface ViolationKey {
  /** Code of the finding: `module-boundaries/private-import`. */
  readonly rule: string;
  /** The module (component ref) that has to change; its list of accepted findings holds the entry. */
  readonly module: Ref;
  /** Importing file, relative to its repository, else the ref of the subject. */
  readonly from: string;
  /** Imported file, else the package, specifier, table or ref. */
  readonly to: string;
  readonly kind: ImportKind | null;
}

/** One entry of `.drystone/accepted.yaml`, or of a module's own list. */
export interface AcceptedFact extends ViolationKey {
  readonly repository: string;
  readonly owner: string | null;
  readonly reason: string | null;
  /** ISO date; after it the entry no longer counts. Null: no end was given. */
  readonly until: string | null;
  /** Where the entry stands. */
  readonly file: string;
  readonly line: number;
}
