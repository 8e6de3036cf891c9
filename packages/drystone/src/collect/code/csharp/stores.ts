/** Clients of databases, caches and brokers, with the address where code gives one. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { callsOf } from "./calls.js";
import { structureOf } from "./structure.js";
import { argument, argumentAt, valueAt } from "./values.js";

interface StoreCall {
  /** Names of methods and, with `new `, of constructed types. */
  readonly pattern: RegExp;
  readonly technology: string;
  readonly library: string;
  /** Index of the argument that is an address; null when there is none. */
  readonly at: number | null;
}

const calls: readonly StoreCall[] = [
  made("SqlConnection|SqlConnectionStringBuilder", "sqlserver", "Microsoft.Data.SqlClient"),
  made("NpgsqlConnection|NpgsqlConnectionStringBuilder|NpgsqlDataSourceBuilder", "postgresql", "Npgsql"),
  made("MySqlConnection|MySqlConnectionStringBuilder", "mysql", "MySqlConnector"),
  made("OracleConnection", "oracle", "Oracle.ManagedDataAccess"),
  made("SqliteConnection|SQLiteConnection", "sqlite", "Microsoft.Data.Sqlite"),
  made("MongoClient|MongoUrl", "mongodb", "MongoDB.Driver"),
  made("CosmosClient|DocumentClient", "cosmosdb", "Microsoft.Azure.Cosmos"),
  made("ElasticClient|ElasticsearchClient|ElasticLowLevelClient", "elasticsearch", "Elastic.Clients.Elasticsearch", null),
  made("OpenSearchClient", "opensearch", "OpenSearch.Client", null),
  made("AmazonDynamoDBClient|DynamoDBContext", "dynamodb", "AWSSDK.DynamoDBv2", null),
  made("AmazonS3Client", "s3", "AWSSDK.S3", null),
  made("BlobServiceClient|BlobContainerClient", "azure-blob", "Azure.Storage.Blobs"),
  made("ServiceBusClient|ServiceBusAdministrationClient", "azure-service-bus", "Azure.Messaging.ServiceBus"),
  made("EventStoreClient", "eventstore", "EventStore.Client", null),
  made("InfluxDBClient", "influxdb", "InfluxDB.Client"),
  made("QdrantClient", "qdrant", "Qdrant.Client"),
  made("NatsConnection|NatsClient", "nats", "NATS.Net", null),
  made("(?:ProducerBuilder|ConsumerBuilder|AdminClientBuilder)<[^()]{0,80}>", "kafka", "Confluent.Kafka", null),
  called(/\bNpgsqlDataSource\s{0,3}\.\s{0,3}Create\s{0,3}(?=\()/g, "postgresql", "Npgsql"),
  called(/\bConnectionMultiplexer\s{0,3}\.\s{0,3}Connect(?:Async)?\s{0,3}(?=\()/g, "redis", "StackExchange.Redis"),
  called(/\bConfigurationOptions\s{0,3}\.\s{0,3}Parse\s{0,3}(?=\()/g, "redis", "StackExchange.Redis"),
  called(/\bRedisConnectionProvider\s{0,3}(?=\()/g, "redis", "Redis.OM"),
  called(/\bEventStoreClientSettings\s{0,3}\.\s{0,3}Create\s{0,3}(?=\()/g, "eventstore", "EventStore.Client"),
  called(/\bGraphDatabase\s{0,3}\.\s{0,3}Driver\s{0,3}(?=\()/g, "neo4j", "Neo4j.Driver"),
  called(
    /\bCluster\s{0,3}\.\s{0,3}Builder\s{0,3}\(\s{0,3}\)[\s\S]{0,200}?\.\s{0,5}AddContactPoints?\s{0,3}(?=\()/g,
    "cassandra",
    "CassandraCSharpDriver",
  ),
  called(/\.\s{0,9}Use(?:SqlServer|AzureSql)\s{0,3}(?=\()/g, "sqlserver", "EntityFrameworkCore.SqlServer"),
  called(/\.\s{0,9}UseNpgsql\s{0,3}(?=\()/g, "postgresql", "Npgsql.EntityFrameworkCore.PostgreSQL"),
  called(/\.\s{0,9}UseMySQL\s{0,3}(?=\()/gi, "mysql", "EntityFrameworkCore.MySql"),
  called(/\.\s{0,9}UseOracle\s{0,3}(?=\()/g, "oracle", "EntityFrameworkCore.Oracle"),
  called(/\.\s{0,9}UseSqlite\s{0,3}(?=\()/g, "sqlite", "EntityFrameworkCore.Sqlite"),
  called(/\.\s{0,9}UseCosmos\s{0,3}(?=\()/g, "cosmosdb", "EntityFrameworkCore.Cosmos"),
  called(/\.\s{0,9}UseMongoDB\s{0,3}(?=\()/g, "mongodb", "MongoDB.EntityFrameworkCore"),
  called(/\.\s{0,9}UseInMemoryDatabase\s{0,3}(?=\()/g, "in-memory", "EntityFrameworkCore.InMemory", null),
  called(/\.\s{0,9}UsePostgreSqlStorage\s{0,3}(?=\()/g, "postgresql", "Hangfire.PostgreSql"),
  called(/\.\s{0,9}UseSqlServerStorage\s{0,3}(?=\()/g, "sqlserver", "Hangfire.SqlServer"),
  called(/\.\s{0,9}UseRedisStorage\s{0,3}(?=\()/g, "redis", "Hangfire.Redis"),
  called(/\.\s{0,9}UseMongoStorage\s{0,3}(?=\()/g, "mongodb", "Hangfire.Mongo"),
  called(/\.\s{0,9}AddStackExchangeRedis\s{0,3}(?=\()/g, "redis", "Microsoft.AspNetCore.SignalR.StackExchangeRedis"),
  called(/\b[sS]ervices\s{0,60}\.\s{0,5}AddNpgsqlDataSource\s{0,3}(?=\()/g, "postgresql", "Npgsql"),
  called(/\.\s{0,9}AddEventStoreClient\s{0,3}(?=\()/g, "eventstore", "EventStore.Client"),
  called(/\.\s{0,9}UsingRabbitMq\s{0,3}(?=\()/g, "rabbitmq", "MassTransit.RabbitMQ", null),
  called(/\.\s{0,9}UsingAzureServiceBus\s{0,3}(?=\()/g, "azure-service-bus", "MassTransit.Azure.ServiceBus", null),
  called(/\.\s{0,9}UsingKafka\s{0,3}(?=\()/g, "kafka", "MassTransit.Kafka", null),
  called(/\bnew\s{1,9}RabbitMQTransport\s{0,3}(?=\()/g, "rabbitmq", "NServiceBus.RabbitMQ", null),
  called(/\.\s{0,9}UseRabbitMq\s{0,3}(?=\()/g, "rabbitmq", "Rebus.RabbitMq", null),
  called(/\bRabbitHutch\s{0,3}\.\s{0,3}CreateBus\s{0,3}(?=\()/g, "rabbitmq", "EasyNetQ"),
];

function made(names: string, technology: string, library: string, at: number | null = 0): StoreCall {
  return { pattern: new RegExp(`\\bnew\\s{1,9}(?:${names})\\s{0,3}(?=\\()`, "g"), technology, library, at };
}

function called(pattern: RegExp, technology: string, library: string, at: number | null = 0): StoreCall {
  return { pattern, technology, library, at };
}

export const storeClients: Detector = {
  name: "csharp/store-clients",
  languages: ["csharp"],
  words: null,
  detect(source, emit) {
    for (const { pattern, technology, library, at } of calls) {
      let count = 0;
      for (const match of matches(source.bare, pattern)) {
        if (++count > 20) break;
        const open = match.index + match[0].length;
        emit(match.index, { kind: "store-client", technology, library, database: databaseOf(source, technology, open) });
        const value = at === null ? null : argument(source, open, at, "connectionString", "configuration", "connectionUri");
        emitAddress(emit, match.index, technology, value);
      }
    }
  },
};

/** A whole address or settings; a lone word that no host or setting can be is left out. */
function emitAddress(emit: Emit, offset: number, technology: string, value: Template | null): void {
  if (value !== null && !value.startsWith("{}") && value.length < 1000 && /^\$\{|[:=/.]|^[\w-]{2,60}$/.test(value))
    emit(offset, { kind: "address", value, technology, use: "client" });
}

function databaseOf(source: Source, technology: string, open: number): Template | null {
  if (technology === "mongodb") {
    const named = /\.\s{0,30}GetDatabase\s{0,3}(?=\()/.exec(source.bare);
    return named === null ? null : known(argument(source, named.index + named[0].length, 0, "name"));
  }
  return technology === "cosmosdb" ? known(argument(source, open, 2, "databaseName")) : null;
}

function known(value: Template | null): Template | null {
  return value === null || value.startsWith("{}") ? null : value;
}

/** Properties that hold an address, where the type or the extension around them tells what answers there. */
const properties: readonly {
  readonly words: readonly string[];
  readonly pattern: RegExp;
  readonly technology: string;
  readonly port: RegExp | null;
}[] = [
  {
    words: ["RabbitMQ.Client", "ConnectionFactory"],
    pattern: /\b(?:HostName|Uri)\s{0,9}=(?!=|>)\s{0,40}/g,
    technology: "rabbitmq",
    port: /\bPort\s{0,9}=\s{0,9}(\d{2,5})\b/,
  },
  { words: ["BootstrapServers"], pattern: /\bBootstrapServers\s{0,9}=(?!=|>)\s{0,40}/g, technology: "kafka", port: null },
  {
    words: ["AddStackExchangeRedisCache", "AddDistributedRedisCache"],
    pattern: /\bConfiguration\s{0,9}=(?!=|>)\s{0,40}/g,
    technology: "redis",
    port: null,
  },
  { words: ["CapOptions", "AddCap"], pattern: /\bHostName\s{0,9}=(?!=|>)\s{0,40}/g, technology: "rabbitmq", port: null },
];

const holders: readonly { readonly words: readonly string[]; readonly pattern: RegExp; readonly technology: string }[] = [
  { words: ["MassTransit"], pattern: /\b\w{1,40}\s{0,3}\.\s{0,3}Host\s{0,3}(?=\()/g, technology: "rabbitmq" },
  {
    words: ["Marten"],
    pattern: /(?:\bAddMarten|\.\s{0,3}Connection)\s{0,3}(?=\(\s{0,40}[^)\s(]{2,60})/g,
    technology: "postgresql",
  },
  { words: ["EndPoints.Add"], pattern: /\bEndPoints\.Add\s{0,3}(?=\()/g, technology: "redis" },
  {
    words: ["new Uri", "Elastic"],
    pattern: /\bnew\s{1,9}(?:ElasticsearchClientSettings|ConnectionSettings)\s{0,3}(?=\()/g,
    technology: "elasticsearch",
  },
];

export const clientAddresses: Detector = {
  name: "csharp/client-addresses",
  languages: ["csharp"],
  words: [...properties, ...holders].flatMap(({ words }) => words),
  detect(source, emit) {
    for (const { words, pattern, technology, port } of properties) {
      if (!words.some((word) => source.text.includes(word))) continue;
      for (const match of matches(source.bare, pattern)) {
        const value = valueAt(source, match.index + match[0].length);
        const number = port?.exec(source.bare.slice(match.index, match.index + 300))?.[1];
        const isHost = value !== null && /^[\w.-]{2,80}$/.test(value);
        emitAddress(
          emit,
          match.index,
          technology,
          value !== null && isHost && number !== undefined ? `${value}:${number}` : value,
        );
      }
    }
    for (const { words, pattern, technology } of holders) {
      if (!words.some((word) => source.text.includes(word))) continue;
      if (words[0] === "MassTransit" && !/UsingRabbitMq|CreateUsingRabbitMq/.test(source.bare)) continue;
      for (const match of matches(source.bare, pattern))
        emitAddress(emit, match.index, technology, argument(source, match.index + match[0].length, 0));
    }
    if (source.text.includes("RabbitMQ.Client") || /\bnew\s{1,9}ConnectionFactory\b/.test(source.bare))
      emitOnce(source, emit, /\bnew\s{1,9}ConnectionFactory\b/, "rabbitmq", "RabbitMQ.Client");
    emitOnce(
      source,
      emit,
      /\bAdd(?:StackExchange|Distributed)RedisCache\s{0,3}\(/,
      "redis",
      "Microsoft.Extensions.Caching.StackExchangeRedis",
    );
    emitOnce(source, emit, /\bAddMarten\s{0,3}\(/, "postgresql", "Marten");
  },
};

function emitOnce(source: Source, emit: Emit, pattern: RegExp, technology: string, library: string): void {
  const found = pattern.exec(source.bare);
  if (found !== null) emit(found.index, { kind: "store-client", technology, library, database: null });
}

/** Client integrations of Aspire: the argument is the name of a connection string. */
const integrations: readonly (readonly [method: string, technology: string])[] = [
  [
    "AddNpgsqlDbContext|AddNpgsqlDataSource|AddKeyedNpgsqlDataSource|AddAzureNpgsqlDbContext|AddAzureNpgsqlDataSource",
    "postgresql",
  ],
  ["AddSqlServerDbContext|AddSqlServerClient|AddKeyedSqlServerClient", "sqlserver"],
  ["AddMySqlDbContext|AddMySqlDataSource|AddKeyedMySqlDataSource", "mysql"],
  ["AddOracleDatabaseDbContext", "oracle"],
  ["AddMongoDBClient|AddKeyedMongoDBClient", "mongodb"],
  [
    "AddRedisClient|AddRedisDistributedCache|AddRedisOutputCache|AddKeyedRedisClient|AddKeyedRedisDistributedCache|AddRedisClientBuilder|AddValkeyClient",
    "redis",
  ],
  ["AddRabbitMQClient|AddKeyedRabbitMQClient", "rabbitmq"],
  ["AddKafkaProducer|AddKafkaConsumer|AddKeyedKafkaProducer|AddKeyedKafkaConsumer", "kafka"],
  ["AddNatsClient|AddKeyedNatsClient|AddNatsJetStream", "nats"],
  ["AddAzureServiceBusClient|AddKeyedAzureServiceBusClient", "azure-service-bus"],
  ["AddAzureBlobClient|AddAzureBlobServiceClient|AddAzureBlobContainerClient", "azure-blob"],
  ["AddAzureCosmosClient|AddCosmosDbContext", "cosmosdb"],
  ["AddElasticsearchClient|AddKeyedElasticsearchClient", "elasticsearch"],
  ["AddQdrantClient|AddKeyedQdrantClient", "qdrant"],
  ["AddMilvusClient", "milvus"],
  ["AddMeilisearchClient", "meilisearch"],
];

export const aspireClients: Detector = {
  name: "csharp/aspire-clients",
  languages: ["csharp"],
  words: ["builder.Add", "Builder.Add", "IHostApplicationBuilder"],
  detect(source, emit) {
    for (const [names, technology] of integrations) {
      for (const call of callsOf(source, names)) {
        const type = structureOf(source).typeOf(call.receiver, call.start);
        if (!/[bB]uilder$/.test(call.receiver) && type?.endsWith("Builder") !== true) continue;
        const at = argumentAt(source, call.open, 0, "connectionName");
        const name = at === null ? null : valueAt(source, at);
        emit(call.start, {
          kind: "store-client",
          technology,
          library: `Aspire.${call.name.replace(/^Add(?:Keyed)?/, "")}`,
          database: null,
        });
        if (name === null || !/^[\w.-]{1,80}$/.test(name)) continue;
        emit(call.start, { kind: "setting", key: `ConnectionStrings:${name}`, fallback: null });
        emit(call.start, { kind: "address", value: `\${ConnectionStrings:${name}}`, technology, use: "client" });
      }
    }
  },
};
