/** Why two services might change together: what they are known to share. Mechanisms as metrics.md A6 names them: contract churn, shared data, shared model. */
import { allDirectLinks } from "#derive/direct-links/index.js";
import type { Estate } from "#derive/estate/index.js";
import type { Pair } from "#derive/pairs/index.js";
import type { Facts, RelationFact } from "#model/facts.js";
import { type Ref, shortName } from "#model/refs.js";
import { counted } from "../_shared/index.js";

/** `explained: …` with everything that is known, the closest first; null when nothing is: the coupling is hidden. */
export function explanationOf(estate: Estate, pair: Pair): string | null {
  const [a, b] = [estate.components[pair.a]?.ref, estate.components[pair.b]?.ref];
  if (a === undefined || b === undefined) return null;
  const known = estate.facts.relations.filter(({ confidence }) => confidence !== "hint");
  const reasons = [
    ...directUses(estate, known, a, b),
    ...imports(estate.facts, a, b),
    ...sharedTargets(estate.facts, known, a, b),
    ...sharedDomainLibraries(estate.facts, a, b),
    ...copies(estate.facts, a, b),
  ];
  if (reasons.length > 0) return `explained: ${reasons.slice(0, 3).join("; ")}`;
  const owner = onlyOwner(estate, pair);
  return owner === null ? null : `both belong to ${shortName(owner)}`;
}

function directUses(estate: Estate, relations: readonly RelationFact[], a: Ref, b: Ref): string[] {
  const between = relations.filter(({ from, to }) => (from === a && to === b) || (from === b && to === a));
  return between.map(({ from, to, kind, detail, operation }) => {
    const contract = operation === null ? null : (estate.facts.operations.find(({ ref }) => ref === operation)?.contract ?? null);
    const over = contract === null ? (detail === null ? "" : ` ${detail}`) : ` by the contract ${shortName(contract)}`;
    return `${shortName(from)} ${verbs[kind]} ${shortName(to)}${over}`;
  });
}

const verbs: Readonly<Record<RelationFact["kind"], string>> = {
  calls: "calls",
  reads: "reads",
  writes: "writes",
  publishes: "publishes to",
  consumes: "consumes from",
  imports: "imports",
  dependsOn: "depends on",
  discovers: "looks up",
  exportsTelemetry: "sends telemetry to",
};

/** Files of the one that import files of the other. */
function imports(facts: Facts, a: Ref, b: Ref): string[] {
  return allDirectLinks(facts)
    .filter(({ from, to }) => (from === a && to === b) || (from === b && to === a))
    .map(({ from, to, evidence, tests }) => {
      const who = tests === evidence.length ? `tests of ${shortName(from)} import` : `${shortName(from)} imports`;
      return `${who} files of ${shortName(to)} in ${counted(evidence.length, "place")}`;
    });
}

/** Tables that both use, and topics on which one publishes what the other consumes. */
function sharedTargets({ resources }: Facts, relations: readonly RelationFact[], a: Ref, b: Ref): string[] {
  const shared = resources.filter(({ kind }) => kind === "table" || kind === "topic");
  const uses = (from: Ref, to: Ref) =>
    relations.filter((relation) => relation.from === from && relation.to === to).map(({ kind }) => kind);
  return shared.flatMap(({ ref, name, kind }) => {
    const [ofA, ofB] = [uses(a, ref), uses(b, ref)];
    if (ofA.length === 0 || ofB.length === 0) return [];
    if (kind === "table") return [`both use the table ${name}`];
    const flows =
      (ofA.includes("publishes") && ofB.includes("consumes")) || (ofB.includes("publishes") && ofA.includes("consumes"));
    return flows ? [`one consumes ${name} that the other publishes`] : [];
  });
}

function sharedDomainLibraries({ libraries }: Facts, a: Ref, b: Ref): string[] {
  return libraries.flatMap(({ name, internal, nature, uses }) =>
    internal &&
    nature === "domain" &&
    uses.some(({ component }) => component === a) &&
    uses.some(({ component }) => component === b)
      ? [`both link the domain library ${name}`]
      : [],
  );
}

function copies({ clones }: Facts, a: Ref, b: Ref): string[] {
  const lines = clones.pairs
    .filter(
      ({ places: [one, other] }) =>
        (one.component === a && other.component === b) || (one.component === b && other.component === a),
    )
    .reduce((sum, { places: [one] }) => sum + one.to - one.from + 1, 0);
  return lines >= 50 ? [`${lines} lines are copies of each other`] : [];
}

function onlyOwner(estate: Estate, pair: Pair): Ref | null {
  const owners = new Set(estate.ownership[pair.a]?.declared.map(({ ref }) => ref));
  const shared = estate.ownership[pair.b]?.declared.find(({ ref }) => owners.has(ref));
  const distinct = new Set(estate.services.map((service) => estate.ownership[service]?.declared.map(({ ref }) => ref).join(" ")))
    .size;
  return shared && distinct > 1 ? shared.ref : null;
}
