/** Databases, caches and brokers that a build dependency brings the client of. */

export interface DependencyStore {
  /** `in-memory` for databases inside of the program: never a link. */
  readonly technology: string;
  readonly library: string;
}

const rules: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:h2|hsqldb|derby\w*|sqlite-jdbc|sqlite3|better-sqlite3|sql\.js|nedb|@seald-io\/nedb|Microsoft\.Data\.Sqlite(?:\.Core)?|System\.Data\.SQLite(?:\.Core)?|Microsoft\.EntityFrameworkCore\.(?:InMemory|Sqlite)|aiosqlite|mongodb-memory-server|de\.flapdoodle\.embed\.mongo|github\.com\/mattn\/go-sqlite3|gorm\.io\/driver\/sqlite|jdbc-h2|quarkus-jdbc-h2|r2dbc-h2)$/,
    "in-memory",
  ],
  [
    /^(?:mysql-connector-(?:java|j)|r2dbc-mysql|quarkus-jdbc-mysql|quarkus-reactive-mysql-client|mysql2?|mysqlclient|PyMySQL|pymysql|aiomysql|asyncmy|mysql-connector-python|MySql\.Data|MySqlConnector|Pomelo\.EntityFrameworkCore\.MySql|MySql\.EntityFrameworkCore|github\.com\/go-sql-driver\/mysql|gorm\.io\/driver\/mysql|vertx-mysql-client)$/,
    "mysql",
  ],
  [/^(?:mariadb-java-client|mariadb|r2dbc-mariadb|quarkus-jdbc-mariadb)$/, "mariadb"],
  [
    /^(?:postgresql|r2dbc-postgresql|quarkus-jdbc-postgresql|quarkus-reactive-pg-client|pg|pg-promise|postgres|slonik|psycopg2?(?:-binary)?|psycopg|asyncpg|pg8000|aiopg|Npgsql(?:\.\w+){0,4}|Aspire\.Npgsql(?:\.\w+){0,3}|Marten|github\.com\/lib\/pq|github\.com\/jackc\/pgx(?:\/v\d)?|gorm\.io\/driver\/postgres|tokio-postgres|vertx-pg-client)$/,
    "postgresql",
  ],
  [
    /^(?:mssql-jdbc|sqljdbc4|mssql|tedious|pyodbc|pymssql|Microsoft\.EntityFrameworkCore\.SqlServer|Aspire\.Microsoft\.\w*SqlServer|Microsoft\.Data\.SqlClient|System\.Data\.SqlClient|quarkus-jdbc-mssql|github\.com\/denisenkom\/go-mssqldb|github\.com\/microsoft\/go-mssqldb)$/,
    "sqlserver",
  ],
  [
    /^(?:ojdbc\d{1,2}|oracledb|cx[-_]Oracle|Oracle\.(?:ManagedDataAccess(?:\.Core)?|EntityFrameworkCore)|quarkus-jdbc-oracle)$/i,
    "oracle",
  ],
  [
    /^(?:spring-boot-starter-data-mongodb(?:-reactive)?|spring-data-mongodb|mongodb-driver(?:-(?:sync|core|legacy|reactivestreams))?|mongo-java-driver|quarkus-mongodb-(?:client|panache(?:-kotlin)?)|micronaut-mongo-(?:sync|reactive)|mongoose|@nestjs\/mongoose|mongodb|monk|@typegoose\/typegoose|pymongo|motor|mongoengine|beanie|djongo|MongoDB\.Driver(?:\.Core)?|MongoDB\.EntityFrameworkCore|Aspire\.MongoDB\.Driver|go\.mongodb\.org\/mongo-driver(?:\/v2)?)$/,
    "mongodb",
  ],
  [
    /^(?:spring-boot-starter-(?:data-)?redis(?:-reactive)?|spring-data-redis|jedis|lettuce-core|redisson(?:-spring-boot-starter)?|quarkus-redis-client|micronaut-redis-lettuce|redis|ioredis|@redis\/client|connect-redis|aioredis|django-redis|Flask-Redis|StackExchange\.Redis|Microsoft\.Extensions\.Caching\.(?:StackExchange)?Redis|Aspire\.StackExchange\.Redis(?:\.\w+)?|ServiceStack\.Redis|github\.com\/(?:go-redis\/redis|redis\/go-redis)(?:\/v\d)?|github\.com\/gomodule\/redigo|bull|bullmq)$/,
    "redis",
  ],
  [
    /^(?:spring-boot-starter-amqp|spring-rabbit|amqp-client|spring-cloud-(?:starter-)?(?:stream-(?:binder-)?rabbit|bus-amqp)|spring-cloud-stream-binder-rabbit|quarkus-messaging-rabbitmq|smallrye-reactive-messaging-rabbitmq|micronaut-rabbitmq|amqplib|amqp-connection-manager|rascal|@golevelup\/nestjs-rabbitmq|pika|aio-pika|aiormq|RabbitMQ\.Client|EasyNetQ|MassTransit\.RabbitMQ|Aspire\.RabbitMQ\.Client|NServiceBus\.RabbitMQ|github\.com\/(?:rabbitmq|streadway)\/amqp(?:091-go)?)$/,
    "rabbitmq",
  ],
  [
    /^(?:spring-kafka|kafka-clients|kafka-streams|reactor-kafka|spring-cloud-(?:starter-)?(?:stream-(?:binder-)?kafka(?:-streams)?|bus-kafka)|quarkus-(?:messaging-kafka|smallrye-reactive-messaging-kafka|kafka-client|kafka-streams)|micronaut-kafka|kafkajs|node-rdkafka|kafka-node|confluent[-_]kafka|kafka-python(?:-ng)?|aiokafka|faust(?:-streaming)?|Confluent\.Kafka|MassTransit\.Kafka|Aspire\.Confluent\.Kafka|github\.com\/(?:segmentio\/kafka-go|IBM\/sarama|Shopify\/sarama|confluentinc\/confluent-kafka-go(?:\/v\d)?|twmb\/franz-go)|rdkafka)$/,
    "kafka",
  ],
  [
    /^(?:spring-boot-starter-activemq|activemq-\w+|spring-boot-starter-artemis|artemis-jms-client|Apache\.NMS\.ActiveMQ)$/,
    "activemq",
  ],
  [
    /^(?:spring-boot-starter-data-cassandra(?:-reactive)?|java-driver-core|cassandra-driver(?:-core)?|CassandraCSharpDriver|github\.com\/gocql\/gocql)$/,
    "cassandra",
  ],
  [
    /^(?:spring-boot-starter-data-elasticsearch|elasticsearch-(?:rest-high-level-client|java)|elasticsearch-rest-client|@elastic\/elasticsearch|elasticsearch(?:-dsl)?|NEST|Elastic\.Clients\.Elasticsearch|github\.com\/elastic\/go-elasticsearch(?:\/v\d)?|github\.com\/olivere\/elastic(?:\/v\d)?)$/,
    "elasticsearch",
  ],
  [
    /^(?:spring-boot-starter-data-neo4j|neo4j-java-driver|neo4j-driver|neo4j|Neo4j\.Driver|github\.com\/neo4j\/neo4j-go-driver(?:\/v\d)?)$/,
    "neo4j",
  ],
  [/^(?:spring-boot-starter-data-couchbase(?:-reactive)?|couchbase|java-client|CouchbaseNetClient)$/, "couchbase"],
  [/^(?:influxdb-client(?:-java)?|influxdb-java|influx|@influxdata\/influxdb-client|influxdb|InfluxDB\.Client)$/, "influxdb"],
  [
    /^(?:aws-java-sdk-dynamodb|dynamodb|@aws-sdk\/(?:client|lib)-dynamodb|AWSSDK\.DynamoDBv2|github\.com\/aws\/aws-sdk-go-v2\/service\/dynamodb)$/,
    "dynamodb",
  ],
  [/^(?:jnats|nats|nats-py|NATS\.(?:Client|Net)(?:\.\w+)?|github\.com\/nats-io\/nats\.go|async-nats|@nats-io\/\w+)$/, "nats"],
  [
    /^(?:pulsar-client(?:-\w+)?|spring-pulsar|spring-boot-starter-pulsar|DotPulsar|github\.com\/apache\/pulsar-client-go)$/,
    "pulsar",
  ],
  [
    /^(?:azure-messaging-servicebus|spring-cloud-azure-starter-servicebus(?:-jms)?|@azure\/service-bus|azure-servicebus|Azure\.Messaging\.ServiceBus|Microsoft\.Azure\.ServiceBus|MassTransit\.Azure\.ServiceBus\.Core|Aspire\.Azure\.Messaging\.ServiceBus)$/,
    "servicebus",
  ],
  [/^(?:minio|@aws-sdk\/client-s3|aws-java-sdk-s3|s3|AWSSDK\.S3|github\.com\/minio\/minio-go(?:\/v\d)?)$/, "s3"],
  [
    /^(?:spymemcached|memcached|memjs|pymemcache|python-memcached|EnyimMemcachedCore|github\.com\/bradfitz\/gomemcache)$/,
    "memcached",
  ],
  [
    /^(?:clickhouse-jdbc|@clickhouse\/client|clickhouse-driver|clickhouse-connect|github\.com\/ClickHouse\/clickhouse-go(?:\/v\d)?)$/,
    "clickhouse",
  ],
];

/** @param names of runtime dependencies, `group:artifact` or alone. */
export function storesOfDependencies(names: readonly string[]): DependencyStore[] {
  return names.flatMap((library) => {
    const artifact =
      library.includes(":") && !library.startsWith("@")
        ? (library.split(":")[1] ?? library)
        : library.replace(/\[[^\]]{0,60}\]$/, "");
    const found = rules.find(([pattern]) => pattern.test(artifact));
    return found === undefined ? [] : [{ technology: found[1], library }];
  });
}
