/** Clients of databases, caches and brokers, with the address where code gives one. */
import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import { argument, option } from "./values.js";

const forms: readonly { readonly pattern: RegExp; readonly technology: string; readonly library: string }[] = [
  {
    pattern: /\bRedis\.new\b|\bRedis\.connect\b|\bConnectionPool::Wrapper\.new\b(?=[^\n]{0,80}Redis)/g,
    technology: "redis",
    library: "redis",
  },
  { pattern: /\bRedisClient\.(?:new|config)\b/g, technology: "redis", library: "redis-client" },
  { pattern: /\bMongo::Client\.new\b/g, technology: "mongodb", library: "mongo" },
  { pattern: /\bPG(?:::Connection)?\.(?:connect|new|open)\b/g, technology: "postgresql", library: "pg" },
  { pattern: /\bMysql2::Client\.new\b/g, technology: "mysql", library: "mysql2" },
  { pattern: /\bTinyTds::Client\.new\b/g, technology: "sqlserver", library: "tiny_tds" },
  { pattern: /\bBunny\.(?:new|run)\b/g, technology: "rabbitmq", library: "bunny" },
  { pattern: /\bKafka\.new\b/g, technology: "kafka", library: "ruby-kafka" },
  { pattern: /\bRdkafka::Config\.new\b/g, technology: "kafka", library: "rdkafka" },
  { pattern: /\bDalli::Client\.new\b/g, technology: "memcached", library: "dalli" },
  { pattern: /\bElasticsearch::Client\.new\b/g, technology: "elasticsearch", library: "elasticsearch" },
  { pattern: /\bOpenSearch::Client\.new\b/g, technology: "opensearch", library: "opensearch-ruby" },
  { pattern: /\bNATS(?:::IO::Client\.new|\.connect|\.start)\b/g, technology: "nats", library: "nats-pure" },
  { pattern: /\bCassandra\.cluster\b/g, technology: "cassandra", library: "cassandra-driver" },
  { pattern: /\bNeo4j::Driver::GraphDatabase\.driver\b/g, technology: "neo4j", library: "neo4j-ruby-driver" },
  { pattern: /\bInfluxDB2?::Client\.new\b/g, technology: "influxdb", library: "influxdb-client" },
  { pattern: /\bAws::DynamoDB::Client\.new\b/g, technology: "dynamodb", library: "aws-sdk-dynamodb" },
  { pattern: /\bAws::S3::(?:Client|Resource)\.new\b/g, technology: "s3", library: "aws-sdk-s3" },
];

export const storeClients: Detector = {
  name: "ruby/store-clients",
  languages: ["ruby"],
  words: [
    "Redis",
    "Mongo::",
    "PG",
    "Mysql2",
    "TinyTds",
    "Bunny",
    "afka",
    "Dalli",
    "Search::",
    "NATS",
    "Cassandra",
    "Neo4j",
    "Influx",
    "Aws::",
    "Sequel.connect",
  ],
  detect(source, emit) {
    for (const { pattern, technology, library } of forms) {
      for (const match of matches(source.bare, pattern)) {
        const end = match.index + match[0].length;
        emit(match.index, { kind: "store-client", technology, library, database: option(source, end, "dbname", "database") });
        const url = option(source, end, "url", "urls", "seed_brokers", "brokers", "servers") ?? argument(source, end, 0);
        const host = option(source, end, "host", "hostname", "hosts");
        const port = option(source, end, "port");
        const value = url ?? (host !== null && port !== null && /^(?:\d{2,5}|\$\{.*\})$/.test(port) ? `${host}:${port}` : host);
        if (value !== null) emit(match.index, { kind: "address", value, technology, use: "client" });
      }
    }
    for (const match of matches(source.bare, /\bSequel\.connect\b/g)) {
      const value = argument(source, match.index + match[0].length, 0) ?? option(source, match.index + match[0].length, "host");
      if (value !== null) emit(match.index, { kind: "address", value, technology: null, use: "client" });
    }
  },
};
