/** Which kind of server an address is of, by its scheme or the name of its key. */

const bySchemes: ReadonlyMap<string, string> = new Map([
  ["mongodb", "mongodb"],
  ["mongodb+srv", "mongodb"],
  ["redis", "redis"],
  ["rediss", "redis"],
  ["amqp", "rabbitmq"],
  ["amqps", "rabbitmq"],
  ["postgres", "postgresql"],
  ["postgresql", "postgresql"],
  ["mysql", "mysql"],
  ["mysqlx", "mysql"],
  ["mariadb", "mariadb"],
  ["sqlserver", "sqlserver"],
  ["mssql", "sqlserver"],
  ["oracle", "oracle"],
  ["db2", "db2"],
  ["clickhouse", "clickhouse"],
  ["nats", "nats"],
  ["kafka", "kafka"],
  ["neo4j", "neo4j"],
  ["bolt", "neo4j"],
  ["cassandra", "cassandra"],
  ["couchbase", "couchbase"],
  ["mqtt", "mqtt"],
  ["tcp", ""],
  ["smtp", "smtp"],
  ["smtps", "smtp"],
  ["pulsar", "pulsar"],
  ["grpc", "grpc"],
  ["ldap", "ldap"],
  ["ldaps", "ldap"],
  ["s3", "s3"],
  ["consul", "consul"],
  ["sb", "servicebus"],
  ["influxdb", "influxdb"],
  ["memcached", "memcached"],
]);

/** In the order of how sure they are. */
const byKeys: readonly (readonly [RegExp, string])[] = [
  [/mongo/, "mongodb"],
  [/redis/, "redis"],
  [/rabbit|amqp/, "rabbitmq"],
  [/zookeeper|^zk|zknodes/, "zookeeper"],
  [/bootstrapservers?|kafka|brokerlist/, "kafka"],
  [/elastic/, "elasticsearch"],
  [/opensearch/, "opensearch"],
  [/cassandra/, "cassandra"],
  [/neo4j/, "neo4j"],
  [/influx/, "influxdb"],
  [/memcache/, "memcached"],
  [/couchbase/, "couchbase"],
  [/clickhouse/, "clickhouse"],
  [/activemq|artemis/, "activemq"],
  [/pulsar/, "pulsar"],
  [/rocketmq/, "rocketmq"],
  [/nats/, "nats"],
  [/mqtt/, "mqtt"],
  [/minio|s3endpoint/, "s3"],
  [/postgres|pgsql|^pghost|npgsql/, "postgresql"],
  [/mysql/, "mysql"],
  [/mariadb/, "mariadb"],
  [/sqlserver|mssql/, "sqlserver"],
  [/oracle/, "oracle"],
  [/otlp|opentelemetry|otelexporter/, "otlp"],
  [/zipkin/, "zipkin"],
  [/jaeger/, "jaeger"],
  [/logstash/, "logstash"],
  [/graylog|gelf/, "graylog"],
  [/fluent/, "fluentd"],
  [/loki/, "loki"],
  [/seqserver|serilog.{0,80}seq|^seq/, "seq"],
  [/springmail|mailer|smtp|mailhost|mailserver/, "smtp"],
  [/consul/, "consul"],
  [/vault/, "vault"],
  [/ldap/, "ldap"],
  [/grpc/, "grpc"],
];

/** Servers that keep data or pass messages on. */
export const storeTechnologies: ReadonlySet<string> = new Set([
  "mongodb",
  "redis",
  "rabbitmq",
  "kafka",
  "elasticsearch",
  "opensearch",
  "cassandra",
  "neo4j",
  "influxdb",
  "memcached",
  "couchbase",
  "clickhouse",
  "activemq",
  "pulsar",
  "rocketmq",
  "nats",
  "mqtt",
  "s3",
  "postgresql",
  "mysql",
  "mariadb",
  "sqlserver",
  "oracle",
  "db2",
  "servicebus",
]);

/** `jdbc:mysql://…` is mysql; null when the scheme tells nothing (http) or there is none; "in-memory" for databases inside of the program. */
export function technologyOfValue(value: string): string | null {
  const scheme = /^(?:jdbc:|r2dbc:(?:pool:)?)?([a-z][a-z0-9+]{1,30}):/i.exec(value)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  if (/^(?:h2|hsqldb|derby|sqlite)$/.test(scheme)) return "in-memory";
  return bySchemes.get(scheme.replace(/\+(?!srv).*$/, "")) ?? bySchemes.get(scheme) ?? null;
}

/** By the normal key: `springdatamongodbhost` is mongodb. */
export function technologyOfKey(normal: string): string | null {
  return byKeys.find(([pattern]) => pattern.test(normal))?.[1] ?? null;
}

/** Of an ADO.NET or similar connection string; null when it names no server or none is certain. */
export function technologyOfConnection(value: string): string | null {
  if (
    /(?:^|;)\s{0,3}(?:data\s?source|filename)\s{0,3}=[^;]{0,200}\.(?:db|sqlite3?|mdf)\b|\bMode\s{0,2}=\s{0,2}Memory/i.test(value)
  )
    return "in-memory";
  if (/(?:^|;)\s{0,3}AccountEndpoint\s{0,3}=/i.test(value)) return "cosmosdb";
  if (/Endpoint\s{0,3}=\s{0,3}sb:\/\//i.test(value)) return "servicebus";
  if (/(?:^|;)\s{0,3}(?:Default)?AccountName\s{0,3}=|UseDevelopmentStorage/i.test(value)) return "azure-storage";
  if (/(?:^|;)\s{0,3}Host\s{0,3}=/i.test(value) && /Username\s{0,3}=|User\s?Id\s{0,3}=|Database\s{0,3}=/i.test(value))
    return "postgresql";
  if (
    /Initial Catalog|Trusted_?Connection|MultipleActiveResultSets|TrustServerCertificate|Integrated Security|Application Name|(?:^|;)\s{0,3}User\s{0,1}Id\s{0,3}=\s{0,3}sa\b/i.test(
      value,
    )
  )
    return "sqlserver";
  if (
    /Port\s{0,3}=\s{0,3}3306|SslMode|AllowPublicKeyRetrieval|(?:^|;)\s{0,3}uid\s{0,3}=|AllowUserVariables|(?:^|;)\s{0,3}user\s{0,3}=\s{0,3}root\b/i.test(
      value,
    )
  )
    return "mysql";
  if (/Port\s{0,3}=\s{0,3}5432/i.test(value)) return "postgresql";
  return null;
}

/** The database that an address or connection string names; null when none. */
export function databaseOf(value: string): string | null {
  const ofConnection = /(?:^|;)\s{0,3}(?:database|initial catalog)\s{0,3}=\s{0,3}([^;]{1,100})/i.exec(value)?.[1];
  if (ofConnection !== undefined) return ofConnection.trim();
  const parameter = /[;?&]database(?:Name)?=([^;&?]{1,100})/i.exec(value)?.[1];
  if (parameter !== undefined) return parameter;
  const path =
    /^(?:jdbc:|r2dbc:(?:pool:)?)?[a-z][a-z0-9+:]{1,30}:\/\/(?:[^/{}]|\{[^{}]{0,200}\}){1,400}\/((?:[\w.-]|\$\{[^{}]{1,200}\}){1,120})/i.exec(
      value,
    )?.[1];
  return path ?? null;
}
