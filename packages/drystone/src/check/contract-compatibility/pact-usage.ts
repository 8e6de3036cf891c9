/** What consumers are seen to use beats what a contract declares: the loss of something that no pact touches is a warning. */
import type { Pact } from "#model/contract-source.js";
import type { ContractChange } from "./change.js";

const removals = /^(?:response-property-(?:removed|became-optional)|operation-removed|response-status-removed)$/;

/** @param pacts of one consumer with the provider; with none the changes stay as they are. */
export function weighedByPacts(changes: readonly ContractChange[], pacts: readonly Pact[]): ContractChange[] {
  const interactions = pacts.flatMap((pact) => pact.interactions);
  if (interactions.length === 0) return [...changes];
  return changes.map((change) => {
    if (change.level !== "error" || !removals.test(change.rule)) return change;
    const touched = interactions.filter(({ method, path }) =>
      change.subjects.some((subject) => isRequest(subject, method, path)),
    );
    const name = change.rule.startsWith("response-property")
      ? (change.where.split(/[.\s,]/).at(-1) ?? "").replace(/\[\d*\]/g, "")
      : null;
    const isUsed = name === null ? touched.length > 0 : touched.some(({ properties }) => properties.includes(name));
    return isUsed ? change : { ...change, level: "warning", message: `${change.message}; no pact uses it` };
  });
}

/** `GET /orders/{id}` and `GET /orders/17`. */
function isRequest(subject: string, method: string, path: string): boolean {
  const [verb = "", template = ""] = subject.split(" ");
  const wanted = template.split("/");
  const asked = path.replace(/[?#].*$/s, "").split("/");
  // A base path may stand before it.
  const tail = asked.slice(-wanted.length + (wanted[0] === "" ? 1 : 0));
  const steps = wanted[0] === "" ? wanted.slice(1) : wanted;
  return (
    verb.toUpperCase() === method &&
    tail.length === steps.length &&
    steps.every((step, index) => step.startsWith("{") || step === tail[index])
  );
}
