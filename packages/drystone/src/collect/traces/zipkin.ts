/** Traces as Zipkin exports them (v2): a list of spans, or a list of lists. */
import { own, textOf } from "#collect/records/index.js";
import { attributePicker } from "./attributes.js";
import { hexId } from "./ids.js";
import { serviceName } from "./otlp-json.js";
import { type Span, type SpanKind, spanKinds } from "./span.js";

const kinds = new Map<string, SpanKind>([
  ["SERVER", spanKinds.server],
  ["CLIENT", spanKinds.client],
  ["PRODUCER", spanKinds.producer],
  ["CONSUMER", spanKinds.consumer],
]);

export function isZipkin(record: unknown): boolean {
  const span = Array.isArray(record) ? (record[0] as unknown) : record;
  return own(span, "traceId") !== undefined && own(span, "id") !== undefined && own(span, "resourceSpans") === undefined;
}

/** Client and servers of one call may share an id: then each server gets one of its own, and the client becomes its parent. */
export function zipkinReader(onSpan: (span: Span) => void): (record: unknown) => void {
  const picker = attributePicker();
  return (record) => {
    for (const span of Array.isArray(record) ? (record as unknown[]) : [record]) {
      const trace = hexId(own(span, "traceId"), 32);
      const id = hexId(own(span, "id"), 16);
      if (trace === null || id === null) continue;
      const tags = own(span, "tags");
      if (typeof tags === "object" && tags !== null)
        for (const [key, value] of Object.entries(tags)) if (typeof value === "string") picker.take(key, value);
      const remote = textOf(own(own(span, "remoteEndpoint"), "serviceName"));
      const kind = kinds.get(textOf(own(span, "kind")) ?? "") ?? spanKinds.internal;
      if (remote !== null && (kind === spanKinds.client || kind === spanKinds.producer)) picker.take("peer.service", remote);
      const isShared = own(span, "shared") === true && kind === spanKinds.server;
      if (kind === spanKinds.client) picker.take("db.type", storeOf(tags, remote) ?? "");
      const attributes = picker.done();
      const parent = hexId(own(span, "parentId"), 16) ?? "";
      const start = Number(own(span, "timestamp")) / 1e3;
      const duration = Number(own(span, "duration")) / 1e3;
      onSpan({
        trace,
        id: isShared ? sharedId(id, span) : id,
        parent: isShared ? id : parent,
        ...(isShared ? { sharedParent: parent } : {}),
        service: serviceName(textOf(own(own(span, "localEndpoint"), "serviceName"))),
        kind,
        name: (textOf(own(span, "name")) ?? "").slice(0, 200),
        start: start > 0 ? start : 0,
        end: start > 0 && duration > 0 ? start + duration : Math.max(0, start),
        failed: attributes.error !== undefined,
        attributes,
        links: [],
      });
    }
  };
}

/** One message may reach many: what is told twice stays one, what another instance did is another. */
function sharedId(id: string, span: unknown): string {
  const endpoint = own(span, "localEndpoint");
  const told = [
    own(endpoint, "serviceName"),
    own(endpoint, "ipv4"),
    own(endpoint, "ipv6"),
    own(endpoint, "port"),
    own(span, "timestamp"),
  ];
  return `${id}s${told.map((each) => textOf(each) ?? "").join("|")}`;
}

const stores = new Map([
  ["mysql", "mysql"],
  ["mariadb", "mariadb"],
  ["postgres", "postgresql"],
  ["postgresql", "postgresql"],
  ["redis", "redis"],
  ["memcache", "memcached"],
  ["memcached", "memcached"],
  ["cassandra", "cassandra"],
  ["mongo", "mongodb"],
  ["mongodb", "mongodb"],
  ["elasticsearch", "elasticsearch"],
]);

/** Zipkin has no attribute for the kind of a store: instrumentations name it as the other side (`mysql`, `mongodb-shop`), or tell the query. */
function storeOf(tags: unknown, remote: string | null): string | null {
  const named = stores.get((remote ?? "").toLowerCase().split(/[-_]/)[0] ?? "");
  if (named !== undefined) return named;
  if (own(tags, "cassandra.query") !== undefined || own(tags, "cassandra.keyspace") !== undefined) return "cassandra";
  return own(tags, "sql.query") === undefined ? null : "other_sql";
}
