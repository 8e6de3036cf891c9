/** What a service needs before it may be opened to outsiders (metrics.md I8): nine items, each yes, no or unknown. */
import type { ContractFact } from "#model/facts.js";

export type Answer = "yes" | "no" | "unknown";

export interface Checklist {
  /** Authentication and authorisation on every operation, no trust by network. */
  readonly a: Answer;
  /** Versioned, with a check for breaking changes and a deprecation policy. */
  readonly b: Answer;
  /** Operations, schemas, examples and errors documented. */
  readonly c: Answer;
  /** No internal identifiers or types leak. */
  readonly d: Answer;
  /** Limits, pages, idempotency keys. */
  readonly e: Answer;
  /** Input checked against the schema. */
  readonly f: Answer;
  /** No unannounced break in twelve months. */
  readonly g: Answer;
  /** Service level and status. */
  readonly h: Answer;
  /** Tests that need no consumer. */
  readonly i: Answer;
}

/** Without a contract there is nothing to version, to document or to check against; the rest the files at hand do not tell. */
export function checklist(contracts: readonly ContractFact[]): Checklist {
  const byContract: Answer = contracts.length === 0 ? "no" : "unknown";
  return {
    a: "unknown",
    b: byContract,
    c: byContract,
    d: "unknown",
    e: "unknown",
    f: byContract,
    g: "unknown",
    h: "unknown",
    i: "unknown",
  };
}

/** Only with all of a, b, c and f. */
export function externalisable({ a, b, c, f }: Checklist): Answer {
  const needed = [a, b, c, f];
  return needed.includes("no") ? "no" : needed.includes("unknown") ? "unknown" : "yes";
}

/** Items answered yes. */
export function yesCount(answers: Checklist): number {
  return Object.values(answers).filter((answer) => answer === "yes").length;
}
