/** Addresses and store clients: URLs, `host:port`, connection strings, hosts with their ports in keys beside. */
import { withoutSecrets } from "#collect/secrets/index.js";
import type { EmitSetting } from "./emit-setting.js";
import type { SettingsIndex } from "./index-of-settings.js";
import type { SettingEntry, SettingsFile } from "./settings-file.js";
import { databaseOf, storeTechnologies, technologyOfConnection, technologyOfKey, technologyOfValue } from "./technology.js";

const hole = String.raw`\$\{(?:[^{}]|\$\{[^{}]{0,200}\}){1,400}\}`;
const withScheme = new RegExp(
  `^(?:jdbc:|r2dbc:(?:pool:)?)?[a-z][a-z0-9+:.-]{1,40}:(?:thin:@)?//|^${hole}://|^jdbc:|^r2dbc:`,
  "i",
);
const hostAndPort = new RegExp(`^(?:[a-z0-9](?:[\\w.-]{0,80})|${hole}):(?:\\d{2,5}|${hole})$`, "i");
const plainHost = new RegExp(`^(?:[a-z0-9](?:[\\w.-]{0,80})|(?:[\\w.-]{0,60}${hole}[\\w.-]{0,60}))$`, "i");

/** What a program itself listens on or shows, and texts that look like addresses. */
const ownKey =
  /^(?:server|http|https|management|info|spring\.application|springdoc|swagger|logging\.(?:pattern|level)|quarkus\.http|micronaut\.server|grpc\.server|kestrel|urls|aspnetcore_urls|hostname|host|port|eureka\.instance|spring\.cloud\.consul\.discovery|spring\.cloud\.client|spring\.mvc|spring\.web|spring\.jackson|cors|allowed|akka\.(?:http|remote|management)|play\.http|otel\.resource)(?:$|[.:_])|applicationurl$|allowedhosts$|\$schema$|(?:^|[.:_-])(?:cors|origins?|allowed-?origins?|redirect-?ur[il]s?|callback-?url|issuer-?claim|namespace|schema|license|contact|homepage|terms)(?:$|[.:_[-])/i;
const documents =
  /^https?:\/\/(?:www\.)?(?:w3\.org|schemas?\.|xmlns|json-schema\.org|apache\.org|opensource\.org|github\.com|example\.|spring\.io|docs\.|repo\d?\.|repo\.maven|maven\.|plugins\.gradle|registry\.npmjs|json\.schemastore)/i;

export function addressCues(file: SettingsFile, index: SettingsIndex, emit: EmitSetting): void {
  for (const written of file.entries) {
    const entry = { ...written, value: asUrl(written.value) };
    const { key, value } = entry;
    if (value.length < 2 || value.length > 2000 || /\n/.test(value)) continue;
    const normal = index.normal(written);
    if (ownKey.test(key) && !/datasource|mongo|redis/i.test(key)) continue;
    if (isConnection(value)) emitConnection(entry, emit);
    else if (!/\s/.test(value.replace(/,\s{1,3}/g, ","))) emitAddresses(entry, normal, index, emit);
  }
  for (const [entry, technology, database] of namedDatabases(file, index))
    emit(entry, { kind: "store-client", technology, library: entry.key, database });
}

/** `Server=db;Database=orders;User Id=sa`. */
function isConnection(value: string): boolean {
  return (
    /(?:^|;)\s{0,3}(?:server|data\s?source|host|addr(?:ess)?|endpoint|accountendpoint)\s{0,3}=\s{0,3}[^;]{1,200};/i.test(
      `${value};`,
    ) &&
    value.includes(";") &&
    !/^\w{1,10}:\/\//.test(value)
  );
}

/** What drivers of Go and PostgreSQL take, as a URL: `host=db port=5432 dbname=orders`, `root:pw@tcp(db:3306)/orders`. */
function asUrl(value: string): string {
  const words = new Map(
    [...value.slice(0, 1000).matchAll(/(?:^|\s)(host|port|dbname)=([^\s=]{1,200})/g)].map((match) => [match[1], match[2]]),
  );
  const host = words.get("host");
  if (host !== undefined && /(?:^|\s)(?:user|dbname|sslmode)=/.test(value)) {
    const port = words.get("port");
    return `postgresql://${host}${port === undefined ? "" : `:${port}`}/${words.get("dbname") ?? ""}`;
  }
  const tcp = /^(?:[^@\s]{0,200}@)?tcp\(([^()\s]{1,200})\)\/([\w.${}:-]{0,120})/.exec(value);
  return tcp === null ? value : `mysql://${tcp[1] ?? ""}/${tcp[2] ?? ""}`;
}

function emitConnection(entry: SettingEntry, emit: EmitSetting): void {
  const technology = technologyOfConnection(entry.value) ?? technologyOfKey(entry.key.toLowerCase());
  if (technology === "in-memory" || /\(localdb\)/i.test(entry.value)) return;
  emit(entry, { kind: "address", value: withoutSecrets(entry.value), technology, use: "client" });
  const database = databaseOf(entry.value);
  if (technology !== null) emit(entry, { kind: "store-client", technology, library: entry.key, database });
}

function emitAddresses(entry: SettingEntry, normal: string, index: SettingsIndex, emit: EmitSetting): void {
  const parts = withoutSecrets(entry.value)
    .split(/^\w{2,20}(?:\+srv)?:\/\//.test(entry.value) ? /,(?=\s{0,5}(?:jdbc:)?[a-z]{2,20}:\/\/)/ : ",")
    .map((part) => part.trim());
  for (const part of parts.slice(0, 20)) {
    const address = addressOf(entry, part, normal, index);
    if (address === null) continue;
    const technology = technologyOfValue(part) ?? technologyOfKey(normal);
    if (technology === "in-memory" || documents.test(address)) continue;
    const isStore = technology !== null && storeTechnologies.has(technology);
    emit(entry, {
      kind: "address",
      value: address,
      technology: technology === "" ? null : technology,
      use: isStore ? "client" : "literal",
    });
    if (isStore && part === parts[0] && !/^\$\{[^{}:]{1,200}\}$/.test(part)) {
      const database = databaseOf(part) ?? siblingDatabase(entry, normal, index);
      emit(entry, { kind: "store-client", technology, library: entry.key, database });
    }
    if (technology === "smtp") emit(entry, { kind: "mail", library: entry.key });
  }
}

/** The value as an address, with the port of the key beside; null when it is none. */
function addressOf(entry: SettingEntry, part: string, normal: string, index: SettingsIndex): string | null {
  const unprefixed = part
    .replace(/^(?:optional:)?(?:configserver|consul|vault):(?=\S)/, "")
    .replace(/^(?:static|dns|discovery):\/\/\/?/, "");
  if (
    /^(?:file|classpath|jar|data|mailto|urn|about|tel|arn|class|redirect|forward|optional|configtree|lb:|stork:|no:|git@)/i.test(
      unprefixed,
    )
  )
    return null;
  if (/^(?:0\.0\.0\.0|\[::\]):/.test(unprefixed) && /(?:endpoint|listen|bind|addr|address|host)$/.test(normal)) return null;
  if (withScheme.test(/^\$\{[^{}:]{1,200}:-([^{}]{1,1000})\}$/.exec(unprefixed)?.[1] ?? "")) return unprefixed;
  if (withScheme.test(unprefixed)) return unprefixed.length > 8 || unprefixed.includes("$") ? unprefixed : null;
  if (hostAndPort.test(unprefixed))
    return /^(?:\d{1,4}|v\d)[:.]?/.test(unprefixed) && !/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}:/.test(unprefixed)
      ? null
      : /^(?:localhost|[\w.-]*[a-z][\w.-]*|\$|\d)/i.test(unprefixed) && !isTagOrTime(unprefixed, normal)
        ? unprefixed
        : null;
  const isHostKey =
    /(?:host|hostname|hosts|server|servers|address|addresses|contactpoints?|nodes?|brokers?|addr|seeds?)\d{0,3}$/.test(normal);
  if (!isHostKey || !plainHost.test(unprefixed) || /^(?:true|false|none|null|\d{1,8}|0\.0\.0\.0|\*|::)$/i.test(unprefixed))
    return null;
  if (/^\$\{[^{}:]{1,200}\}$/.test(unprefixed) && technologyOfKey(normal) === null) return null;
  const stem = normal.replace(
    /(?:host|hostname|hosts|server|servers|address|addresses|contactpoints?|nodes?|brokers?|addr|seeds?)\d{0,3}$/,
    "",
  );
  const port = stem === "" ? null : (index.get(`${stem}port`, entry.profile)?.value ?? null);
  if (
    technologyOfKey(normal) === null &&
    port === null &&
    !/^(?:[\w-]{1,60}\.)+[a-z]{2,20}$/i.test(unprefixed) &&
    !/host(?:name)?\d{0,3}$/.test(normal)
  )
    return null;
  return port !== null && (/^\d{2,5}$/.test(port) || port.startsWith("${")) ? `${unprefixed}:${port}` : unprefixed;
}

/** `postgres:14` is an image, `user:123` a login, `10:30` a time. */
function isTagOrTime(value: string, normal: string): boolean {
  return /image|version|tag|time|cron|schedule|credential|basicauth|duration|ratio/.test(normal) || /^\d{1,2}:\d{2}$/.test(value);
}

/** `spring.data.mongodb.database` beside of `spring.data.mongodb.host`, `DB_NAME` beside of `DB_HOST`. */
function siblingDatabase(entry: SettingEntry, normal: string, index: SettingsIndex): string | null {
  const stem = normal.replace(
    /(?:host|hostname|hosts|server|address|addresses|uri|url|contactpoints?|connectionstring|endpoint)$/,
    "",
  );
  if (stem === "" || stem === normal) return null;
  for (const name of [
    "database",
    "databasename",
    "dbname",
    "name",
    "db",
    "keyspacename",
    "keyspace",
    "defaultdatabase",
    "schema",
  ]) {
    const value = index.get(stem + name, entry.profile)?.value;
    if (value !== undefined && /^[\w.${}:-]{1,120}$/.test(value) && !/^\d{1,2}$/.test(value)) return value;
  }
  return null;
}

/** Databases that are named where the host is left to the default: `spring.data.mongodb.database: orders`. */
function namedDatabases(file: SettingsFile, index: SettingsIndex): [SettingEntry, string, string][] {
  return file.entries.flatMap((entry): [SettingEntry, string, string][] => {
    const store = /^spring(?:data)?(mongodb|neo4j|cassandra|couchbase)(?:database|keyspacename|bucketname)$/.exec(
      index.normal(entry),
    )?.[1];
    const hosted =
      store !== undefined &&
      ["host", "uri", "contactpoints"].some(
        (name) => index.get(index.normal(entry).replace(/(?:database|keyspacename|bucketname)$/, name), entry.profile) !== null,
      );
    return store === undefined || hosted || entry.value === "" ? [] : [[entry, store, entry.value]];
  });
}
