/** What operations do: keep records, or move the business on. */
import type { OperationFact } from "#model/facts.js";
import { isTechnical, wordsOf } from "./words.js";

export interface OperationKinds {
  readonly all: number;
  /** Get, list, create, update, delete. */
  readonly records: number;
  /** Move something of the business to another state: cancel, pay, ship. */
  readonly transitions: readonly OperationFact[];
  /** Of those whose path names a thing: whether most name a technical one; null without any. */
  readonly technical: boolean | null;
}

const transitionVerbs = new Set(
  (
    "accept activate allocate approve archive assign bill book cancel capture charge checkout close collect complete confirm deactivate decline deliver " +
    "deposit dispatch enroll expire finish fulfil fulfill invoice pay place preserve rebook redeem refund reject release renew reopen reschedule reserve " +
    "resume return schedule settle ship submit suspend transfer withdraw"
  ).split(" "),
);
const recordVerbs = new Set(
  "add all change count create delete edit exists fetch find get index insert list load modify patch post put query read remove save search set show store update upsert".split(
    " ",
  ),
);
const general = /^(?:api|rest|v\d{1,3}|\{.{0,100}\}|:.{1,100}|)$/;

export function kindsOf(operations: readonly OperationFact[]): OperationKinds {
  const transitions = operations.filter(isTransition);
  const nouns = operations.flatMap(({ path }) => {
    const noun = path.split("/").find((part) => !general.test(part.toLowerCase()));
    return noun === undefined ? [] : [wordsOf(noun).filter((word) => word !== "service" && word !== "services")];
  });
  const telling = nouns.map(isTechnical).filter((answer) => answer !== null);
  return {
    all: operations.length,
    records: operations.filter((operation) => !isTransition(operation) && isRecord(operation)).length,
    transitions,
    technical: telling.length === 0 ? null : telling.filter(Boolean).length >= 0.8 * telling.length,
  };
}

/** By the first word of its name, or by a part of its path that is one such verb. */
function isTransition(operation: OperationFact): boolean {
  const [verb = ""] = wordsOf(nameOf(operation));
  if (transitionVerbs.has(verb)) return true;
  if (recordVerbs.has(verb)) return false;
  return partsOf(operation.path).some((part) => transitionVerbs.has(wordsOf(part)[0] ?? ""));
}

function isRecord(operation: OperationFact): boolean {
  const [verb = ""] = wordsOf(nameOf(operation));
  return recordVerbs.has(verb) || /^(?:GET|HEAD|POST|PUT|PATCH|DELETE)$/.test(operation.method);
}

/** What a contract calls it; else the last part of a gRPC path, which is the method. */
function nameOf({ ref, contract, path, method }: OperationFact): string {
  const hash = ref.lastIndexOf("#");
  if (contract !== null && hash >= 0 && !/[/{]/.test(ref.slice(hash))) return ref.slice(hash + 1);
  return /^[A-Z]{3,7}$/.test(method) && method !== "GRPC" && path.includes("/") ? "" : (path.split(/[/.]/).at(-1) ?? "");
}

/** Fixed parts of a path that are one or two words, the first one aside: it names the thing. */
function partsOf(path: string): string[] {
  return path
    .split("/")
    .filter((part) => !general.test(part.toLowerCase()))
    .slice(1)
    .filter((part) => wordsOf(part).length <= 2);
}
