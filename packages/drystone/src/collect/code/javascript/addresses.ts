/** Addresses in what a client is made with. */
import type { Template } from "../cue.js";
import type { Emit } from "../detector.js";
import type { Source } from "../source.js";
import { argumentOffsets } from "./argument-offsets.js";
import { textAt } from "./text-at.js";
import { argumentText, propertiesAt, propertyText, textsAt } from "./values.js";

export interface Connection {
  readonly addresses: readonly Template[];
  readonly database: Template | null;
}

const addressKeys = [
  "url",
  "uri",
  "urls",
  "connectionString",
  "connectionUrl",
  "connection",
  "dsn",
  "node",
  "nodes",
  "contactPoints",
  "brokers",
  "bootstrapServers",
  "servers",
  "endPoint",
  "endpoint",
  "clientUrl",
  "baseURL",
  "baseUrl",
  "prefixUrl",
  "brokerURL",
  "hosts",
  "serviceUrl",
  "issuer",
  "jwksUri",
  "upstream",
  "target",
  "unix_socket",
  "redis",
  "store",
  "metadata.broker.list",
  "kafkaHost",
  "clusterUrl",
  "addr",
] as const;
const nestedKeys = [
  "connection",
  "redis",
  "socket",
  "config",
  "client",
  "options",
  "replication",
  "master",
  "primary",
  "eureka",
] as const;

/** Address and database of the first argument that has one: a text, a list, or options. */
export function connectionOf(source: Source, open: number): Connection {
  const found: Template[] = [];
  let database: Template | null = null;
  for (const at of argumentOffsets(source, open).slice(0, 4)) {
    const isObject = source.bare[at] === "{" || propertiesAt(source, at).size > 0;
    const options = isObject ? optionsOf(source, at) : null;
    if (found.length === 0) found.push(...(options?.addresses ?? listed(source, at)));
    database ??= options?.database ?? null;
  }
  return { addresses: found.slice(0, 5), database: database ?? databaseOf(found[0] ?? null) };
}

/** Address and database of an object of options. */
export function optionsOf(source: Source, at: number, depth = 0): Connection {
  const options = propertiesAt(source, at);
  let addresses: readonly Template[] = [];
  for (const key of addressKeys) {
    const value = options.get(key);
    if (value === undefined || source.bare[value] === "{") continue;
    addresses = listed(source, value);
    if (addresses.length > 0) break;
  }
  const host = propertyText(source, options, "host", "hostname", "server", "address");
  if (addresses.length === 0 && host !== null) {
    const port = propertyText(source, options, "port");
    addresses = [withPort(host, port)];
  }
  let database = propertyText(source, options, "database", "dbName", "db", "keyspace", "dbname", "databaseName");
  for (const key of depth < 2 ? nestedKeys : []) {
    const value = options.get(key);
    if (value === undefined || (addresses.length > 0 && database !== null)) continue;
    if (source.bare[value] !== "{" && propertiesAt(source, value).size === 0) continue;
    const nested = optionsOf(source, value, depth + 1);
    if (addresses.length === 0) addresses = nested.addresses;
    database ??= nested.database;
  }
  return { addresses, database: database ?? databaseOf(addresses[0] ?? null) };
}

/** Emits each address of a client. */
export function emitAddresses(emit: Emit, offset: number, technology: string, { addresses }: Connection): void {
  for (const value of addresses) if (isAddress(value)) emit(offset, { kind: "address", value, technology, use: "client" });
}

/** Whether a text can be an address at all: not a sentence, a path or an option. */
export function isAddress(value: Template): boolean {
  return (
    !/[\s<>]/.test(value) &&
    !/^[./]/.test(value) &&
    !/^\d{1,9}$/.test(value) &&
    !/^(?:[a-z][\w+.-]{0,20}:\/\/)?[{}:@/]{1,40}$/i.test(value) &&
    value.length < 500 &&
    /\$\{|:|\.|^[a-z][\w-]{1,60}$/i.test(value)
  );
}

/** `host:port` of the first two arguments: `new Redis(6379, "cache")`, `connect("db", 27017)`. */
export function hostAndPort(source: Source, open: number): Template | null {
  const [first, second] = [argumentText(source, open, 0), argumentText(source, open, 1)];
  if (first === null || second === null) return null;
  if (/^\d{2,5}$/.test(first) || /PORT/i.test(first)) return `${second}:${first}`;
  return /^\d{2,5}$/.test(second) || /PORT/i.test(second) ? `${first}:${second}` : null;
}

function withPort(host: Template, port: Template | null): Template {
  return port === null || /:\d{2,5}$/.test(host) ? host : `${host}:${port}`;
}

/** `"a,b".split(",")` is one text; a list gives each. */
function listed(source: Source, at: number): readonly Template[] {
  if (source.bare[at] === "[") return textsAt(source, at);
  const text = textAt(source, at);
  if (text === null) return [];
  return /^[\w.:-]{1,80}(?:,[\w.:-]{1,80}){1,10}$/.test(text) ? text.split(",") : [text];
}

/** `mongodb://host/name?x` names a database; paths of other schemes are no databases. */
function databaseOf(address: Template | null): Template | null {
  const found =
    address === null ? null : /^([a-z][a-z0-9+.-]{1,30}):\/\/[^/?\s]{1,300}\/([\w${}:-]{1,100})(?:[?]|$)/i.exec(address);
  const [, scheme = "", name = "{}"] = found ?? [];
  return name === "{}" || /^(?:amqps?|rediss?|https?|kafka|nats|mqtts?)$/i.test(scheme) ? null : name;
}
