/** Which relations files know, which traces know, which both. */
import type { Facts, RelationFact } from "#model/facts.js";

export interface SeenRelations {
  readonly both: readonly RelationFact[];
  readonly onlyTraces: readonly RelationFact[];
  /** Of components that report spans: they could have been seen. */
  readonly onlyFiles: readonly RelationFact[];
}

const comparable: readonly RelationFact["kind"][] = ["calls", "publishes", "consumes", "reads", "writes"];

export function seenRelations(facts: Pick<Facts, "relations" | "traces">): SeenRelations {
  const emitting = new Set(
    facts.traces.services.flatMap(({ component, seenAs }) => (component !== null && seenAs === "emits" ? [component] : [])),
  );
  const relations = facts.relations.filter(({ kind, confidence }) => comparable.includes(kind) && confidence !== "hint");
  return {
    both: relations.filter((relation) => isRunning(relation) && relation.seen.length > 1),
    onlyTraces: relations.filter((relation) => isRunning(relation) && relation.seen.length === 1),
    onlyFiles: relations.filter((relation) => !isRunning(relation) && emitting.has(relation.from) && relation.kind === "calls"),
  };
}

function isRunning({ seen }: RelationFact): boolean {
  return seen.includes("runtime");
}
