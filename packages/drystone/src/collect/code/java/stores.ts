/** Clients of databases, caches and brokers. */
import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { argument } from "./values.js";

interface Store {
  readonly technology: string;
  readonly library: string;
  /** Part of an import. */
  readonly imported: string;
  /** What shows that the client is used and not only named. */
  readonly used: RegExp;
}

const stores: readonly Store[] = [
  {
    technology: "mongodb",
    library: "spring-data-mongodb",
    imported: "data.mongodb",
    used: /\b(?:extends\s[^{]{0,120}Mongo\w{0,20}Repository|(?:Reactive)?Mongo(?:Template|Operations)|@Document)\b|@Document\b|:\s{0,3}(?:Coroutine|Reactive)?\w{0,10}MongoRepository/,
  },
  { technology: "mongodb", library: "mongodb-driver", imported: "com.mongodb", used: /\bMongoClients?\b/ },
  {
    technology: "mongodb",
    library: "quarkus-mongodb-panache",
    imported: "mongodb.panache",
    used: /\b(?:Reactive)?PanacheMongo\w{0,20}|@MongoEntity/,
  },
  {
    technology: "redis",
    library: "spring-data-redis",
    imported: "data.redis",
    used: /@RedisHash\b|\b(?:String|Reactive\w{0,8})?Redis(?:Template|Operations)\b|\b(?:Lettuce|Jedis)ConnectionFactory\b/,
  },
  { technology: "redis", library: "jedis", imported: "redis.clients", used: /\bnew\s{1,5}Jedis\w{0,12}\s{0,3}\(|\bJedisPool\b/ },
  { technology: "redis", library: "lettuce", imported: "io.lettuce", used: /\bRedisClient\b/ },
  { technology: "redis", library: "redisson", imported: "org.redisson", used: /\bRedisson(?:Client)?\b/ },
  { technology: "neo4j", library: "spring-data-neo4j", imported: "data.neo4j", used: /Neo4jRepository|@Node\b|Neo4jTemplate/ },
  { technology: "neo4j", library: "neo4j-driver", imported: "org.neo4j.driver", used: /\bGraphDatabase\b/ },
  {
    technology: "cassandra",
    library: "spring-data-cassandra",
    imported: "data.cassandra",
    used: /CassandraRepository|CassandraTemplate|CassandraOperations|@Table\b/,
  },
  {
    technology: "cassandra",
    library: "cassandra-driver",
    imported: "com.datastax",
    used: /\bCqlSession\b|\bCluster\s{0,3}\.\s{0,3}builder/,
  },
  {
    technology: "elasticsearch",
    library: "spring-data-elasticsearch",
    imported: "data.elasticsearch",
    used: /Elasticsearch(?:Repository|Operations|RestTemplate|Template)|@Document\b/,
  },
  {
    technology: "elasticsearch",
    library: "elasticsearch-client",
    imported: "elasticsearch.client",
    used: /\bRest(?:HighLevel)?Client\b|\bElasticsearch(?:Async)?Client\b/,
  },
  {
    technology: "opensearch",
    library: "opensearch-client",
    imported: "org.opensearch",
    used: /\b(?:RestHighLevelClient|OpenSearchClient|RestClient)\b/,
  },
  {
    technology: "couchbase",
    library: "couchbase",
    imported: "couchbase",
    used: /CouchbaseRepository|\bCluster\s{0,3}\.\s{0,3}connect|CouchbaseTemplate/,
  },
  { technology: "influxdb", library: "influxdb-client", imported: "influxdb", used: /InfluxDBClientFactory|InfluxDBFactory/ },
  {
    technology: "dynamodb",
    library: "aws-sdk-dynamodb",
    imported: "dynamodb",
    used: /\bDynamoDb?\w{0,30}Client\w{0,20}|\bAmazonDynamoDB\w{0,20}|\bDynamoDBMapper\b|\bDynamoDB\b/,
  },
  {
    technology: "s3",
    library: "aws-sdk-s3",
    imported: "services.s3",
    used: /\b(?:S3Client|S3AsyncClient|AmazonS3\w{0,20}|S3Template)\b/,
  },
  { technology: "s3", library: "minio", imported: "io.minio", used: /\bMinioClient\b/ },
  { technology: "memcached", library: "spymemcached", imported: "memcached", used: /\bMemcachedClient\b/ },
  { technology: "hazelcast", library: "hazelcast-client", imported: "com.hazelcast.client", used: /\bHazelcastClient\b/ },
  { technology: "solr", library: "solrj", imported: "solrj", used: /\bSolrClient\b|HttpSolrClient/ },
  {
    technology: "kafka",
    library: "spring-kafka",
    imported: "springframework.kafka",
    used: /\bKafka(?:Template|Operations|Listener)\b|@EnableKafka/,
  },
  {
    technology: "kafka",
    library: "kafka-clients",
    imported: "org.apache.kafka",
    used: /\bnew\s{1,5}Kafka(?:Producer|Consumer|Streams)\b|\bKafka(?:Producer|Consumer|Streams)\s{0,3}[<(]/,
  },
  {
    technology: "kafka",
    library: "micronaut-kafka",
    imported: "micronaut.configuration.kafka",
    used: /@Kafka(?:Client|Listener)\b/,
  },
  {
    technology: "rabbitmq",
    library: "spring-rabbit",
    imported: "springframework.amqp",
    used: /\b(?:Rabbit|Amqp)(?:Template|Listener|Operations)\b|@RabbitListener|\bCachingConnectionFactory\b/,
  },
  { technology: "rabbitmq", library: "amqp-client", imported: "com.rabbitmq.client", used: /\bConnectionFactory\b/ },
  { technology: "activemq", library: "activemq", imported: "activemq", used: /ActiveMQ\w{0,20}ConnectionFactory/ },
  { technology: "nats", library: "jnats", imported: "io.nats.client", used: /\bNats\s{0,3}\.\s{0,3}connect/ },
  { technology: "pulsar", library: "pulsar-client", imported: "org.apache.pulsar", used: /\bPulsarClient\b/ },
  { technology: "mqtt", library: "paho", imported: "paho.client", used: /\bMqtt(?:Async)?Client\b/ },
  { technology: "zookeeper", library: "curator", imported: "curator.framework", used: /CuratorFrameworkFactory/ },
];

export const storeClients: Detector = {
  name: "java/store-clients",
  languages: ["java", "kotlin", "scala"],
  words: [...new Set(stores.map(({ imported }) => imported))],
  detect(source, emit) {
    const imports = [...source.bare.matchAll(/^\s{0,9}import\s{1,9}(?:static\s{1,5})?([\w.*{}, ]{3,250})/gm)];
    for (const { technology, library, imported, used } of stores) {
      const found = imports.find((match) => (match[1] ?? "").includes(imported));
      if (found === undefined) continue;
      const lastImport = imports.at(-1)?.index ?? 0;
      const place = used.exec(source.bare.slice(lastImport + (imports.at(-1)?.[0].length ?? 0)));
      if (place === null) continue;
      const offset = lastImport + (imports.at(-1)?.[0].length ?? 0) + place.index;
      emit(offset, { kind: "store-client", technology, library, database: databaseIn(source, technology) });
    }
  },
};

function databaseIn(source: Source, technology: string): string | null {
  if (technology !== "mongodb") return null;
  const named = /\.\s{0,30}getDatabase\s{0,3}(?=\()/.exec(source.bare);
  if (named !== null) return argument(source, named.index + named[0].length, 0);
  const template = /\bnew\s{1,5}(?:Reactive)?Mongo(?:Template|DatabaseFactory|\w{0,20}DbFactory)\s{0,3}(?=\([^)]{1,200},)/.exec(
    source.bare,
  );
  return template === null ? null : argument(source, template.index + template[0].length, 1);
}
