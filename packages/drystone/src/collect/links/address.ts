/** Addresses as they stand in code and configuration: URLs, connection strings, host and port. */

export interface Address {
  readonly scheme: string | null;
  readonly host: string;
  readonly port: number | null;
  /** Path behind the host, holes left in; null when there is none. */
  readonly path: string | null;
  /** What speaks there, when scheme or port tell: http, grpc, postgresql, kafka, … */
  readonly technology: string | null;
  /** Logical database of a connection string. */
  readonly database: string | null;
  readonly schema: string | null;
  readonly user: string | null;
}

const schemes: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ["http", "http"],
  ["https", "http"],
  ["ws", "http"],
  ["wss", "http"],
  ["https+http", "http"],
  ["grpc", "grpc"],
  ["grpcs", "grpc"],
  ["dns", "grpc"],
  ["static", "grpc"],
  ["lb", "discovery"],
  ["postgres", "postgresql"],
  ["postgresql", "postgresql"],
  ["r2dbc:postgresql", "postgresql"],
  ["mysql", "mysql"],
  ["mysql2", "mysql"],
  ["mariadb", "mariadb"],
  ["sqlserver", "sqlserver"],
  ["oracle", "oracle"],
  ["mongodb", "mongodb"],
  ["mongodb+srv", "mongodb"],
  ["redis", "redis"],
  ["rediss", "redis"],
  ["amqp", "rabbitmq"],
  ["amqps", "rabbitmq"],
  ["rabbitmq", "rabbitmq"],
  ["kafka", "kafka"],
  ["plaintext", "kafka"],
  ["nats", "nats"],
  ["mqtt", "mqtt"],
  ["pulsar", "pulsar"],
  ["smtp", "smtp"],
  ["smtps", "smtp"],
  ["neo4j", "neo4j"],
  ["bolt", "neo4j"],
  ["cassandra", "cassandra"],
  ["clickhouse", "clickhouse"],
  ["couchbase", "couchdb"],
  ["memcached", "memcached"],
  ["esdb", "eventstore"],
  ["tcp", null],
  ["udp", null],
]);

const ports: ReadonlyMap<number, string> = new Map([
  [5432, "postgresql"],
  [3306, "mysql"],
  [1433, "sqlserver"],
  [1521, "oracle"],
  [27017, "mongodb"],
  [6379, "redis"],
  [5672, "rabbitmq"],
  [5671, "rabbitmq"],
  [9092, "kafka"],
  [29092, "kafka"],
  [4222, "nats"],
  [1883, "mqtt"],
  [9200, "elasticsearch"],
  [9042, "cassandra"],
  [7687, "neo4j"],
  [11211, "memcached"],
  [2181, "zookeeper"],
  [8500, "consul"],
  [8761, "eureka"],
  [9411, "zipkin"],
  [4317, "otlp"],
  [4318, "otlp"],
  [25, "smtp"],
  [1025, "smtp"],
]);

/** All hosts that a text names; empty when it is no address. At most 16. Passwords are dropped. */
export function parseAddresses(text: string): Address[] {
  const value = text.trim();
  if (value === "" || value.length > 2000) return [];
  return byUrl(value) ?? byKeyValue(value) ?? byGoDsn(value) ?? byHostList(value) ?? [];
}

/** True for a lone word that may be the name of a host. */
export function isHostName(text: string): boolean {
  return /^[a-z0-9](?:[\w-]{0,62})(?:\.[\w-]{1,62}){0,6}$/i.test(text) && !/^\d+$/.test(text);
}

function byUrl(value: string): Address[] | null {
  const found =
    /^(?:jdbc:(?:tc:)?)?(?:aws-wrapper:)?([a-z][a-z0-9+.-]{1,30}(?::thin)?(?::(?=\/\/|@))?):(?:\/\/\/?|@(?:\/\/)?)([^/?#;\s]{1,500})([/?#;][^\s]{0,1000})?/i.exec(
      value,
    );
  if (!found?.[1] || !found[2]) return null;
  const scheme = found[1].toLowerCase().replace(/:thin$/, "");
  const rest = found[3] ?? "";
  const at = found[2].lastIndexOf("@");
  const user = at < 0 ? null : (found[2].slice(0, at).split(":")[0] ?? null);
  const technology = schemes.get(scheme);
  const parameters = new Map(
    [...rest.matchAll(/[?&;]\s{0,3}([\w ]{1,40})=([^&;]{0,200})/g)].map((match) => [
      (match[1] ?? "").trim().toLowerCase(),
      match[2] ?? "",
    ]),
  );
  const path = /^\/[^?#;]*/.exec(rest)?.[0] ?? null;
  const isStore = technology !== undefined && technology !== null && !["http", "grpc", "discovery", "smtp"].includes(technology);
  const database = isStore
    ? named(parameters.get("databasename") ?? parameters.get("database") ?? path?.replace(/^\//, "").split("/")[0])
    : null;
  return hostsOf(found[2].slice(at + 1)).map(({ host, port }) => ({
    scheme,
    host,
    port,
    path: isStore ? null : path,
    technology: technology ?? (port === null ? null : (ports.get(port) ?? null)),
    database: technology === "rabbitmq" || technology === "kafka" ? null : database,
    schema: named(parameters.get("currentschema") ?? parameters.get("schema")),
    user: named(user ?? parameters.get("user") ?? parameters.get("username")),
  }));
}

function technologyOf(driver: string | null, port: number | null, pairs: ReadonlyMap<string, string>): string | null {
  if (driver !== null) return drivers.get(driver) ?? null;
  if (port !== null) return ports.get(port) ?? null;
  return pairs.has("initial catalog") || pairs.has("trustservercertificate") ? "sqlserver" : null;
}

const drivers: ReadonlyMap<string, string> = new Map([
  ["mysql", "mysql"],
  ["pgsql", "postgresql"],
  ["sqlsrv", "sqlserver"],
  ["dblib", "sqlserver"],
  ["oci", "oracle"],
]);

/** `Server=tcp:sqlserver,1433;Database=Orders;User Id=…`, `host=db port=5432 dbname=orders`. */
function byKeyValue(text: string): Address[] | null {
  const driver = /^(mysql|pgsql|sqlsrv|oci|mongodb|dblib):(?=[\w ]{1,30}=)/i.exec(text)?.[1]?.toLowerCase() ?? null;
  const value = driver === null ? text : text.slice(driver.length + 1);
  const separator = value.includes(";") ? ";" : /\bhost=\S{1,100}\s/.test(value) ? " " : null;
  if (separator === null && !/^(?:server|data source|host)=/i.test(value)) return null;
  const pairs = new Map<string, string>();
  for (const part of value.split(separator ?? ";").slice(0, 60)) {
    const equals = part.indexOf("=");
    if (equals > 0) pairs.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
  }
  const server = ["server", "data source", "host", "addr", "address", "network address", "endpoint"]
    .map((key) => pairs.get(key))
    .find((found) => found !== undefined);
  if (server === undefined) return null;
  const [host = "", port] = server
    .replace(/^tcp:/i, "")
    .replace(/^[a-z]{2,10}:\/\//, "")
    .split(/[,:]/);
  if (!isHostName(host.split("\\")[0] ?? "")) return null;
  const given = Number(port ?? pairs.get("port"));
  const number = Number.isInteger(given) && given > 0 ? given : null;
  return [
    {
      scheme: null,
      host: host.split("\\")[0] ?? host,
      port: number,
      path: null,
      technology: technologyOf(driver, number, pairs),
      database: named(pairs.get("database") ?? pairs.get("initial catalog") ?? pairs.get("dbname")),
      schema: named(pairs.get("search path") ?? pairs.get("searchpath")),
      user: named(pairs.get("user id") ?? pairs.get("uid") ?? pairs.get("username") ?? pairs.get("user")),
    },
  ];
}

/** `user:password@tcp(mysql:3306)/orders`. */
function byGoDsn(value: string): Address[] | null {
  const found = /^([^:@]{0,100})(?::[^@]{0,200})?@tcp\(([\w.-]{1,200})(?::(\d{1,5}))?\)\/([\w-]{0,100})/.exec(value);
  if (!found?.[2]) return null;
  const port = found[3] === undefined ? null : Number(found[3]);
  return [
    {
      scheme: null,
      host: found[2],
      port,
      path: null,
      technology: "mysql",
      database: named(found[4]),
      schema: null,
      user: named(found[1]),
    },
  ];
}

function byHostList(value: string): Address[] | null {
  const bare = value.replace(/^\/\//, "");
  const slash = bare.indexOf("/");
  const hosts = hostsOf(slash < 0 ? bare : bare.slice(0, slash)).filter(({ port }) => port !== null);
  if (hosts.length === 0) return null;
  return hosts.map(({ host, port }) => ({
    scheme: null,
    host,
    port,
    path: slash < 0 ? null : bare.slice(slash),
    technology: port === null ? null : (ports.get(port) ?? null),
    database: null,
    schema: null,
    user: null,
  }));
}

function hostsOf(text: string): { host: string; port: number | null }[] {
  return text
    .split(",")
    .slice(0, 16)
    .flatMap((part) => {
      const found = /^\s{0,3}(?:[a-z_]{1,30}:\/\/)?([A-Za-z0-9](?:[\w.-]{0,200}))(?::(\d{1,5}|\{\}))?\s{0,3}$/i.exec(part);
      if (!found?.[1] || /^\d+$/.test(found[1])) return [];
      const port = found[2] === undefined || found[2] === "{}" ? null : Number(found[2]);
      return [{ host: found[1].replace(/\.$/, ""), port }];
    });
}

/** A name that says something: no hole, no variable. */
function named(text: string | null | undefined): string | null {
  const value = text?.trim() ?? "";
  return value === "" || /[{}$<>]/.test(value) ? null : value;
}
