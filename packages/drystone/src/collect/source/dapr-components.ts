/** Component files of Dapr: which store or broker stands behind a name that applications use through their sidecar. */
import type { Cue, CueBody } from "#collect/code/index.js";
import { withoutSecrets } from "#collect/secrets/index.js";
import { readYaml, record, scalarText, type YamlDocument } from "#collect/yaml/index.js";

export interface DaprComponent {
  readonly name: string;
  readonly technology: string;
  /** Applications that may use it, by their ids; empty: all that ask for it by name. */
  readonly scopes: readonly string[];
  readonly cues: readonly Cue[];
}

/** By where such files are kept and what they are called; the text decides. */
export function mayBeDapr(path: string): boolean {
  return /dapr|components?\/[^/]{1,100}$|pub-?sub|state-?store|state-[\w.-]{1,60}$|binding/i.test(path) && /\.ya?ml$/.test(path);
}

export function isDaprComponent(path: string, text: string): boolean {
  return /\.ya?ml$/.test(path) && /^apiVersion:\s{1,9}["']?dapr\.io\//m.test(text) && /^kind:\s{1,9}["']?Component\b/m.test(text);
}

export function daprComponents(path: string, text: string): DaprComponent[] {
  return readYaml(path, text).documents.flatMap((document) => componentOf(path, document) ?? []);
}

/** Kinds of building blocks that are stores and brokers; secrets, names and configuration are none. */
const type = /^(pubsub|state|bindings)\.([a-z][\w.-]{1,60})$/i;

/** Names that differ from those of the technologies. */
const technologies: ReadonlyMap<string, string> = new Map([
  ["azure.servicebus", "azure-service-bus"],
  ["azure.servicebus.topics", "azure-service-bus"],
  ["azure.servicebus.queues", "azure-service-bus"],
  ["azure.eventhubs", "azure-event-hubs"],
  ["azure.cosmosdb", "cosmosdb"],
  ["aws.dynamodb", "dynamodb"],
  ["aws.sqs", "sqs"],
  ["aws.snssqs", "sns"],
  ["mqtt3", "mqtt"],
  ["jetstream", "nats"],
  ["natsstreaming", "nats"],
]);

/** What gives the place of the server, by whatever the component calls it. */
const address = /^(?:host|redisHost|url|connectionString|brokers|servers?|natsURL|address|hosts|endpoint|mongoUrl)$/i;

function componentOf(path: string, document: YamlDocument): DaprComponent | null {
  const root = record(document.value);
  const spec = record(root["spec"]);
  const [, block, named = ""] = type.exec(scalarText(spec["type"])) ?? [];
  if (!scalarText(root["apiVersion"]).startsWith("dapr.io/") || root["kind"] !== "Component" || block === undefined) return null;
  const name = scalarText(record(root["metadata"])["name"]);
  const technology = technologies.get(named.toLowerCase()) ?? named.toLowerCase();
  const cue = (body: CueBody, at: readonly (string | number)[], shown: string): Cue => ({
    ...body,
    file: path,
    line: document.lineOf(at),
    text: withoutSecrets(`${name}: ${shown}`).slice(0, 160),
  });
  const settings = Array.isArray(spec["metadata"]) ? spec["metadata"].slice(0, 50).map(record) : [];
  const places = settings.flatMap((setting, index): Cue[] => {
    const written = scalarText(setting["value"]);
    if (!address.test(scalarText(setting["name"])) || written === "") return [];
    const value = /^[\w.-]{1,200}$/.test(written) ? `${technology === "smtp" ? "smtp" : "tcp"}://${written}` : written;
    const at = ["spec", "metadata", index, "value"];
    return value
      .split(",")
      .slice(0, 10)
      .map((one) => cue({ kind: "address", value: withoutSecrets(one.trim()), technology, use: "client" }, at, one.trim()));
  });
  const client: CueBody =
    technology === "smtp"
      ? { kind: "mail", library: "dapr" }
      : { kind: "store-client", technology, library: `dapr ${scalarText(spec["type"])}`, database: null };
  // Timers, web hooks and the like have no server.
  if (block === "bindings" && places.length === 0) return null;
  const scopes = root["scopes"];
  return {
    name,
    technology,
    scopes: Array.isArray(scopes) ? scopes.slice(0, 100).map(scalarText) : [],
    cues: [cue(client, ["spec", "type"], scalarText(spec["type"])), ...places],
  };
}
