import type { Template } from "../cue.js";
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { argumentText, fieldAt, fieldText, type GoCall, goCalls, goImports, listAt } from "./names.js";

interface StoreLibrary {
  readonly technology: string;
  readonly makes: RegExp;
  /** Index of an address among the arguments; null: in the fields of the options. */
  readonly address: number | null;
}

const libraries: readonly StoreLibrary[] = [
  {
    technology: "postgresql",
    makes: /^github\.com\/jackc\/pgx(?:\/pgxpool|\/stdlib)?\.(?:Connect|ConnectConfig|New|NewWithConfig|ParseConfig|OpenDB)$/,
    address: 1,
  },
  { technology: "postgresql", makes: /^github\.com\/go-pg\/pg\.(?:Connect|ParseURL)$/, address: null },
  { technology: "mongodb", makes: /^go\.mongodb\.org\/mongo-driver\/mongo\.(?:Connect|NewClient)$/, address: null },
  {
    technology: "mongodb",
    makes: /^(?:gopkg\.in\/mgo|github\.com\/globalsign\/mgo|labix\.org\/v2\/mgo)\.(?:Dial|DialWithTimeout|DialWithInfo)$/,
    address: 0,
  },
  {
    technology: "redis",
    makes:
      /^(?:github\.com\/(?:go-redis\/redis|redis\/go-redis)|gopkg\.in\/redis)\.(?:NewClient|NewClusterClient|NewFailoverClient|NewUniversalClient|NewRing|ParseURL)$/,
    address: null,
  },
  {
    technology: "redis",
    makes: /^github\.com\/(?:gomodule\/redigo|garyburd\/redigo)(?:\/redis)?\.(?:Dial|DialURL|DialContext)$/,
    address: 1,
  },
  { technology: "redis", makes: /^github\.com\/redis\/rueidis\.NewClient$/, address: null },
  { technology: "memcached", makes: /^github\.com\/bradfitz\/gomemcache\/memcache\.New$/, address: 0 },
  {
    technology: "elasticsearch",
    makes:
      /^github\.com\/(?:elastic\/go-elasticsearch|olivere\/elastic)\.(?:NewClient|NewDefaultClient|NewTypedClient|NewSimpleClient)$/,
    address: null,
  },
  { technology: "opensearch", makes: /^github\.com\/opensearch-project\/opensearch-go\.NewClient$/, address: null },
  { technology: "cassandra", makes: /^github\.com\/(?:gocql\/gocql|apache\/cassandra-gocql-driver)\.NewCluster$/, address: 0 },
  { technology: "neo4j", makes: /^github\.com\/neo4j\/neo4j-go-driver\/neo4j\.NewDriver(?:WithContext)?$/, address: 0 },
  { technology: "influxdb", makes: /^github\.com\/influxdata\/influxdb-client-go\.NewClient(?:WithOptions)?$/, address: 0 },
  { technology: "clickhouse", makes: /^github\.com\/ClickHouse\/clickhouse-go\.(?:Open|OpenDB)$/, address: null },
  { technology: "minio", makes: /^github\.com\/minio\/minio-go\.New$/, address: 0 },
  {
    technology: "etcd",
    makes: /^(?:go\.etcd\.io\/etcd\/client|github\.com\/coreos\/etcd\/clientv3|go\.etcd\.io\/etcd\/clientv3)\.New$/,
    address: null,
  },
  { technology: "zookeeper", makes: /^github\.com\/(?:go-zookeeper|samuel\/go-zookeeper)\/zk\.Connect$/, address: 0 },
  { technology: "couchbase", makes: /^github\.com\/couchbase\/gocb\.Connect$/, address: 0 },
  { technology: "qdrant", makes: /^github\.com\/qdrant\/go-client\/qdrant\.NewClient$/, address: null },
  { technology: "arangodb", makes: /^github\.com\/arangodb\/go-driver\/http\.NewConnection$/, address: null },
  {
    technology: "eventstore",
    makes:
      /^github\.com\/(?:EventStore\/EventStore-Client-Go|kurrent-io\/KurrentDB-Client-Go)\/\w{1,20}\.(?:NewClient|ParseConnectionString)$/,
    address: null,
  },
  {
    technology: "rabbitmq",
    makes: /^github\.com\/(?:rabbitmq\/amqp091-go|streadway\/amqp)\.(?:Dial|DialTLS|DialConfig)$/,
    address: 0,
  },
  { technology: "rabbitmq", makes: /^github\.com\/wagslane\/go-rabbitmq\.NewConn$/, address: 0 },
  {
    technology: "rabbitmq",
    makes: /^github\.com\/ThreeDotsLabs\/watermill-amqp\/pkg\/amqp\.New(?:Durable|NonDurable)(?:PubSub|Queue)Config$/,
    address: 0,
  },
  {
    technology: "kafka",
    makes: /^github\.com\/(?:IBM|Shopify)\/sarama\.New(?:SyncProducer|AsyncProducer|Consumer|ConsumerGroup|Client|ClusterAdmin)$/,
    address: 0,
  },
  {
    technology: "kafka",
    makes: /^github\.com\/segmentio\/kafka-go\.(?:NewReader|NewWriter|DialLeader|Dial|DialContext|NewConsumerGroup)$/,
    address: null,
  },
  {
    technology: "kafka",
    makes:
      /^github\.com\/(?:confluentinc\/confluent-kafka-go\/kafka|confluentinc\/confluent-kafka-go)\.(?:NewProducer|NewConsumer|NewAdminClient)$/,
    address: null,
  },
  { technology: "kafka", makes: /^github\.com\/twmb\/franz-go\/pkg\/kgo\.(?:NewClient|SeedBrokers)$/, address: null },
  {
    technology: "kafka",
    makes: /^github\.com\/ThreeDotsLabs\/watermill-kafka\/pkg\/kafka\.New(?:Publisher|Subscriber)$/,
    address: null,
  },
  { technology: "nats", makes: /^github\.com\/nats-io\/(?:nats\.go|go-nats|nats|stan\.go)\.(?:Connect|NatsURL)$/, address: 0 },
  { technology: "mqtt", makes: /^github\.com\/eclipse\/paho\.mqtt\.golang\.NewClient$/, address: null },
  { technology: "nsq", makes: /^github\.com\/nsqio\/go-nsq\.(?:NewProducer|NewConsumer)$/, address: 0 },
  { technology: "pulsar", makes: /^github\.com\/apache\/pulsar-client-go\/pulsar\.NewClient$/, address: null },
  { technology: "pubsub", makes: /^cloud\.google\.com\/go\/pubsub\.NewClient$/, address: null },
  { technology: "firestore", makes: /^cloud\.google\.com\/go\/firestore\.NewClient$/, address: null },
  { technology: "spanner", makes: /^cloud\.google\.com\/go\/spanner\.NewClient$/, address: null },
  { technology: "gcs", makes: /^cloud\.google\.com\/go\/storage\.NewClient$/, address: null },
  { technology: "s3", makes: /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/s3\.(?:New|NewFromConfig)$/, address: null },
  { technology: "sqs", makes: /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/sqs\.(?:New|NewFromConfig)$/, address: null },
  { technology: "sns", makes: /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/sns\.(?:New|NewFromConfig)$/, address: null },
  {
    technology: "dynamodb",
    makes: /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/dynamodb\.(?:New|NewFromConfig)$/,
    address: null,
  },
  {
    technology: "servicebus",
    makes: /^github\.com\/Azure\/azure-sdk-for-go\/sdk\/messaging\/azservicebus\.NewClient(?:FromConnectionString)?$/,
    address: 0,
  },
  { technology: "temporal", makes: /^go\.temporal\.io\/sdk\/client\.(?:Dial|NewClient|NewLazyClient)$/, address: null },
];

const addressFields = [
  "Addr",
  "Addrs",
  "Addresses",
  "URL",
  "URI",
  "Brokers",
  "BootstrapServers",
  "Endpoints",
  "InitAddress",
  "HostPort",
  "Hosts",
  "Host",
  "Nodes",
] as const;

/** Clients of databases, caches and brokers that are made in this file. */
export const stores: Detector = {
  name: "go/stores",
  languages: ["go"],
  words: ["import"],
  detect(source, emit) {
    for (const call of goCalls(source)) {
      const library = call.full === call.path ? undefined : libraries.find(({ makes }) => makes.test(call.full));
      if (library !== undefined) connected(source, call, library, emit);
    }
    for (const [written, technology] of [["kafka.Writer", "kafka"]] as const) {
      if (!importsPath(source, /segmentio\/kafka-go/)) continue;
      for (const match of source.bare.matchAll(new RegExp(`(?<![\\w.])${written.replace(".", "\\.")}\\{`, "g"))) {
        for (const value of kafkaAddresses(source, match.index))
          emit(match.index, { kind: "address", value, technology, use: "client" });
        emit(match.index, { kind: "store-client", technology, library: "kafka-go", database: null });
      }
    }
  },
};

function importsPath(source: Source, path: RegExp): boolean {
  return [...goImports(source).values()].some((one) => path.test(one));
}

function kafkaAddresses(source: Source, from: number): Template[] {
  const at = fieldAt(source, from, from + 600, "Addr");
  const tcp = at === null ? null : /^kafka\.TCP\(/.exec(source.bare.slice(at, at + 12));
  return at === null || tcp === null
    ? []
    : argumentOffsets(source, at + 9)
        .slice(0, 5)
        .flatMap((one) => listAt(source, one));
}

function connected(
  source: Source,
  { full, open, close, start }: GoCall,
  { technology, address }: StoreLibrary,
  emit: Emit,
): void {
  const index = address === 1 && argumentOffsets(source, open).length < 2 ? 0 : address;
  const values =
    index === null ? optionAddresses(source, open, close) : listAt(source, argumentOffsets(source, open)[index] ?? null);
  for (const value of values.filter(isAddress).slice(0, 10)) emit(start, { kind: "address", value, technology, use: "client" });
  const database = /^(?:redis|etcd|kafka)$/.test(technology)
    ? null
    : fieldText(source, open, close, "Database", "DatabaseName", "Keyspace");
  emit(start, {
    kind: "store-client",
    technology,
    library: full.slice(0, full.lastIndexOf(".")),
    database: database !== null && /^[\w$-]{1,80}$|^\$\{/.test(database) ? database : null,
  });
}

function isAddress(text: Template): boolean {
  return (
    /[A-Za-z]/.test(text.replace(/^[a-z]{4,12}:\/\/(?=\{\})/, "")) &&
    !/^(?:\{\}|tcp|udp|unix)$/.test(text) &&
    !/\s/.test(text.replace(/(?:host|port|user|password|dbname|sslmode)=/g, ""))
  );
}

/** Fields of the options, `ApplyURI(x)`, `AddBroker(x)`, `SetURL(x)` and the map of Confluent, in the call or in a name it is given. */
function optionAddresses(source: Source, open: number, close: number): Template[] {
  const direct = addressesBetween(source, open, Math.max(close, open + 2));
  if (direct.length > 0) return direct;
  for (const offset of argumentOffsets(source, open)) {
    const name = /^&?(\w{1,60})(?!\s{0,3}[.({])/.exec(source.bare.slice(offset, offset + 90))?.[1];
    const at = name === undefined ? undefined : source.assignments.get(name)?.[0];
    const found = at === undefined ? [] : addressesBetween(source, at, at + 600);
    if (found.length > 0) return found;
  }
  return [];
}

function addressesBetween(source: Source, from: number, to: number): Template[] {
  const at = fieldAt(source, from, to, ...addressFields);
  if (at !== null) return listAt(source, at);
  const block = source.bare.slice(from, Math.min(to, from + 2000));
  const call = /\b(?:ApplyURI|AddBroker|SetURL|SeedBrokers|ParseURL)\(/.exec(block);
  if (call !== null)
    return argumentOffsets(source, from + call.index + call[0].length - 1)
      .slice(0, 5)
      .flatMap((one) => listAt(source, one));
  const literal = source.strings.find(
    ({ start, value }) => start > from && start < to && (value === "bootstrap.servers" || value === "metadata.broker.list"),
  );
  if (literal === undefined) return [];
  const colon = /^\s{0,5}:\s{0,20}/.exec(source.bare.slice(literal.end, literal.end + 30));
  return colon === null ? [] : listAt(source, literal.end + colon[0].length);
}

const drivers: ReadonlyMap<string, string> = new Map([
  ["postgres", "postgresql"],
  ["pgx", "postgresql"],
  ["cloudsqlpostgres", "postgresql"],
  ["mysql", "mysql"],
  ["sqlserver", "sqlserver"],
  ["mssql", "sqlserver"],
  ["oracle", "oracle"],
  ["godror", "oracle"],
  ["clickhouse", "clickhouse"],
  ["nrpostgres", "postgresql"],
  ["nrmysql", "mysql"],
  ["pq", "postgresql"],
  ["pgx/v5", "postgresql"],
]);

/** database/sql and sqlx by driver, gorm by dialect, ent, xorm, bun. */
export const sqlStores: Detector = {
  name: "go/sql-stores",
  languages: ["go"],
  words: ["sql.Open", "sqlx.", "gorm", "Open(", "xorm", "otelsql", "pg.", "NewEngine"],
  detect(source, emit) {
    for (const { full, name, open, close, start } of goCalls(source)) {
      if (
        /(?:^|\/)(?:database\/sql|jmoiron\/sqlx|XSAM\/otelsql|otelsql|sqltrace|luna-duclos\/instrumentedsql|gosqltrace|entgo\.io\/ent\/dialect\/sql|\/ent|xorm\.io\/xorm|go-xorm\/xorm|jinzhu\/gorm)\.(?:Open|Connect|ConnectContext|MustConnect|MustOpen|OpenDB|NewEngine)$/.test(
          full,
        )
      ) {
        const first = name.endsWith("Context") ? 1 : 0;
        const driver = argumentText(source, open, first)?.replace(/^\$\{[^}]{1,100}:-(\w{1,20})\}$/, "$1");
        const known =
          driver === undefined
            ? null
            : driver.includes("{")
              ? (importedDriver(source) ?? null)
              : (drivers.get(driver.replace(/-.*$/, "")) ?? null);
        const constant = /dialect\.(Postgres|MySQL)\b/.exec(source.bare.slice(open, close))?.[1];
        const technology =
          constant === undefined
            ? (known ?? (driver === undefined ? importedDriver(source) : null))
            : constant === "MySQL"
              ? "mysql"
              : "postgresql";
        if (technology !== null) found(argumentText(source, open, first + 1), technology, "database/sql", start, emit);
      }
      const dialect = /^gorm\.io\/driver\/(postgres|mysql|sqlserver|clickhouse)\.(?:Open|New)$/.exec(full)?.[1];
      if (dialect !== undefined)
        found(
          name === "Open" ? argumentText(source, open, 0) : fieldText(source, open, close, "DSN"),
          drivers.get(dialect) ?? dialect,
          "gorm",
          start,
          emit,
        );
    }
  },
};

function importedDriver(source: Source): string | null {
  const paths = [...goImports(source).values()];
  if (paths.some((path) => /lib\/pq$|jackc\/pgx/.test(path))) return "postgresql";
  if (paths.some((path) => path.endsWith("go-sql-driver/mysql"))) return "mysql";
  return paths.some((path) => /go-mssqldb/.test(path)) ? "sqlserver" : null;
}

function found(address: Template | null, technology: string, library: string, start: number, emit: Emit): void {
  const telling = (address ?? "").replace(
    /\{\}|\b(?:host|port|user|password|dbname|sslmode|TimeZone|search_path)=|^[a-z]{4,12}:\/\//g,
    "",
  );
  if (address !== null && /[A-Za-z]/.test(telling)) emit(start, { kind: "address", value: address, technology, use: "client" });
  const database =
    address === null
      ? undefined
      : (/\bdbname=([\w-]{1,80}|\$\{[^}]{1,120}\})/.exec(address)?.[1] ??
        /@tcp\([^()]{0,200}\)\/([\w-]{1,80}|\$\{[^}]{1,120}\})/.exec(address)?.[1]);
  emit(start, { kind: "store-client", technology, library, database: database ?? null });
}
