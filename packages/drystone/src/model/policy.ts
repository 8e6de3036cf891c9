/** What a check works with: how a rule is enforced, what broke it, and what a team decided to live with. */
import type { ImportKind } from "./facts.js";
import type { Enforcement } from "./modules.js";
import type { Ref } from "./refs.js";
import type { Finding } from "./result.js";

export type { Enforcement } from "./modules.js";

/** A finding of a check, before accepted findings are set against it. */
export interface Violation {
  readonly finding: Finding;
  readonly enforcement: Exclude<Enforcement, "off">;
  readonly key: ViolationKey;
}

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
