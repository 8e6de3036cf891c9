import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { type Connection, connectionOf, emitAddresses, hostAndPort } from "./addresses.js";
import { type CallSite, callsOf } from "./calls-of.js";
import { bindingsOf, imports, isModule } from "./imports.js";
import { argumentAt, propertiesAt, propertyText } from "./values.js";

interface StoreLibrary {
  readonly modules: readonly string[];
  readonly technology: string;
  /** Constructors and functions that connect; `default`: what the module itself exports is called. */
  readonly connects: readonly string[];
}

const libraries: readonly StoreLibrary[] = [
  { modules: ["mongoose", "@typegoose/typegoose"], technology: "mongodb", connects: ["connect", "createConnection"] },
  { modules: ["mongodb"], technology: "mongodb", connects: ["MongoClient", "connect"] },
  { modules: ["monk", "promised-mongo", "mongojs"], technology: "mongodb", connects: ["default"] },
  { modules: ["@nestjs/mongoose"], technology: "mongodb", connects: ["forRoot", "forRootAsync"] },
  {
    modules: ["pg", "@neondatabase/serverless", "@vercel/postgres"],
    technology: "postgresql",
    connects: ["Pool", "Client", "connect", "createPool", "createClient", "neon"],
  },
  { modules: ["postgres", "pg-promise", "slonik"], technology: "postgresql", connects: ["default", "createPool"] },
  {
    modules: ["mysql", "mysql2", "promise-mysql"],
    technology: "mysql",
    connects: ["createConnection", "createPool", "createPoolCluster"],
  },
  { modules: ["mariadb"], technology: "mariadb", connects: ["createConnection", "createPool"] },
  { modules: ["mssql", "tedious"], technology: "sqlserver", connects: ["connect", "ConnectionPool", "Connection"] },
  { modules: ["oracledb"], technology: "oracle", connects: ["getConnection", "createPool"] },
  { modules: ["better-sqlite3", "sqlite3", "sqlite"], technology: "sqlite", connects: ["default", "Database", "open"] },
  { modules: ["redis", "@redis/client"], technology: "redis", connects: ["createClient", "createCluster"] },
  { modules: ["ioredis", "@upstash/redis"], technology: "redis", connects: ["default", "Redis", "Cluster"] },
  {
    modules: [
      "connect-redis",
      "cache-manager-redis-store",
      "cache-manager-ioredis",
      "@keyv/redis",
      "cache-manager-redis-yet",
      "@liaoliaots/nestjs-redis",
      "@nestjs-modules/ioredis",
    ],
    technology: "redis",
    connects: ["default", "redisStore", "forRoot", "forRootAsync", "KeyvRedis", "createKeyv"],
  },
  { modules: ["memcached", "memjs"], technology: "memcached", connects: ["default", "create", "Client"] },
  { modules: ["cassandra-driver"], technology: "cassandra", connects: ["Client"] },
  { modules: ["@elastic/elasticsearch", "elasticsearch"], technology: "elasticsearch", connects: ["Client"] },
  { modules: ["@nestjs/elasticsearch"], technology: "elasticsearch", connects: ["register", "registerAsync"] },
  { modules: ["@opensearch-project/opensearch"], technology: "opensearch", connects: ["Client"] },
  { modules: ["neo4j-driver"], technology: "neo4j", connects: ["driver"] },
  { modules: ["nest-neo4j"], technology: "neo4j", connects: ["forRoot", "forRootAsync"] },
  {
    modules: ["influx", "@influxdata/influxdb-client", "@influxdata/influxdb3-client"],
    technology: "influxdb",
    connects: ["InfluxDB", "InfluxDBClient"],
  },
  {
    modules: ["@clickhouse/client", "clickhouse"],
    technology: "clickhouse",
    connects: ["createClient", "ClickHouse", "default"],
  },
  { modules: ["couchbase"], technology: "couchbase", connects: ["connect", "Cluster"] },
  { modules: ["nano"], technology: "couchdb", connects: ["default"] },
  { modules: ["meilisearch"], technology: "meilisearch", connects: ["MeiliSearch", "Meilisearch"] },
  { modules: ["typesense"], technology: "typesense", connects: ["Client"] },
  { modules: ["@qdrant/js-client-rest"], technology: "qdrant", connects: ["QdrantClient"] },
  {
    modules: ["weaviate-client", "weaviate-ts-client"],
    technology: "weaviate",
    connects: ["client", "connectToCustom", "connectToLocal"],
  },
  { modules: ["minio"], technology: "minio", connects: ["Client"] },
  { modules: ["@aws-sdk/client-s3", "aws-sdk/clients/s3"], technology: "s3", connects: ["S3Client", "S3", "default"] },
  {
    modules: ["@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb"],
    technology: "dynamodb",
    connects: ["DynamoDBClient", "DynamoDB", "DynamoDBDocumentClient"],
  },
  { modules: ["aws-sdk"], technology: "dynamodb", connects: ["DocumentClient", "DynamoDB"] },
  { modules: ["aws-sdk"], technology: "s3", connects: ["S3"] },
  { modules: ["@aws-sdk/client-sqs"], technology: "sqs", connects: ["SQSClient", "SQS"] },
  { modules: ["aws-sdk"], technology: "sqs", connects: ["SQS"] },
  { modules: ["@aws-sdk/client-sns"], technology: "sns", connects: ["SNSClient", "SNS"] },
  { modules: ["aws-sdk"], technology: "sns", connects: ["SNS"] },
  { modules: ["@google-cloud/pubsub"], technology: "pubsub", connects: ["PubSub"] },
  { modules: ["@google-cloud/firestore"], technology: "firestore", connects: ["Firestore"] },
  { modules: ["@google-cloud/storage"], technology: "gcs", connects: ["Storage"] },
  { modules: ["@azure/cosmos"], technology: "cosmosdb", connects: ["CosmosClient"] },
  { modules: ["@azure/storage-blob"], technology: "azure-blob", connects: ["BlobServiceClient", "fromConnectionString"] },
  { modules: ["etcd3"], technology: "etcd", connects: ["Etcd3"] },
  { modules: ["node-zookeeper-client", "zookeeper"], technology: "zookeeper", connects: ["createClient", "default"] },
  { modules: ["@eventstore/db-client"], technology: "eventstore", connects: ["connectionString", "EventStoreDBClient"] },
  { modules: ["arangojs"], technology: "arangodb", connects: ["Database"] },
  { modules: ["rethinkdb", "rethinkdbdash"], technology: "rethinkdb", connects: ["connect", "default"] },
];

const clients = new Set(["dynamodb", "s3", "sqs", "sns", "pubsub", "firestore", "gcs"]);

/** Clients of databases, caches and object stores that are made in this file. */
export const stores: Detector = {
  name: "javascript/stores",
  languages: ["javascript"],
  words: libraries.flatMap(({ modules }) => modules),
  detect(source, emit) {
    for (const library of libraries) {
      if (!imports(source, ...library.modules)) continue;
      const names = namesOf(source, library);
      for (const call of callsOf(source)) if (connects(call, library, names)) connected(source, call, library, emit);
    }
  },
};

interface LibraryNames {
  /** What may be called itself. */
  readonly direct: ReadonlySet<string>;
  /** What the whole library, or a class of it, is called. */
  readonly whole: ReadonlySet<string>;
}

function namesOf(source: Source, { modules, connects: wanted }: StoreLibrary): LibraryNames {
  const bindings = bindingsOf(source).filter(({ module }) => modules.some((one) => isModule(module, one)));
  return {
    direct: new Set(
      bindings.flatMap(({ local, imported }) =>
        wanted.includes(imported) || ((imported === "default" || imported === "*") && wanted.includes("default")) ? [local] : [],
      ),
    ),
    whole: new Set(bindings.map(({ local }) => local)),
  };
}

function connects(call: CallSite, { connects: wanted, modules }: StoreLibrary, { direct, whole }: LibraryNames): boolean {
  const root = call.path.split(".")[0] ?? "";
  if (root === call.name) return direct.has(call.name);
  if (!whole.has(root) || !wanted.includes(call.name)) return false;
  return modules[0] !== "aws-sdk" || call.isNew;
}

function connected(source: Source, call: CallSite, { technology, modules }: StoreLibrary, emit: Emit): void {
  const connection = connectionOf(source, call.open);
  const pair = connection.addresses.length < 2 ? hostAndPort(source, call.open) : null;
  const isFile = technology === "sqlite";
  if (!isFile)
    emitAddresses(
      emit,
      call.start,
      technology,
      pair === null ? named(connection, technology) : { ...connection, addresses: [pair] },
    );
  const library = modules.find((module) => imports(source, module)) ?? modules[0] ?? technology;
  emit(call.start, {
    kind: "store-client",
    technology,
    library,
    database: isFile || technology === "redis" ? null : databaseName(connection.database),
  });
}

/** Clients of clouds have a region and no address; what is given may still be one of a local stand-in. */
function named(connection: Connection, technology: string): Connection {
  if (!clients.has(technology)) return connection;
  return { ...connection, addresses: connection.addresses.filter((address) => /:\/\//.test(address) || /\$\{/.test(address)) };
}

function databaseName(name: Template | null): Template | null {
  return name === null || name === "{}" || /^\d{1,4}$/.test(name) ? null : name;
}

const dialects = new Map([
  ["postgres", "postgresql"],
  ["postgresql", "postgresql"],
  ["pg", "postgresql"],
  ["cockroachdb", "cockroachdb"],
  ["aurora-postgres", "postgresql"],
  ["pg-native", "postgresql"],
  ["mysql", "mysql"],
  ["mysql2", "mysql"],
  ["mariadb", "mariadb"],
  ["aurora-mysql", "mysql"],
  ["mssql", "sqlserver"],
  ["tedious", "sqlserver"],
  ["oracle", "oracle"],
  ["oracledb", "oracle"],
  ["mongodb", "mongodb"],
  ["mongo", "mongodb"],
  ["sqlite", "sqlite"],
  ["sqlite3", "sqlite"],
  ["better-sqlite3", "sqlite"],
  ["better-sqlite", "sqlite"],
  ["redis", "redis"],
]);
const schemes = /^(postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|mongodb(?:\+srv)?|sqlite|oracle|redis)s?:/;
const mappers = [
  "typeorm",
  "@nestjs/typeorm",
  "sequelize",
  "sequelize-typescript",
  "@nestjs/sequelize",
  "knex",
  "@mikro-orm/*",
  "@mikro-orm/core",
  "objection",
  "drizzle-orm",
  "bookshelf",
  "drizzle-kit",
  "kysely",
];

/** Object mappers: the database is one of the options. */
export const mapperStores: Detector = {
  name: "javascript/mapper-stores",
  languages: ["javascript"],
  words: ["typeorm", "sequelize", "knex", "mikro-orm", "drizzle", "DataSourceOptions"],
  detect(source, emit) {
    if (!imports(source, ...mappers)) return;
    const library = mappers.find((module) => imports(source, module)) ?? "";
    for (const call of callsOf(source)) {
      const isMade =
        (call.isNew && /^(?:DataSource|Sequelize|MikroORM|Connection)$/.test(call.name)) ||
        /^(?:knex|Knex|createConnection|createConnections|defineConfig)$/.test(call.name) ||
        (/^(?:forRoot|forRootAsync)$/.test(call.name) &&
          /^(?:TypeOrmModule|SequelizeModule|MikroOrmModule|KnexModule)$/.test(call.receiver)) ||
        (call.name === "init" && call.receiver === "MikroORM");
      if (isMade) mapper(source, call, library, emit);
    }
    dialectObjects(source, library, emit);
  },
};

function mapper(source: Source, call: CallSite, library: string, emit: Emit): void {
  const connection = connectionOf(source, call.open);
  const options = [0, 1, 2, 3].map((index) => propertiesAt(source, argumentAt(source, call.open, index)));
  const dialect =
    options.map((one) => propertyText(source, one, "type", "dialect", "client", "driver")).find((text) => text !== null) ??
    schemes.exec(connection.addresses[0] ?? "")?.[1] ??
    "";
  const technology = dialects.get(dialect.replace("+srv", ""));
  if (technology === undefined) return;
  const isNamed = library.startsWith("sequelize") && argumentAt(source, call.open, 2) !== null;
  const address = isNamed
    ? { ...connection, addresses: options.flatMap((one) => propertyText(source, one, "host") ?? []) }
    : connection;
  if (technology !== "sqlite") emitAddresses(emit, call.start, technology, address);
  emit(call.start, {
    kind: "store-client",
    technology,
    library,
    database: technology === "sqlite" ? null : databaseName(connection.database),
  });
}

/** `export const options: DataSourceOptions = { type: "postgres", … }` that another file connects with. */
function dialectObjects(source: Source, library: string, emit: Emit): void {
  const pattern =
    /(?<![\w$])(?:DataSourceOptions|ConnectionOptions|TypeOrmModuleOptions|PostgresConnectionOptions|MysqlConnectionOptions|SequelizeModuleOptions|Knex\.Config|Options(?:<\w{1,40}>)?)(?:\s{0,3}=\s{0,9}|>?\s{0,3}(?:=>\s{0,9})?\(?|\s{0,3}\{[^{}]{0,200}return\s{1,9})(?=\{)/g;
  let count = 0;
  for (let match = pattern.exec(source.bare); match !== null && count++ < 20; match = pattern.exec(source.bare)) {
    const at = pattern.lastIndex;
    const options = propertiesAt(source, at);
    const technology = dialects.get(propertyText(source, options, "type", "dialect", "client") ?? "");
    if (technology === undefined || technology === "sqlite") continue;
    const host = propertyText(source, options, "url", "host");
    const port = propertyText(source, options, "port");
    if (host !== null && host !== "{}")
      emitAddresses(emit, match.index, technology, {
        addresses: [port !== null && !host.includes("://") ? `${host}:${port}` : host],
        database: null,
      });
    emit(match.index, {
      kind: "store-client",
      technology,
      library,
      database: databaseName(propertyText(source, options, "database")),
    });
  }
}
