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

export interface Slot {
  readonly field: Field;
  /** Place of the field. */
  readonly place: number;
  readonly rank: number;
  /** The same few values come again and again. */
  readonly isRepeated: boolean;
}

const everNew: ReadonlySet<string> = new Set<Field>(["url", "httpTarget", "dbText"]);
const slots = new Map<string, Slot>(
  Object.entries(names).flatMap(([field, list], place) =>
    list.map((name, rank) => [name, { field: field as Field, place, rank, isRepeated: !everNew.has(field) }] as const),
  ),
);
const unset = 255;

export interface AttributePicker {
  /** Takes an attribute that matters; others are passed over. */
  take(key: string, value: string): void;
  /** Where an attribute goes; undefined for one that does not matter. */
  slotOf(key: string): Slot | undefined;
  put(slot: Slot, value: string): void;
  /** What was taken since the last call; spans with the same attributes may get the same object. */
  done(): SpanAttributes;
}

const longest = 300;
/** Sets of attributes that are remembered; what comes beyond them gets objects of its own. */
const mostSets = 10_000;
const longestShared = 100;

/** Attributes in the order in which they came, so that the next span with the same ones finds them. */
interface SharedSet {
  readonly attributes: SpanAttributes;
  readonly ranks: Uint8Array;
  readonly next: Map<Slot, Map<string, SharedSet>>;
}

/** For all files: they come from the same services. */
const nothing: SharedSet = {
  attributes: noAttributes,
  ranks: new Uint8Array(Object.keys(names).length).fill(unset),
  next: new Map(),
};
let sets = 0;

export function attributePicker(): AttributePicker {
  let shared = nothing;
  /** A set that is not shared, once a value came that hardly comes again. */
  let own: Pick<SharedSet, "attributes" | "ranks"> | null = null;
  const share = (slot: Slot, value: string): SharedSet | null => {
    if (isOutranked(shared, slot)) return shared;
    if (!slot.isRepeated || value.length > longestShared || sets >= mostSets) return null;
    const made: SharedSet = { ...copyOf(shared), next: new Map() };
    write(made, slot, value);
    const values = shared.next.get(slot) ?? new Map<string, SharedSet>();
    shared.next.set(slot, values);
    values.set(value, made);
    sets++;
    return made;
  };
  const put = (slot: Slot, value: string): void => {
    if (value === "") return;
    if (own === null) {
      const next = shared.next.get(slot)?.get(value) ?? share(slot, value);
      if (next !== null) {
        shared = next;
        return;
      }
      own = copyOf(shared);
    }
    if (!isOutranked(own, slot)) write(own, slot, value);
  };
  return {
    slotOf: (key) => slots.get(key),
    put,
    take: (key, value) => {
      const slot = slots.get(key);
      if (slot !== undefined) put(slot, value);
    },
    done: () => {
      const { attributes } = own ?? shared;
      shared = nothing;
      own = null;
      return attributes;
    },
  };
}

function isOutranked({ ranks }: Pick<SharedSet, "ranks">, { place, rank }: Slot): boolean {
  return (ranks[place] ?? unset) <= rank;
}

function copyOf({ attributes, ranks }: SharedSet): Pick<SharedSet, "attributes" | "ranks"> {
  return { attributes: { ...attributes }, ranks: ranks.slice() };
}

function write({ attributes, ranks }: Pick<SharedSet, "attributes" | "ranks">, slot: Slot, value: string): void {
  ranks[slot.place] = slot.rank;
  attributes[slot.field] = value.length > longest ? value.slice(0, longest) : value;
}
