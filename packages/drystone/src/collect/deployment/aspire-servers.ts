/** Servers that Aspire starts by a method of their own, with the image that it takes. */

export interface AspireServer {
  readonly image: string;
  readonly technology: string;
}

/** Names of `Add…` methods without `Add`, `Azure` and what they add as a type of hosting. */
const servers: readonly (readonly [method: RegExp, image: string, technology: string])[] = [
  [/^Postgres|^PostgresFlexibleServer/, "postgres", "postgresql"],
  [/^Sql(?:Server)?$/, "mssql/server", "sqlserver"],
  [/^MySql/, "mysql", "mysql"],
  [/^MariaDb/i, "mariadb", "mariadb"],
  [/^Oracle/, "gvenzl/oracle-free", "oracle"],
  [/^Mongo(?:DB|Db)/, "mongo", "mongodb"],
  [/^(?:Managed)?Redis/, "redis", "redis"],
  [/^Valkey/, "valkey/valkey", "valkey"],
  [/^Garnet/, "garnet", "garnet"],
  [/^RabbitMQ/i, "rabbitmq", "rabbitmq"],
  [/^Kafka/, "confluentinc/cp-kafka", "kafka"],
  [/^Nats/, "nats", "nats"],
  [/^ServiceBus$/, "servicebus-emulator", "servicebus"],
  [/^EventHubs$/, "eventhubs-emulator", "eventhubs"],
  [/^CosmosDB/, "cosmosdb/linux/azure-cosmos-emulator", "cosmosdb"],
  [/^Storage$/, "azure-storage/azurite", "azurite"],
  [/^Elasticsearch/, "elasticsearch", "elasticsearch"],
  [/^Qdrant/, "qdrant", "qdrant"],
  [/^Milvus/, "milvus", "milvus"],
  [/^RavenDB/, "ravendb", "ravendb"],
  [/^Meilisearch/, "meilisearch", "meilisearch"],
  [/^SurrealServer/, "surrealdb", "surrealdb"],
  [/^Minio/, "minio", "s3"],
  [/^ActiveMQ/, "activemq", "activemq"],
  [/^Seq$/, "datalust/seq", "seq"],
  [/^Keycloak/, "keycloak", "keycloak"],
  [/^MailPit|^MailDev|^PapercutSmtp|^MailHog/, "mailpit", "mail"],
  [/^Yarp/, "yarp", "yarp"],
  [/^OpenTelemetryCollector/, "otel/opentelemetry-collector", "opentelemetry-collector"],
  [/^Ollama/, "ollama", "ollama"],
];

/** The server that a method adds; null for one that adds no server that we know. */
export function aspireServer(method: string): AspireServer | null {
  const name = method.replace(/^Add(?:Azure)?/, "");
  const found = servers.find(([pattern]) => pattern.test(name));
  return found ? { image: found[1], technology: found[2] } : null;
}
