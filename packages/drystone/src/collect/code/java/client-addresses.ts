/** Addresses that clients are made with. */
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { matches, matchesAfter } from "./matches.js";
import { argument, valueAt } from "./values.js";

interface AddressForm {
  readonly technology: string;
  readonly words: readonly string[];
  readonly pattern: RegExp;
  /** Arguments of the host or the whole address, and of the port. */
  readonly at: number;
  readonly port: number | null;
  /** What stands before it, within 400 characters. */
  readonly after?: RegExp;
}

const addressForms: readonly AddressForm[] = [
  form(
    "mongodb",
    ["mongo"],
    /\b(?:MongoClients\s{0,3}\.\s{0,3}create|new\s{1,5}MongoClientURI|new\s{1,5}ConnectionString|SimpleMongoClientDatabaseFactory)\s{0,3}(?=\()/g,
    0,
  ),
  form("mongodb", ["mongo"], /\bnew\s{1,5}(?:MongoClient|ServerAddress)\s{0,3}(?=\(\s{0,30}[^)\s])/g, 0, 1),
  form(
    "redis",
    ["edis"],
    /\b(?:RedisClient\s{0,3}\.\s{0,3}create|RedisURI\s{0,3}\.\s{0,3}create|setAddress|addNodeAddress)\s{0,3}(?=\(\s{0,30}[^)\s])/g,
    0,
  ),
  form(
    "redis",
    ["edis"],
    /\bnew\s{1,5}(?:Jedis|RedisStandaloneConfiguration|LettuceConnectionFactory|HostAndPort|JedisPooled)\s{0,3}(?=\(\s{0,30}["\w])/g,
    0,
    1,
  ),
  form("redis", ["JedisPool"], /\bnew\s{1,5}JedisPool\s{0,3}(?=\(\s{0,30}\w[^,()]{0,80}(?:\(\))?,)/g, 1, 2),
  form(
    "rabbitmq",
    ["rabbitmq.client", "springframework.amqp"],
    /\b(?:\w{0,30}[fF]actory)\s{0,9}\.\s{0,9}(?:setHost|setUri)\s{0,3}(?=\()/g,
    0,
  ),
  form("rabbitmq", ["springframework.amqp"], /\bnew\s{1,5}CachingConnectionFactory\s{0,3}(?=\(\s{0,30}["\w])/g, 0, 1),
  form("activemq", ["activemq"], /\bnew\s{1,5}ActiveMQ\w{0,12}ConnectionFactory\s{0,3}(?=\(\s{0,30}["\w])/g, 0),
  form("nats", ["io.nats"], /\bNats\s{0,3}\.\s{0,3}connect\s{0,3}(?=\()/g, 0),
  form(
    "jdbc",
    ["java.sql", "DataSource", "javax.sql", "Database.connect", "Flyway"],
    /\b(?:DriverManager\s{0,3}\.\s{0,3}getConnection|setJdbcUrl|\w{0,40}[dD]ata[sS]ource\w{0,20}\s{0,3}\.\s{0,3}setUrl|Database\s{0,3}\.\s{0,3}connect)\s{0,3}(?=\(\s{0,60}[^)\s])/g,
    0,
  ),
  { ...form("jdbc", ["DataSourceBuilder"], /\.\s{0,60}url\s{0,3}(?=\()/g, 0), after: /DataSourceBuilder/ },
  form("neo4j", ["neo4j"], /\bGraphDatabase\s{0,3}\.\s{0,3}driver\s{0,3}(?=\()/g, 0),
  form("elasticsearch", ["elasticsearch", "opensearch"], /\bnew\s{1,5}HttpHost\s{0,3}(?=\()/g, 0, 1),
  form("influxdb", ["influxdb"], /\bInfluxDB(?:Client)?Factory\s{0,3}\.\s{0,3}(?:create|connect)\s{0,3}(?=\()/g, 0),
  form(
    "kafka",
    ["kafka"],
    /\.\s{0,9}(?:put|setProperty|set|property)\s{0,3}(?=\(\s{0,30}(?:\w{0,40}\.)?BOOTSTRAP_SERVERS_CONFIG)/g,
    1,
  ),
  form("kafka", ["bootstrap.servers"], /\.\s{0,9}(?:put|setProperty|set|property)\s{0,3}(?=\(\s{0,30}_{19},)/g, 1),
  form(
    "grpc",
    ["ManagedChannelBuilder", "NettyChannelBuilder", "Grpc.newChannelBuilder"],
    /\b(?:ManagedChannelBuilder|NettyChannelBuilder)\s{0,30}\.\s{0,30}forAddress\s{0,3}(?=\()/g,
    0,
    1,
  ),
  form(
    "grpc",
    ["ManagedChannelBuilder", "NettyChannelBuilder", "Grpc.newChannelBuilder"],
    /\b(?:(?:ManagedChannelBuilder|NettyChannelBuilder)\s{0,30}\.\s{0,30}forTarget|Grpc\s{0,3}\.\s{0,3}newChannelBuilder)\s{0,3}(?=\()/g,
    0,
  ),
  {
    ...form("otlp", ["opentelemetry.exporter"], /\.\s{0,60}setEndpoint\s{0,3}(?=\()/g, 0),
    after: /Otlp\w{4,40}\s{0,30}\.\s{0,30}builder\(\)/,
  },
  form(
    "zipkin",
    ["zipkin"],
    /\b(?:OkHttpSender|URLConnectionSender|OkHttpSender\s{0,3}\.\s{0,3}newBuilder\(\)[\s\S]{0,100})\s{0,3}\.\s{0,30}(?:create|endpoint)\s{0,3}(?=\()/g,
    0,
  ),
  form("mqtt", ["paho"], /\bnew\s{1,5}Mqtt(?:Async)?Client\s{0,3}(?=\()/g, 0),
  form("zookeeper", ["CuratorFrameworkFactory"], /\bCuratorFrameworkFactory\s{0,30}\.\s{0,30}newClient\s{0,3}(?=\()/g, 0),
  form("smtp", ["JavaMailSenderImpl"], /\b\w{0,40}[mM]ail\w{0,20}\s{0,3}\.\s{0,3}setHost\s{0,3}(?=\()/g, 0),
];

function form(
  technology: string,
  words: readonly string[],
  pattern: RegExp,
  at: number,
  port: number | null = null,
): AddressForm {
  return { technology, words, pattern, at, port };
}

/** Addresses that clients are made with. */
export const clientAddresses: Detector = {
  name: "java/client-addresses",
  languages: ["java", "kotlin", "scala"],
  words: [...new Set(addressForms.flatMap(({ words }) => words))],
  detect(source, emit) {
    for (const { technology, words, pattern, at, port, after } of addressForms) {
      if (!words.some((word) => source.text.includes(word))) continue;
      for (const match of after === undefined ? matches(source.bare, pattern) : matchesAfter(source.bare, pattern, after, 400)) {
        emitAddress(source, emit, match.index, match.index + match[0].length, technology, at, port);
      }
    }
  },
};

/** Kotlin: `props[BOOTSTRAP_SERVERS_CONFIG] = servers`. */
export const indexedBrokers: Detector = {
  name: "java/indexed-brokers",
  languages: ["kotlin", "scala"],
  words: ["BOOTSTRAP_SERVERS_CONFIG", "bootstrap.servers"],
  detect(source, emit) {
    for (const match of matches(
      source.code,
      /\[\s{0,9}(?:(?:\w{1,40}\.)?BOOTSTRAP_SERVERS_CONFIG|"bootstrap\.servers")\s{0,9}\]\s{0,9}=\s{0,60}|(?:BOOTSTRAP_SERVERS_CONFIG|"bootstrap\.servers")\s{1,9}(?:to|->)\s{1,60}/g,
    )) {
      const value = valueAt(source, match.index + match[0].length);
      if (value !== null && !/\s/.test(value)) emit(match.index, { kind: "address", value, technology: "kafka", use: "client" });
    }
  },
};

/** `String.format("http://%s/x", host)`: the literal alone is no address. */
export const formattedAddresses: Detector = {
  name: "java/formatted-addresses",
  languages: ["java", "kotlin", "scala"],
  words: [".format(", ".formatted("],
  detect(source, emit) {
    for (const match of matches(source.bare, /(?:\b[sS]tring\s{0,3}\.\s{0,3}format\s{0,3}\(\s{0,60}(?=__))/g)) {
      const value = valueAt(source, match.index);
      const scheme = /^(?:jdbc:)?([a-z][a-z0-9+]{1,20}):\/\/(?!\{\}\/?\{?\}?$)/i.exec(value ?? "")?.[1];
      if (value === null || scheme === undefined || /\s/.test(value)) continue;
      emit(match.index, {
        kind: "address",
        value,
        technology: value.startsWith("jdbc:") ? scheme.toLowerCase() : null,
        use: "literal",
      });
    }
  },
};

function emitAddress(
  source: Source,
  emit: Emit,
  offset: number,
  open: number,
  technology: string,
  at: number,
  port: number | null,
): void {
  const host = argument(source, open, at);
  if (host === null || /\s/.test(host)) return;
  const number = port === null || host.includes("://") ? null : argument(source, open, port);
  const value = number !== null && /^(?:\d{2,5}|\$\{[^{}]{1,200}\})$/.test(number) ? `${host}:${number}` : host;
  const scheme = /^jdbc:([a-z0-9]{2,20}):/i.exec(value)?.[1]?.toLowerCase();
  emit(offset, { kind: "address", value, technology: technology === "jdbc" ? (scheme ?? null) : technology, use: "client" });
}
