/** Clients of databases, caches and brokers, with the address where code gives one. */
import { matches } from "../common/matches.js";
import type { Template } from "../cue.js";
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { argument, closeOf, entry } from "./values.js";

interface Form {
  readonly pattern: RegExp;
  readonly technology: string;
  readonly library: string;
  /** Index of host or address, of port and of database; null when there is none. */
  readonly at: number | null;
  readonly port?: number;
  readonly database?: number;
}

const forms: readonly Form[] = [
  {
    pattern: /\b(?:new\s{1,5}\\?mysqli|mysqli_connect|mysql_connect)\s{0,3}(?=\()/g,
    technology: "mysql",
    library: "mysqli",
    at: 0,
    database: 3,
  },
  { pattern: /\bpg_p?connect\s{0,3}(?=\()/g, technology: "postgresql", library: "pgsql", at: 0 },
  { pattern: /\bsqlsrv_connect\s{0,3}(?=\()/g, technology: "sqlserver", library: "sqlsrv", at: 0 },
  {
    pattern: /\bnew\s{1,5}\\?MongoDB\\(?:Client|Driver\\Manager)\s{0,3}(?=\()/g,
    technology: "mongodb",
    library: "mongodb",
    at: 0,
  },
  { pattern: /\bnew\s{1,5}\\?Predis\\Client\s{0,3}(?=\()/g, technology: "redis", library: "predis", at: 0 },
  { pattern: /\bRedisAdapter::createConnection\s{0,3}(?=\()/g, technology: "redis", library: "symfony/cache", at: 0 },
  {
    pattern: /\bnew\s{1,5}\\?(?:PhpAmqpLib\\Connection\\)?AMQP(?:Stream|SSL|Socket|Lazy)?Connection\s{0,3}(?=\()/g,
    technology: "rabbitmq",
    library: "php-amqplib",
    at: 0,
    port: 1,
  },
  { pattern: /->addServer\s{0,3}(?=\()/g, technology: "memcached", library: "memcached", at: 0, port: 1 },
  { pattern: /->setHosts\s{0,3}(?=\()/g, technology: "elasticsearch", library: "elasticsearch-php", at: null },
  {
    pattern: /\bnew\s{1,5}\\?(?:RdKafka\\)?(?:Producer|KafkaConsumer)\s{0,3}(?=\()/g,
    technology: "kafka",
    library: "rdkafka",
    at: null,
  },
  { pattern: /\bnew\s{1,5}\\?(?:Aws\\S3\\)?S3Client\s{0,3}(?=\()/g, technology: "s3", library: "aws-sdk-php", at: null },
];

export const storeClients: Detector = {
  name: "php/store-clients",
  languages: ["php"],
  words: [
    "mysql",
    "pg_",
    "sqlsrv",
    "Mongo",
    "redis",
    "Redis",
    "AMQP",
    "Memcached",
    "Elastic",
    "Kafka",
    "S3Client",
    "PDO",
    "DriverManager",
    "DB::",
  ],
  detect(source, emit) {
    for (const { pattern, technology, library, at, port, database } of forms) {
      if (technology === "kafka" && !/rdkafka/i.test(source.text)) continue;
      for (const match of matches(source.bare, pattern)) {
        const open = match.index + match[0].length;
        const name = database === undefined ? null : argument(source, open, database);
        emit(match.index, { kind: "store-client", technology, library, database: name });
        const host =
          at === null ? null : (argument(source, open, at) ?? entry(source, open, closeOf(source, open), "host", "url"));
        const number = port === undefined ? null : argument(source, open, port);
        if (host !== null)
          emit(match.index, {
            kind: "address",
            value: number !== null && /^(?:\d{2,5}|\$\{.*\})$/.test(number) ? `${host}:${number}` : host,
            technology,
            use: "client",
          });
      }
    }
    pdo(source, emit);
    redis(source, emit);
  },
};

/** `new PDO('mysql:host=db;dbname=shop', …)`; Doctrine's `DriverManager::getConnection(['url' => …])`. */
function pdo(source: Source, emit: Parameters<Detector["detect"]>[1]): void {
  for (const match of matches(source.bare, /\bnew\s{1,5}\\?PDO\s{0,3}(?=\()/g)) {
    const value = argument(source, match.index + match[0].length, 0);
    if (value === null) continue;
    const technology = technologyOf(value);
    emit(match.index, { kind: "address", value, technology, use: "client" });
    if (technology !== null)
      emit(match.index, {
        kind: "store-client",
        technology,
        library: "pdo",
        database: /dbname=([\w-]{1,80})/.exec(value)?.[1] ?? null,
      });
  }
  for (const match of matches(source.bare, /\bDriverManager::getConnection\s{0,3}(?=\()/g)) {
    const open = match.index + match[0].length;
    const value = entry(source, open, closeOf(source, open), "url", "host");
    if (value !== null) emit(match.index, { kind: "address", value, technology: technologyOf(value), use: "client" });
  }
}

function technologyOf(dsn: Template): string | null {
  const scheme = /^(?:pdo[_-])?([a-z]{2,12}):/.exec(dsn)?.[1] ?? "";
  return (
    new Map([
      ["mysql", "mysql"],
      ["pgsql", "postgresql"],
      ["postgresql", "postgresql"],
      ["postgres", "postgresql"],
      ["sqlsrv", "sqlserver"],
      ["dblib", "sqlserver"],
      ["oci", "oracle"],
      ["sqlite", "sqlite"],
    ]).get(scheme) ?? null
  );
}

/** The extension's `$redis = new Redis(); $redis->connect($host, 6379)`, and Laravel's facade. */
function redis(source: Source, emit: Parameters<Detector["detect"]>[1]): void {
  const made = /\bnew\s{1,5}\\?Redis(?:Cluster)?\s{0,3}\(|\bRedis::(?!class)\w{2,30}\s{0,3}\(/.exec(source.bare);
  if (made === null) return;
  emit(made.index, {
    kind: "store-client",
    technology: "redis",
    library: made[0].includes("::") ? "illuminate/redis" : "phpredis",
    database: null,
  });
  for (const match of matches(source.bare, /\$(?:this->)?\w{0,20}[rR]edis\w{0,20}->p?connect\s{0,3}(?=\()/g)) {
    const open = match.index + match[0].length;
    const host = argument(source, open, 0);
    const port = argument(source, open, 1);
    if (host !== null)
      emit(match.index, {
        kind: "address",
        value: port !== null && /^(?:\d{2,5}|\$\{.*\})$/.test(port) ? `${host}:${port}` : host,
        technology: "redis",
        use: "client",
      });
  }
}
