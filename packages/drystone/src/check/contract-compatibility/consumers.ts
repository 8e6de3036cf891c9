/** Who is seen to use what a change is about. */
import type { Evidence } from "#model/evidence.js";
import type { ContractFact, Facts, OperationFact, RelationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { ContractChange } from "./change.js";

/** What is needed of the facts. */
export type UseFacts = Pick<Facts, "contracts" | "operations" | "relations" | "resources" | "components">;

export interface Consumers {
  readonly refs: readonly Ref[];
  readonly evidence: readonly Evidence[];
}

/** Consumers of the operations and channels that a change touches; of the whole contract when it names none. Hints are no proof and count as well. */
export function consumersOf(facts: UseFacts, contract: ContractFact, change: ContractChange): Consumers {
  const provider = contract.provider;
  const operations = facts.operations.filter((operation) => operation.contract === contract.ref);
  const touched = operations.filter(
    (operation) => change.subjects.length === 0 || change.subjects.some((subject) => isMeant(operation, subject)),
  );
  const known = new Set(operations.map(({ ref }) => ref));
  const wanted = new Set(touched.map(({ ref }) => ref));
  const calls = facts.relations.filter(
    (relation) =>
      relation.kind === "calls" && relation.to === provider && isAsked(relation, known, wanted, change, operations.length),
  );
  const uses = [...calls, ...messages(facts, contract, touched, change)].filter((relation) => relation.from !== provider);
  return { refs: [...new Set(uses.map(({ from }) => from))].sort(), evidence: uses.flatMap(({ evidence }) => evidence) };
}

/** A call of which the operation is unknown may be any of them. */
function isAsked(
  relation: RelationFact,
  known: ReadonlySet<Ref>,
  wanted: ReadonlySet<Ref>,
  change: ContractChange,
  count: number,
): boolean {
  if (relation.operation === null || !known.has(relation.operation)) return true;
  return count === 0 || change.subjects.length === 0 || wanted.has(relation.operation);
}

function isMeant({ method, path, ref }: OperationFact, subject: string): boolean {
  const text = subject.toLowerCase();
  const short = ref.slice(ref.indexOf("#") + 1);
  return (
    text === `${method} ${path}`.toLowerCase() ||
    text.endsWith(` ${path.toLowerCase()}`) ||
    text === short.toLowerCase() ||
    path.toLowerCase().endsWith(`/${text}`)
  );
}

/** Of what a provider sends, the readers of the channel; of what it reads, those that send to it. */
function messages(
  facts: UseFacts,
  contract: ContractFact,
  touched: readonly OperationFact[],
  change: ContractChange,
): RelationFact[] {
  if (contract.kind !== "asyncapi" && contract.kind !== "jsonschema") return [];
  const channels = new Set(touched.map(({ path }) => path.toLowerCase()));
  const resources = new Set(facts.resources.filter(({ name }) => channels.has(name.toLowerCase())).map(({ ref }) => ref));
  const kind = change.direction === "request" ? "publishes" : "consumes";
  return facts.relations.filter((relation) => relation.kind === kind && resources.has(relation.to));
}
