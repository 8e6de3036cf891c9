/** What advice is asked for, from the words of the command line. */
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";

export type AdviceRequest =
  | { readonly decision: "split"; readonly names: readonly [string] }
  | { readonly decision: "merge"; readonly names: readonly [string, string] }
  | { readonly decision: "stay" | "boundaries" | "overview" };

const decisions = ["split", "merge", "stay", "boundaries"] as const;

/** @throws UsageError for words that ask for nothing. */
export function adviceRequest(words: readonly string[]): AdviceRequest {
  const [decision, ...names] = words;
  if (decision === undefined) return { decision: "overview" };
  const [first, second] = names;
  if (decision === "split") {
    if (first === undefined || names.length !== 1)
      throw new UsageError(
        "DS-U40",
        `advise split takes one name${names.length > 1 ? `, got ${names.length}` : ""}`,
        "drystone advise split NAME   (a component, a folder or a glob)",
      );
    return { decision, names: [first] };
  }
  if (decision === "merge") {
    if (first === undefined || second === undefined || names.length !== 2)
      throw new UsageError(
        "DS-U40",
        "advise merge takes two names",
        "drystone advise merge X Y   (components, folders or globs)",
      );
    return { decision, names: [first, second] };
  }
  if (decision === "stay" || decision === "boundaries") {
    if (names.length > 0)
      throw new UsageError("DS-U40", `advise ${decision} takes no name`, `drystone advise ${decision} --path PATH`);
    return { decision };
  }
  throw new UsageError(
    "DS-U40",
    `advise ${printable(decision)} is not known`,
    `use ${decisions.join(", ")}, or nothing for an overview`,
  );
}
