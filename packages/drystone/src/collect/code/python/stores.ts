import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { argumentAt, argumentText, type PythonCall, pythonCalls, textsAt } from "./names.js";

interface StoreLibrary {
  readonly technology: string;
  readonly makes: RegExp;
  /** Index of the address among the arguments; null: only by name. */
  readonly address: number | null;
}

const libraries: readonly StoreLibrary[] = [
  {
    technology: "postgresql",
    makes:
      /^(?:psycopg2?(?:_pool)?|asyncpg|aiopg|pg8000|psycopg2cffi)\.(?:\w{1,20}\.)?(?:connect|create_pool|AsyncConnection\.connect|Connection\.connect|SimpleConnectionPool|ThreadedConnectionPool|ConnectionPool|AsyncConnectionPool)$/,
    address: 0,
  },
  {
    technology: "mysql",
    makes:
      /^(?:mysql\.connector|pymysql|MySQLdb|aiomysql|asyncmy|mariadb)\.(?:\w{1,20}\.)?(?:connect|create_pool|Connect|Connection|MySQLConnectionPool|ConnectionPool)$/,
    address: 0,
  },
  {
    technology: "mongodb",
    makes:
      /^(?:pymongo|motor|mongoengine|flask_pymongo|flask_mongoengine|mongokit)\.(?:\w{1,20}\.)?(?:MongoClient|AsyncMongoClient|AsyncIOMotorClient|MotorClient|connect|PyMongo|Connection)$/,
    address: 0,
  },
  {
    technology: "redis",
    makes:
      /^(?:redis|aioredis|redis\.asyncio|fakeredis|coredis|walrus)\.(?:\w{1,20}\.){0,2}(?:Redis|StrictRedis|from_url|RedisCluster|create_redis_pool|create_redis|ConnectionPool|BlockingConnectionPool|ConnectionPool\.from_url|Redis\.from_url|StrictRedis\.from_url|Sentinel|Database)$/,
    address: 0,
  },
  {
    technology: "memcached",
    makes:
      /^(?:memcache|pymemcache|pylibmc|aiomcache|bmemcached)\.(?:\w{1,20}\.){0,3}(?:Client|PooledClient|HashClient|MultiCallClient)$/,
    address: 0,
  },
  {
    technology: "elasticsearch",
    makes: /^elasticsearch(?:_dsl\.connections\.connections)?\.(?:Elasticsearch|AsyncElasticsearch|create_connection)$/,
    address: 0,
  },
  { technology: "opensearch", makes: /^opensearchpy\.(?:OpenSearch|AsyncOpenSearch)$/, address: 0 },
  { technology: "cassandra", makes: /^cassandra\.(?:cluster\.)?Cluster$/, address: 0 },
  { technology: "neo4j", makes: /^neo4j\.(?:GraphDatabase|AsyncGraphDatabase)\.driver$/, address: 0 },
  { technology: "neo4j", makes: /^py2neo\.Graph$/, address: 0 },
  {
    technology: "influxdb",
    makes: /^(?:influxdb|influxdb_client|influxdb_client_3)\.(?:InfluxDBClient|InfluxDBClient3|DataFrameClient)$/,
    address: 0,
  },
  {
    technology: "clickhouse",
    makes: /^(?:clickhouse_driver\.Client|clickhouse_connect\.get_client|clickhouse_driver\.connect|aiochclient\.ChClient)$/,
    address: 0,
  },
  { technology: "sqlserver", makes: /^(?:pyodbc|pymssql|aioodbc)\.connect$/, address: 0 },
  { technology: "oracle", makes: /^(?:cx_Oracle|oracledb)\.(?:connect|create_pool|SessionPool)$/, address: null },
  { technology: "couchdb", makes: /^(?:couchdb\.Server|cloudant\.client\.\w{1,20})$/, address: 0 },
  { technology: "minio", makes: /^minio\.Minio$/, address: 0 },
  { technology: "qdrant", makes: /^qdrant_client\.(?:Async)?QdrantClient$/, address: 0 },
  { technology: "weaviate", makes: /^weaviate\.(?:Client|connect_to_\w{1,20})$/, address: 0 },
  { technology: "milvus", makes: /^pymilvus\.(?:connections\.connect|MilvusClient)$/, address: 0 },
  { technology: "etcd", makes: /^etcd3?\.(?:client|Client)$/, address: 0 },
  { technology: "zookeeper", makes: /^kazoo\.client\.KazooClient$/, address: 0 },
  {
    technology: "rabbitmq",
    makes: /^pika\.(?:BlockingConnection|SelectConnection|URLParameters|ConnectionParameters|adapters\.\w{1,40}\.\w{1,40})$/,
    address: 0,
  },
  {
    technology: "rabbitmq",
    makes:
      /^(?:aio_pika\.(?:connect|connect_robust)|aioamqp\.connect|kombu\.(?:Connection|connection\.Connection)|amqpstorm\.(?:UriConnection|Connection)|rabbitpy\.Connection|puka\.Client)$/,
    address: 0,
  },
  {
    technology: "kafka",
    makes:
      /^(?:kafka|aiokafka|kafka3)\.(?:\w{1,20}\.)?(?:KafkaProducer|KafkaConsumer|AIOKafkaProducer|AIOKafkaConsumer|KafkaAdminClient|SimpleProducer|KafkaClient)$/,
    address: null,
  },
  {
    technology: "kafka",
    makes:
      /^confluent_kafka\.(?:\w{1,30}\.){0,2}(?:Producer|Consumer|SerializingProducer|DeserializingConsumer|AvroProducer|AvroConsumer|AdminClient)$/,
    address: null,
  },
  { technology: "kafka", makes: /^(?:faust|faust_streaming)\.App$/, address: null },
  { technology: "nats", makes: /^nats\.(?:aio\.client\.)?(?:connect|Client\(\)\.connect)$/, address: 0 },
  {
    technology: "mqtt",
    makes: /^(?:paho\.mqtt\.client\.Client(?:\(\)\.connect)?|aiomqtt\.Client|asyncio_mqtt\.Client|gmqtt\.Client)$/,
    address: null,
  },
  { technology: "pubsub", makes: /^google\.cloud\.pubsub(?:_v1)?\.(?:PublisherClient|SubscriberClient)$/, address: null },
  { technology: "bigquery", makes: /^google\.cloud\.bigquery\.Client$/, address: null },
  { technology: "firestore", makes: /^google\.cloud\.firestore\.(?:Async)?Client$/, address: null },
  { technology: "gcs", makes: /^google\.cloud\.storage\.Client$/, address: null },
  { technology: "cosmosdb", makes: /^azure\.cosmos\.(?:aio\.)?CosmosClient$/, address: 0 },
  {
    technology: "azure-blob",
    makes: /^azure\.storage\.blob\.(?:aio\.)?BlobServiceClient(?:\.from_connection_string)?$/,
    address: 0,
  },
  { technology: "servicebus", makes: /^azure\.servicebus\.(?:aio\.)?ServiceBusClient(?:\.from_connection_string)?$/, address: 0 },
  { technology: "snowflake", makes: /^snowflake\.connector\.connect$/, address: null },
];

const pools = /Pool$|ConnectionParameters$|URLParameters$/;

/** Clients of databases, caches and brokers that are made in this file. */
export const stores: Detector = {
  name: "python/stores",
  languages: ["python"],
  words: [
    "psycopg",
    "asyncpg",
    "aiopg",
    "pg8000",
    "mysql",
    "MySQL",
    "mariadb",
    "mongo",
    "motor",
    "redis",
    "memcache",
    "pylibmc",
    "elasticsearch",
    "opensearch",
    "cassandra",
    "neo4j",
    "influx",
    "clickhouse",
    "odbc",
    "mssql",
    "racle",
    "couchdb",
    "minio",
    "qdrant",
    "weaviate",
    "milvus",
    "etcd",
    "kazoo",
    "pika",
    "kombu",
    "amqp",
    "rabbit",
    "kafka",
    "faust",
    "nats",
    "mqtt",
    "google.cloud",
    "azure",
    "snowflake",
    "boto",
  ],
  detect(source, emit) {
    for (const call of pythonCalls(source)) {
      const library = libraries.find(({ makes }) => makes.test(call.full));
      if (library !== undefined) connected(source, call, library, emit);
      else if (/^(?:aio)?boto3?\.(?:\w{1,20}\.|Session\(\)\.|session\.Session\(\)\.)?(?:client|resource)$/.test(call.full))
        cloudClient(source, call, emit);
    }
  },
};

function connected(source: Source, call: PythonCall, library: StoreLibrary, emit: Emit): void {
  const { technology } = library;
  for (const value of addressesOf(source, call.open, library.address))
    emit(call.start, { kind: "address", value, technology, use: "client" });
  const database = argumentText(
    source,
    call.open,
    technology === "mongodb" && call.full.endsWith(".connect") ? 0 : null,
    "database",
    "dbname",
    "db_name",
    "keyspace",
  );
  const mysqlDatabase = technology === "mysql" ? argumentText(source, call.open, null, "db") : null;
  const name = database ?? mysqlDatabase;
  if (pools.test(call.full) && technology === "rabbitmq") return;
  emit(call.start, {
    kind: "store-client",
    technology,
    library: call.full.split(".")[0] ?? technology,
    database: name !== null && isName(name) ? name : null,
  });
}

function isName(text: Template): boolean {
  return /^[\w.$-]{1,80}$|\$\{/.test(text) && !/^\d+$/.test(text);
}

/** `host=…, port=…`, an address or a list of them at its place, `dsn=`, `bootstrap_servers=`, a dict of Kafka settings. */
function addressesOf(source: Source, open: number, index: number | null): Template[] {
  const whole = argumentAt(
    source,
    open,
    null,
    "dsn",
    "url",
    "uri",
    "conninfo",
    "bootstrap_servers",
    "hosts",
    "contact_points",
    "broker",
    "servers",
    "endpoint",
    "connection_string",
    "address",
    "connect",
  );
  const host = argumentText(source, open, null, "host", "hostname", "server", "host_name", "unix_host");
  const port = argumentText(source, open, null, "port");
  if (host !== null && host !== "{}")
    return [port !== null && !host.includes("://") && !/:\d/.test(host) ? `${host}:${port}` : host];
  const found = whole !== null ? textsAt(source, whole) : firstAddress(source, open, index);
  const settings = source.code.slice(open, open + 1500);
  const kafka = /["']bootstrap\.servers["']\s{0,9}:\s{0,9}/.exec(settings);
  const listed = kafka === null ? [] : textsAt(source, open + kafka.index + kafka[0].length);
  return [...found, ...listed].filter((text) => /[A-Za-z]/.test(text) && !/\s{2}|^[{}]+$/.test(text)).slice(0, 10);
}

function firstAddress(source: Source, open: number, index: number | null): Template[] {
  const first = index === null ? null : argumentAt(source, open, index);
  const port = argumentText(source, open, 1);
  const values = textsAt(source, first);
  const [only] = values;
  return values.length === 1 && only !== undefined && /^[\w.-]{1,80}$/.test(only) && port !== null && /^\d{2,5}$/.test(port)
    ? [`${only}:${port}`]
    : values;
}

/** boto3: the service is named. */
function cloudClient(source: Source, call: PythonCall, emit: Emit): void {
  const service = argumentText(source, call.open, 0, "service_name");
  if (service === null || !/^(?:s3|sqs|sns|dynamodb|kinesis|events|firehose|ses|sesv2|lambda|stepfunctions)$/.test(service))
    return;
  const endpoint = argumentText(source, call.open, null, "endpoint_url");
  if (endpoint !== null) emit(call.start, { kind: "address", value: endpoint, technology: service, use: "client" });
  if (service.startsWith("ses")) emit(call.start, { kind: "mail", library: "boto3" });
  else if (/^(?:s3|sqs|sns|dynamodb|kinesis|events)$/.test(service))
    emit(call.start, {
      kind: "store-client",
      technology: service === "events" ? "eventbridge" : service,
      library: "boto3",
      database: null,
    });
}

const dialects: ReadonlyMap<string, string> = new Map([
  ["postgres", "postgresql"],
  ["postgresql", "postgresql"],
  ["mysql", "mysql"],
  ["mariadb", "mariadb"],
  ["mssql", "sqlserver"],
  ["oracle", "oracle"],
  ["cockroachdb", "cockroachdb"],
  ["clickhouse", "clickhouse"],
  ["snowflake", "snowflake"],
]);

/** SQLAlchemy, SQLModel, peewee, Tortoise, databases and Django: the address or the engine tells the technology. */
export const mapperStores: Detector = {
  name: "python/mapper-stores",
  languages: ["python"],
  words: [
    "create_engine",
    "create_async_engine",
    "SQLALCHEMY_DATABASE_URI",
    "DATABASES",
    "databases",
    "peewee",
    "playhouse",
    "Tortoise",
    "tortoise",
    "dj_database_url",
  ],
  detect(source, emit) {
    const found = (offset: number, text: string, library: string) => {
      const scheme = /^([a-z]{4,12})(?:\+\w{1,30})?:\/\//.exec(text)?.[1] ?? "";
      const technology = dialects.get(scheme) ?? null;
      if (scheme === "sqlite") return;
      emit(offset, { kind: "address", value: text, technology, use: "client" });
      if (technology !== null) emit(offset, { kind: "store-client", technology, library, database: null });
    };
    for (const { full, open, start } of pythonCalls(source)) {
      if (
        /(?:^|\.)(?:create_engine|create_async_engine)$|^databases\.(?:core\.)?Database$|^dj_database_url\.(?:parse|config)$|^playhouse\.db_url\.connect$/.test(
          full,
        )
      ) {
        const text = argumentText(source, open, 0, "url", "default");
        if (text !== null && !/^[{}]*$/.test(text)) found(start, text, full.split(".")[0] ?? "sqlalchemy");
      }
      const peewee =
        /^(?:peewee|playhouse\.\w{1,30}|peewee_async)\.(?:Pooled)?(Postgresql|MySQL|PostgresqlExt|CockroachDB)\w{0,20}Database$/.exec(
          full,
        )?.[1];
      if (peewee !== undefined) {
        const technology = peewee === "MySQL" ? "mysql" : "postgresql";
        for (const value of addressesOf(source, open, null)) emit(start, { kind: "address", value, technology, use: "client" });
        emit(start, { kind: "store-client", technology, library: "peewee", database: argumentText(source, open, 0, "database") });
      }
      if (/(?:^|\.)(?:Tortoise\.init|register_tortoise|RegisterTortoise)$/.test(full)) {
        const text = argumentText(source, open, null, "db_url");
        if (text !== null) found(start, text, "tortoise");
      }
    }
    for (const match of source.code.matchAll(/(?:SQLALCHEMY_DATABASE_URI["']?\]?\s{0,5}[=:]\s{0,9})/g)) {
      const [text] = textsAt(source, match.index + match[0].length);
      if (text !== undefined) found(match.index, text, "flask_sqlalchemy");
    }
    for (const match of source.code.matchAll(
      /["']ENGINE["']\s{0,3}:\s{0,3}["'](?:django\.db\.backends|\w{1,40}(?:\.\w{1,40}){0,4})\.(postgresql|mysql|oracle|postgresql_psycopg2|postgis|mssql)["']/g,
    )) {
      const kind = match[1] ?? "";
      const technology = kind.startsWith("post") ? "postgresql" : kind === "mssql" ? "sqlserver" : kind;
      const block = source.code.slice(match.index, match.index + 900).replace(/\}[\s\S]*$/, (rest) => " ".repeat(rest.length));
      const value = (key: string) => {
        const at = new RegExp(`["']${key}["']\\s{0,3}:\\s{0,9}`).exec(block);
        return at === null ? null : (textsAt(source, match.index + at.index + at[0].length)[0] ?? null);
      };
      const host = value("HOST");
      const port = value("PORT");
      if (host !== null)
        emit(match.index, { kind: "address", value: port === null ? host : `${host}:${port}`, technology, use: "client" });
      emit(match.index, { kind: "store-client", technology, library: "django", database: value("NAME") });
    }
  },
};
