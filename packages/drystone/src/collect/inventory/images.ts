/** Images that everybody knows: what they are when a system runs them. */
import { lastPart } from "#collect/manifests/index.js";
import type { ComponentKind, ResourceFact } from "#model/facts.js";
import { imagePath } from "./names.js";

export interface KnownImage {
  readonly is: "resource" | "component";
  readonly kind: ResourceFact["kind"] | ComponentKind;
  readonly technology: string;
}

/** Without a technology the last part of the image is it. */
type Row = readonly [kind: KnownImage["kind"], technology: string | null, name: RegExp];

const resources: readonly Row[] = [
  [
    "datastore",
    "postgresql",
    /^(?:.*[/-])?(?:postgres(?:ql)?|timescaledb(?:-ha)?|postgis|pgvector|pg)(?:-(?:repmgr|alpine|ha|contrib))?$|cloudnative-pg/,
  ],
  ["datastore", "mysql", /^(?:.*\/)?(?:mysql(?:-server)?|percona(?:-server)?)$/],
  ["datastore", "mariadb", /^(?:.*\/)?mariadb(?:-galera)?$/],
  [
    "datastore",
    "mongodb",
    /^(?:.*\/)?(?:mongo|mongodb|mongodb-community-server|mongodb-atlas-local|mongodb-sharded|documentdb(?:-local)?|ferretdb)$/,
  ],
  ["datastore", "sqlserver", /mssql\/server|mssql-server|azure-sql-edge/],
  ["datastore", "oracle", /(?:^|\/)oracle-?(?:xe|free)|gvenzl\/oracle|^database\/(?:free|express|enterprise)$|^oracle$/],
  ["datastore", "cassandra", /^(?:.*\/)?(?:cassandra|scylla)$/],
  ["datastore", "couchdb", /^(?:.*\/)?(?:couchdb|couchbase|community-couchbase)$/],
  ["datastore", "neo4j", /^(?:.*\/)?neo4j$/],
  ["datastore", "influxdb", /^(?:.*\/)?influxdb$/],
  ["datastore", "elasticsearch", /^(?:.*\/)?elasticsearch(?:-oss)?$/],
  ["datastore", "opensearch", /^(?:.*\/)?opensearch$/],
  ["datastore", "clickhouse", /^(?:.*\/)?clickhouse(?:-server)?$/],
  ["datastore", "cockroachdb", /^(?:.*\/)?cockroach(?:db)?$/],
  ["datastore", "dynamodb", /dynamodb-local/],
  ["datastore", "arangodb", /^(?:.*\/)?arangodb$/],
  ["datastore", "rethinkdb", /^(?:.*\/)?rethinkdb$/],
  ["datastore", "solr", /^(?:.*\/)?solr$/],
  ["datastore", "meilisearch", /meilisearch$|typesense$/],
  ["datastore", "qdrant", /(?:qdrant|weaviate|milvus|chroma)$/],
  ["datastore", "hana", /hanaexpress$/],
  ["datastore", "yugabyte", /yugabyte$|tidb$|surrealdb$|dgraph$/],
  ["datastore", "spanner", /spanner-emulator/],
  ["datastore", "firestore", /firestore-emulator/],
  ["datastore", "cosmosdb", /cosmosdb|cosmos-emulator/],
  ["datastore", "eventstore", /eventstore(?:db)?$/],
  ["bucket", "s3", /^(?:.*\/)?(?:minio|azurite|fake-gcs-server|seaweedfs)$/],
  ["cache", "redis", /^(?:.*[/-])?(?:redis|redis-stack(?:-server)?|redis-cluster|keydb|dragonfly|redis-sentinel)(?:-alpine)?$/],
  ["cache", "valkey", /^(?:.*\/)?valkey$/],
  ["cache", "memcached", /^(?:.*\/)?memcached?$/],
  ["cache", "hazelcast", /^(?:.*\/)?(?:hazelcast|infinispan.*|varnish)$/],
  ["broker", "rabbitmq", /^(?:.*\/)?rabbitmq(?:-server)?$/],
  ["broker", "kafka", /^(?:.*\/)?(?:(?:cp-|fast-data-dev|bitnami-)?kafka(?:-native)?|cp-server|redpanda|spotify\/kafka)$/],
  ["broker", "activemq", /^(?:.*\/)?(?:activemq(?:-artemis|-classic)?|artemis)$/],
  ["broker", "nats", /^(?:.*\/)?(?:nats|nats-server|nats-streaming)$/],
  ["broker", "pulsar", /^(?:.*\/)?pulsar(?:-all)?$/],
  ["broker", "mqtt", /^(?:.*\/)?(?:eclipse-mosquitto|mosquitto|emqx|vernemq|hivemq4|hivemq-ce)$/],
  ["broker", "sqs", /elasticmq|goaws|servicebus-emulator|pubsub-emulator/],
];

const components: readonly Row[] = [
  [
    "metrics",
    "prometheus",
    /^(?:.*\/)?(?:prometheus|pushgateway|victoria-metrics|mimir|graphite(?:-statsd)?|statsd|telegraf|[\w-]*-exporter|cadvisor|node-exporter)$/,
  ],
  [
    "monitoring",
    "grafana",
    /^(?:.*\/)?(?:grafana(?:-oss|-enterprise|-image-renderer)?|kibana|kibana-oss|opensearch-dashboards|chronograf|scope|netdata|uptime-kuma|alertmanager|hystrix-dashboard)$/,
  ],
  ["tracing", "jaeger", /jaeger|jaegertracing/],
  ["tracing", "zipkin", /zipkin/],
  ["tracing", "tempo", /^(?:.*\/)?(?:tempo|skywalking-.*|pinpoint-.*)$/],
  [
    "telemetry",
    "opentelemetry-collector",
    /otel\/|opentelemetry-collector|otel-collector|otelcol|grafana\/(?:agent|alloy)|datadog\/agent|opamp/,
  ],
  [
    "logging",
    null,
    /^(?:.*\/)?(?:fluentd?|fluent-bit|logstash(?:-oss)?|filebeat|loki|promtail|seq|graylog|vector|logspout|metricbeat|dozzle)$/,
  ],
  ["discovery", "eureka", /eureka/],
  ["discovery", "consul", /^(?:.*\/)?consul$/],
  ["discovery", "nacos", /nacos-server$/],
  ["config", "config server", /config-?server$/],
  ["config", "vault", /^(?:.*\/)?(?:vault|openbao)$/],
  ["coordination", "zookeeper", /zookeeper$/],
  ["coordination", "etcd", /^(?:.*\/)?etcd$/],
  ["coordination", "schema registry", /schema-registry$|cp-kafka-connect|kafka-connect|debezium\/connect|apicurio-registry/],
  ["flags", "flagd", /^(?:.*\/)?(?:flagd|unleash-server|flipt|growthbook)$/],
  ["auth", "keycloak", /keycloak|^(?:.*\/)?(?:dex|hydra|kratos|authelia|fusionauth-app|oauth2-proxy|zitadel|casdoor)$/],
  [
    "gateway",
    null,
    /^(?:.*\/)?(?:nginx(?:-unprivileged|-proxy)?|traefik|haproxy|envoy|kong|caddy|httpd|krakend|apisix|ambassador|openresty|linkerd|tyk-gateway|yarp)$|envoyproxy\/envoy/,
  ],
  [
    "admin",
    null,
    /^(?:.*\/)?(?:adminer|phpmyadmin|pgadmin4?|mongo-express|redis-commander|redisinsight|kafka-?(?:g?ui|manager(?:-docker)?)|kafdrop|kowl|redpanda-console|akhq|portainer.*|cmak|bull-board|spring-boot-admin.*|watchtower|dockerize|pgweb)$/,
  ],
  ["loadgen", null, /^(?:.*\/)?(?:k6|locust|artillery|vegeta|gatling|wrk|siege|jmeter|hey|load-test|loadtest)$/],
  ["external", null, /mailhog|maildev|mailpit|mailcatcher|fake-?smtp|smtp4dev|inbucket|greenmail|postfix/],
  [
    "external",
    null,
    /^(?:.*\/)?(?:gce-proxy|cloud-?sql-proxy|daprd|dapr|istio-proxy|proxyv2|vault-k8s|kube-rbac-proxy|git-sync)$/,
  ],
  ["external", null, /localstack|moto$|stripe-mock|azure-functions|google-cloud-cli|cloud-sdk|aws-cli/],
  [
    "external",
    null,
    /^(?:.*\/)?(?:busybox|alpine|ubuntu|debian|curl|wait-for|wait|swagger-ui|git|sonarqube|jenkins.*|registry|cloudflared|ngrok|chrome|selenium.*|gotenberg|ollama|plantuml.*|centos)$|selenium\//,
  ],
];

const known: readonly KnownRow[] = [
  ...resources.map((row) => ({ is: "resource" as const, row })),
  ...components.map((row) => ({ is: "component" as const, row })),
];

interface KnownRow {
  readonly is: KnownImage["is"];
  readonly row: Row;
}

/** What an image is, by its path without registry and tag; null for one that is not known. */
export function knownImage(image: string): KnownImage | null {
  const path = imagePath(image.slice(0, 500)).replace(/^library\//, "");
  for (const { is, row } of known) {
    const [kind, technology, name] = row;
    if (name.test(path)) return { is, kind, technology: technology ?? lastPart(path) };
  }
  return null;
}

/** An image of a language or system runs what is mounted into it: it says nothing about what that is. */
export function isRuntime(image: string): boolean {
  return /^(?:library\/)?(?:node|python|golang|rust|openjdk|eclipse-temurin|amazoncorretto|maven|gradle|ruby|php|dotnet\/(?:sdk|aspnet|runtime)|composer|busybox|alpine|ubuntu|debian|centos|curlimages\/curl|curl|bash|docker|oven\/bun|denoland\/deno)$/.test(
    imagePath(image),
  );
}
