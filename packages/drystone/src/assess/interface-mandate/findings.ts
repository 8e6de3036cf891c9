/** Services without a contract, calls that no contract knows, and ways around interfaces. */
import { type Ref, shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { finding, listed, proofOf } from "../_shared/index.js";
import type { Edge } from "./coverage.js";
import type { Crossing } from "./crossings.js";

const id = "interface-mandate";
/** More would be a list, not a report. */
const maxCrossings = 100;

export function mandateFindings(
  edges: readonly Edge[],
  withoutContract: readonly Ref[],
  crossings: readonly Crossing[],
): Finding[] {
  const schemas = crossings.filter(isSchemaOnly);
  return [
    ...crossings
      .filter((crossing) => !isSchemaOnly(crossing))
      .slice(0, maxCrossings)
      .map(wayAround),
    ...[...new Set(schemas.map(({ through }) => through))].map((through) =>
      oneSchema(schemas.filter((crossing) => crossing.through === through)),
    ),
    ...withoutContract.map((provider) =>
      noContract(
        provider,
        edges.filter((edge) => edge.provider === provider),
      ),
    ),
    ...edges.filter(({ covered, provider }) => covered === false && !withoutContract.includes(provider)).map(unresolvedUse),
  ];
}

function isSchemaOnly({ class: kind, tables }: Crossing): boolean {
  return kind === "store" && tables === 0;
}

/** Every pair of them could reach the other's tables; one finding says so for all. */
function oneSchema(pairs: readonly Crossing[]): Finding {
  const users = [...new Set(pairs.flatMap(({ from, to }) => [from, to]))].sort();
  const apart = pairs.some((pair) => pair.apart === true) ? true : pairs.some((pair) => pair.apart === null) ? null : false;
  return finding({
    code: `${id}/foreign-store`,
    severity: apart === true && pairs.some(({ certain }) => certain) ? "error" : apart === false ? "note" : "warning",
    subjects: users,
    message: `${listed(users.map(shortName), 6)} work in ${pairs[0]?.through ?? ""}, where each can reach the tables of the others${teamsText(apart)}.`,
    fix: "Give each service a schema and a user of its own.",
    value: users.length,
    unit: "services",
    sample: null,
    ...proofOf(pairs.flatMap(({ evidence }) => evidence)),
  });
}

function teamsText(apart: boolean | null): string {
  return apart === true
    ? "; they belong to different teams"
    : apart === null
      ? "; whether they belong to different teams is unknown"
      : "";
}

function wayAround(crossing: Crossing): Finding {
  const { from, to, apart, through, isMutual } = crossing;
  const [rule, says, fix] = meaning[crossing.class];
  const who =
    isMutual && crossing.class !== "volume"
      ? `${shortName(from)} and ${shortName(to)} use the same data`
      : `${shortName(from)} ${says} ${shortName(to)}`;
  return finding({
    code: `${id}/${rule}`,
    severity: apart === true ? (crossing.certain ? "error" : "warning") : apart === null ? "warning" : "note",
    subjects: [from, to],
    message: `${who}: ${through}${teamsText(apart)}.`,
    fix,
    value: crossing.evidence.length,
    unit: "places",
    sample: null,
    ...proofOf(crossing.evidence),
  });
}

const askInstead = "Let the owner of the data offer an operation or an event for what others need, and take their access away.";

/** Rule, verb, fix. */
const meaning: Readonly<Record<Crossing["class"], readonly [string, string, string]>> = {
  import: [
    "direct-link",
    "imports files of",
    "Move what both services need into a library with an owner, or ask over the interface.",
  ],
  store: ["foreign-store", "works in the data of", askInstead],
  cache: ["back-door", "uses the same cache keys as", askInstead],
  volume: ["back-door", "writes to the same volume as", askInstead],
  files: ["back-door", "reads the files of", askInstead],
  network: ["back-door", "joins the network of", "Give each a network of its own and let them call each other's interface."],
  memory: ["back-door", "joins the memory of", "Give each memory of its own and let them call each other's interface."],
};

function noContract(provider: Ref, edges: readonly Edge[]): Finding {
  const consumers = [...new Set(edges.map(({ consumer }) => consumer))].sort();
  return finding({
    code: `${id}/no-contract`,
    severity: "warning",
    subjects: [provider],
    message: `${shortName(provider)} is used by ${listed(consumers.map(shortName), 4)}, and no machine-readable contract of it was found.`,
    fix: `Write down what ${shortName(provider)} offers (OpenAPI, AsyncAPI, protobuf, GraphQL), in its repository, and check it in its build.`,
    value: consumers.length,
    unit: "consumers",
    sample: null,
    ...proofOf(edges.flatMap(({ evidence }) => evidence)),
  });
}

function unresolvedUse({ consumer, provider, kind, via, evidence }: Edge): Finding {
  return finding({
    code: `${id}/unresolved-use`,
    severity: "warning",
    subjects: via === null ? [consumer, provider] : [consumer, provider, via],
    message:
      kind === "message"
        ? `${shortName(consumer)} reads messages of ${shortName(provider)} through ${shortName(via ?? "")}, which its contract does not name.`
        : `${shortName(consumer)} calls ${shortName(provider)} where its contract has no such operation.`,
    fix: `Put the operation into the contract of ${shortName(provider)}, or stop using it.`,
    value: null,
    unit: null,
    sample: null,
    ...proofOf(evidence),
  });
}
