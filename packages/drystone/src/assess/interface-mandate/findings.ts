/** Services without a contract, calls that no contract knows, and ways around interfaces. */
import { type Ref, shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { finding, proofOf } from "../_shared/index.js";
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
  return [
    ...crossings.slice(0, maxCrossings).map(wayAround),
    ...withoutContract.map((provider) =>
      noContract(
        provider,
        edges.filter((edge) => edge.provider === provider),
      ),
    ),
    ...edges.filter(({ covered, provider }) => covered === false && !withoutContract.includes(provider)).map(unresolvedUse),
  ];
}

function wayAround(crossing: Crossing): Finding {
  const { from, to, apart, through } = crossing;
  const [rule, says, fix] = meaning[crossing.class];
  return finding({
    code: `${id}/${rule}`,
    severity: apart === true ? (crossing.certain ? "error" : "warning") : apart === null ? "warning" : "note",
    subjects: [from, to],
    message: `${shortName(from)} ${says} ${shortName(to)}: ${through}${apart === true ? "; they belong to different teams" : apart === null ? "; whether they belong to different teams is unknown" : ""}.`,
    fix,
    value: crossing.evidence.length,
    unit: "places",
    sample: null,
    ...proofOf(crossing.evidence),
  });
}

const askInstead = "Let the owner offer an operation or an event for what is needed, and take the access away.";

/** Rule, verb, fix. */
const meaning: Readonly<Record<Crossing["class"], readonly [string, string, string]>> = {
  import: ["direct-link", "imports files of", "Move what both need into a library with an owner, or ask over the interface."],
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
    message: `${shortName(provider)} is used by ${consumers.slice(0, 5).map(shortName).join(", ")}${consumers.length > 5 ? ` and ${consumers.length - 5} others` : ""}, and no machine-readable contract of it was found.`,
    fix: "Write down what it offers (OpenAPI, AsyncAPI, protobuf, GraphQL), in its repository, and check it in its build.",
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
    fix: "Put the operation into the contract, or stop using it.",
    value: null,
    unit: null,
    sample: null,
    ...proofOf(evidence),
  });
}
