/** What a check works with: how a rule is enforced, what broke it, and what a team decided to live with. */
import type { ViolationKey } from "./accepted.js";
import type { Enforcement } from "./modules.js";
import type { Finding } from "./result.js";

export type { AcceptedFact, ViolationKey } from "./accepted.js";

export type { Enforcement } from "./modules.js";

/** A finding of a check, before accepted findings are set against it. */
export interface Violation {
  readonly finding: Finding;
  readonly enforcement: Exclude<Enforcement, "off">;
  readonly key: ViolationKey;
}
