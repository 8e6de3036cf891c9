/** Names of attributes in the semantic conventions of OpenTelemetry, old and new, and of OpenTracing and Zipkin; data, so that the next renaming is one line. */
import { noAttributes, type SpanAttributes } from "./span.js";

type Field = keyof SpanAttributes;

/** The first name of a field wins over the later ones. */
const names: Readonly<Record<Field, readonly string[]>> = {
  peer: ["service.peer.name", "peer.service"],
  address: [
    "server.address",
    "net.peer.name",
    "network.peer.address",
    "net.sock.peer.addr",
    "peer.hostname",
    "peer.address",
    "http.host",
    "net.peer.ip",
  ],
  port: ["server.port", "net.peer.port", "peer.port"],
  url: ["url.full", "http.url"],
  httpMethod: ["http.request.method", "http.method"],
  httpRoute: ["http.route", "url.template"],
  httpTarget: ["url.path", "http.target", "http.path"],
  rpcSystem: ["rpc.system.name", "rpc.system"],
  rpcService: ["rpc.service"],
  rpcMethod: ["rpc.method", "grpc.method"],
  dbSystem: ["db.system.name", "db.system", "db.type"],
  dbName: ["db.namespace", "db.name", "db.instance", "db.redis.database_index", "cassandra.keyspace"],
  dbTable: ["db.collection.name", "db.sql.table", "db.mongodb.collection", "db.cassandra.table", "mongodb.collection"],
  dbOperation: ["db.operation.name", "db.operation"],
  dbText: ["db.query.summary", "db.query.text", "db.statement", "sql.query", "cassandra.query"],
  messagingSystem: ["messaging.system"],
  destination: [
    "messaging.destination.name",
    "messaging.destination",
    "message_bus.destination",
    "messaging.rabbitmq.destination",
    "kafka.topic",
    "jms.queue",
    "jms.topic",
    "rabbit.exchange",
    "rabbit.queue",
    "rabbit.routing_key",
  ],
  destinationTemplate: ["messaging.destination.template"],
  temporary: ["messaging.destination.temporary", "messaging.destination.anonymous", "messaging.temp_destination"],
  messagingOperation: ["messaging.operation.type", "messaging.operation", "messaging.operation.name"],
  resend: ["http.request.resend_count", "http.resend_count", "retry.count"],
  proxy: ["upstream_cluster", "upstream_cluster.name", "istio.mesh_id"],
  meshService: ["istio.canonical_service"],
  spanKind: ["span.kind"],
  error: ["error"],
};

const slots = new Map<string, { readonly field: Field; readonly rank: number }>(
  Object.entries(names).flatMap(([field, list]) => list.map((name, rank) => [name, { field: field as Field, rank }] as const)),
);

export interface AttributePicker {
  /** Takes an attribute that matters; others are passed over. */
  take(key: string, value: string): void;
  wants(key: string): boolean;
  /** What was taken since the last call. */
  done(): SpanAttributes;
}

const longest = 300;

export function attributePicker(): AttributePicker {
  let picked: SpanAttributes = {};
  let ranks: Partial<Record<Field, number>> = {};
  let any = false;
  return {
    wants: (key) => slots.has(key),
    take: (key, value) => {
      const slot = slots.get(key);
      if (slot === undefined || value === "") return;
      const known = ranks[slot.field];
      if (known !== undefined && known <= slot.rank) return;
      any = true;
      ranks[slot.field] = slot.rank;
      picked[slot.field] = value.length > longest ? value.slice(0, longest) : value;
    },
    done: () => {
      if (!any) return noAttributes;
      const result = picked;
      picked = {};
      ranks = {};
      any = false;
      return result;
    },
  };
}
