/** Databases, caches, brokers, queues and buckets that Terraform makes. */
import type { ResourceFact } from "#model/facts.js";
import { type Nested, textOfAttribute, valueOf } from "./blocks.js";
import type { Placed } from "./modules.js";
import { knownText } from "./value.js";

export interface TerraformStore {
  /** Name or identifier that it is given; its label where that is only known later. */
  readonly name: string;
  readonly kind: Exclude<ResourceFact["kind"], "volume">;
  readonly technology: string;
  /** Logical database that it is made with; null when nothing says one. */
  readonly database: string | null;
  /** As values refer to it: `aws_sqs_queue.orders`. */
  readonly address: string;
  readonly file: string;
  readonly line: number;
}

interface StoreType {
  readonly kind: TerraformStore["kind"];
  /** Technology, or the attribute that says it and what holds without it. */
  readonly technology: string | { readonly attribute: string; readonly otherwise: string };
}

const engine = (otherwise: string): StoreType["technology"] => ({ attribute: "engine", otherwise });
const datastore = (technology: StoreType["technology"]): StoreType => ({ kind: "datastore", technology });
const cache = (technology: StoreType["technology"]): StoreType => ({ kind: "cache", technology });
const broker = (technology: StoreType["technology"]): StoreType => ({ kind: "broker", technology });
const topic = (technology: StoreType["technology"]): StoreType => ({ kind: "topic", technology });
const bucket = (technology: StoreType["technology"]): StoreType => ({ kind: "bucket", technology });

const types: ReadonlyMap<string, StoreType> = new Map([
  ["aws_db_instance", datastore(engine("rds"))],
  ["aws_rds_cluster", datastore(engine("aurora"))],
  ["aws_docdb_cluster", datastore("mongodb")],
  ["aws_neptune_cluster", datastore("neptune")],
  ["aws_redshift_cluster", datastore("redshift")],
  ["aws_opensearch_domain", datastore("opensearch")],
  ["aws_elasticsearch_domain", datastore("elasticsearch")],
  ["aws_keyspaces_keyspace", datastore("cassandra")],
  ["aws_dynamodb_table", { kind: "table", technology: "dynamodb" }],
  ["aws_elasticache_cluster", cache(engine("redis"))],
  ["aws_elasticache_replication_group", cache(engine("redis"))],
  ["aws_elasticache_serverless_cache", cache(engine("redis"))],
  ["aws_memorydb_cluster", cache("redis")],
  ["aws_sqs_queue", topic("sqs")],
  ["aws_sns_topic", topic("sns")],
  ["aws_kinesis_stream", topic("kinesis")],
  ["aws_cloudwatch_event_bus", broker("eventbridge")],
  ["aws_msk_cluster", broker("kafka")],
  ["aws_msk_serverless_cluster", broker("kafka")],
  ["aws_mq_broker", broker({ attribute: "engine_type", otherwise: "activemq" })],
  ["aws_s3_bucket", bucket("s3")],
  ["google_sql_database_instance", datastore({ attribute: "database_version", otherwise: "cloud-sql" })],
  ["google_alloydb_cluster", datastore("postgres")],
  ["google_spanner_instance", datastore("spanner")],
  ["google_bigtable_instance", datastore("bigtable")],
  ["google_bigquery_dataset", datastore("bigquery")],
  ["google_firestore_database", datastore("firestore")],
  ["google_redis_instance", cache("redis")],
  ["google_memcache_instance", cache("memcached")],
  ["google_pubsub_topic", topic("pubsub")],
  ["google_pubsub_subscription", topic("pubsub")],
  ["google_storage_bucket", bucket("gcs")],
  ["azurerm_mssql_server", datastore("sqlserver")],
  ["azurerm_mssql_database", datastore("sqlserver")],
  ["azurerm_sql_server", datastore("sqlserver")],
  ["azurerm_sql_database", datastore("sqlserver")],
  ["azurerm_postgresql_server", datastore("postgres")],
  ["azurerm_postgresql_flexible_server", datastore("postgres")],
  ["azurerm_mysql_server", datastore("mysql")],
  ["azurerm_mysql_flexible_server", datastore("mysql")],
  ["azurerm_mariadb_server", datastore("mariadb")],
  ["azurerm_cosmosdb_account", datastore("cosmosdb")],
  ["azurerm_redis_cache", cache("redis")],
  ["azurerm_servicebus_namespace", broker("servicebus")],
  ["azurerm_servicebus_queue", topic("servicebus")],
  ["azurerm_servicebus_topic", topic("servicebus")],
  ["azurerm_eventhub_namespace", broker("eventhubs")],
  ["azurerm_eventhub", topic("eventhubs")],
  ["azurerm_storage_account", bucket("azure-storage")],
  ["azurerm_storage_queue", topic("azure-storage")],
  ["mongodbatlas_cluster", datastore("mongodb")],
  ["mongodbatlas_advanced_cluster", datastore("mongodb")],
  ["confluent_kafka_cluster", broker("kafka")],
  ["confluent_kafka_topic", topic("kafka")],
  ["kafka_topic", topic("kafka")],
  ["cloudamqp_instance", broker("rabbitmq")],
  ["digitalocean_database_cluster", datastore(engine("database"))],
]);

/** Modules of the public registry that make one store each. */
const registryModules: readonly (readonly [RegExp, StoreType])[] = [
  [/\/rds-aurora\/aws/, datastore(engine("aurora"))],
  [/\/rds\/aws/, datastore(engine("rds"))],
  [/\/dynamodb-table\/aws/, { kind: "table", technology: "dynamodb" }],
  [/\/elasticache(?:-redis)?\/aws/, cache(engine("redis"))],
  [/\/opensearch\/aws/, datastore("opensearch")],
  [/\/sqs\/aws/, topic("sqs")],
  [/\/sns\/aws/, topic("sns")],
  [/\/eventbridge\/aws/, broker("eventbridge")],
  [/\/msk(?:-[\w-]{1,40})?\/aws/, broker("kafka")],
  [/\/s3-bucket\/aws/, bucket("s3")],
  [/\/sql-db\/google/, datastore({ attribute: "database_version", otherwise: "cloud-sql" })],
  [/\/memorystore\/google/, cache("redis")],
  [/\/pubsub\/google/, topic("pubsub")],
];

/** The store that a block makes; null for other blocks. */
export function storeOf(placed: Placed): TerraformStore | null {
  const { block, file, scope, address } = placed;
  const nested: Nested = { body: block.body, scope, line: block.line };
  const type = block.type === "resource" ? types.get(block.labels[0] ?? "") : registryType(textOfAttribute(nested, "source"));
  if (!type) return null;
  const label = block.labels.at(-1) ?? "";
  const given = nameAttributes.map((attribute) => knownText(valueOf(nested, attribute))).find((name) => name !== null);
  return {
    name: given ?? label,
    kind: type.kind,
    technology:
      typeof type.technology === "string"
        ? type.technology
        : technologyOf(knownText(valueOf(nested, type.technology.attribute)) ?? type.technology.otherwise),
    database: knownText(valueOf(nested, "db_name")) ?? knownText(valueOf(nested, "database_name")),
    address,
    file,
    line: block.line,
  };
}

function registryType(source: string | null): StoreType | undefined {
  return source === null ? undefined : registryModules.find(([pattern]) => pattern.test(source))?.[1];
}

const nameAttributes = [
  "name",
  "identifier",
  "cluster_identifier",
  "bucket",
  "cluster_id",
  "replication_group_id",
  "cluster_name",
  "broker_name",
  "domain_name",
  "topic_name",
  "dataset_id",
  "instance_id",
] as const;

/** `postgres` of `POSTGRES_15` and of `aurora-postgresql`. */
export function technologyOf(written: string): string {
  const plain = written.toLowerCase();
  if (plain.includes("postgres")) return "postgres";
  if (plain.includes("mysql")) return "mysql";
  if (plain.startsWith("sqlserver")) return "sqlserver";
  return plain.replace(/_\d.{0,40}$/, "");
}
