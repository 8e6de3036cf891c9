/** Counts of services, calls and endpoints over all traces. Its size depends on how many of these there are, never on how many spans. */
import type { Evidence } from "#model/evidence.js";
import type { Ref } from "#model/refs.js";
import type { Histogram, TracedCallFact, TracedEndpointFact, TraceFacts } from "#model/running.js";
import type { RequestMeasures } from "./measure-request.js";
import type { Entry, Node, Service } from "./node.js";
import type { Span } from "./span.js";

export interface Tally {
  span(node: Node, isOrphan: boolean): void;
  unnamed(): void;
  trace(orphans: number): void;
  call(from: Service, to: Service, operation: string, span: Span, protocol: "http" | "grpc" | "tcp"): void;
  message(from: Service, channel: string, technology: string | null, role: "publish" | "consume", span: Span): void;
  unnamedMessage(from: Service, span: Span, role: "publish" | "consume"): void;
  store(from: Service, address: string | null, span: Span): void;
  request(entry: Entry, measures: RequestMeasures): void;
  /** A call that a service graph counted. */
  graphCall(from: Service, to: Service, calls: number, failed: number, kind: "calls" | "publishes" | "reads"): void;
  facts(late: number, components: ReadonlyMap<string, Ref>): TraceFacts;
}

interface CountedCall {
  readonly from: string;
  readonly to: string;
  readonly kind: TracedCallFact["kind"];
  readonly protocol: TracedCallFact["protocol"];
  readonly technology: string | null;
  calls: number;
  failed: number;
  /** -1 where nobody told. */
  requests: number;
  /** The last trace in which it happened, to count it once. */
  trace: string;
  readonly operations: Map<string, number>;
  readonly evidence: Evidence[];
}

interface CountedEndpoint {
  readonly service: Service;
  readonly operation: string;
  readonly async: boolean;
  requests: number;
  readonly days: Set<number>;
  readonly counts: Record<
    "calls" | "depth" | "repeat" | "slowRepeat" | "serial" | "netPercent" | "messages",
    Map<number, number>
  >;
  readonly repeated: Map<string, number>;
  most: number;
  readonly evidence: Evidence[];
}

const mostServices = 5_000;
const mostCalls = 50_000;
const mostEndpoints = 10_000;
const mostOperations = 200;
const shownOperations = 50;
const mostDays = 3_660;
/** Larger counts are told as this one. */
const mostCount = 1_000;
const mostEvidence = 3;

export function newTally(): Tally {
  const services = new Map<string, { spans: number; orphans: number; emits: boolean }>();
  const calls = new Map<string, CountedCall>();
  const endpoints = new Map<string, CountedEndpoint>();
  const totals = { spans: 0, traces: 0, orphans: 0, unnamed: 0, from: Infinity, to: -Infinity };

  const serviceCounts = (name: string) => {
    const known = services.get(name);
    if (known !== undefined || services.size >= mostServices) return known;
    const counts = { spans: 0, orphans: 0, emits: false };
    services.set(name, counts);
    return counts;
  };
  const callCounts = (
    from: string,
    to: string,
    kind: CountedCall["kind"],
    protocol: CountedCall["protocol"],
    technology: string | null,
  ) => {
    const key = `${from}\0${to}\0${kind}`;
    const known = calls.get(key);
    if (known !== undefined || calls.size >= mostCalls) return known;
    const counts: CountedCall = {
      from,
      to,
      kind,
      protocol,
      technology,
      calls: 0,
      failed: 0,
      requests: 0,
      trace: "",
      operations: new Map(),
      evidence: [],
    };
    calls.set(key, counts);
    return counts;
  };
  const note = (counts: CountedCall | undefined, span: Span, operation: string): void => {
    if (counts === undefined) return;
    counts.calls++;
    if (span.failed) counts.failed++;
    if (counts.trace !== span.trace) {
      counts.trace = span.trace;
      counts.requests++;
    }
    bump(counts.operations, operation, mostOperations);
    if (counts.evidence.length < mostEvidence) counts.evidence.push(evidenceOf(span));
  };

  return {
    span: ({ span, service }, isOrphan) => {
      totals.spans++;
      if (isOrphan) totals.orphans++;
      if (span.start > 0) {
        if (span.start < totals.from) totals.from = span.start;
        if (span.start > totals.to) totals.to = span.start;
      }
      const counts = service === null || span.service === null ? undefined : serviceCounts(service.name);
      if (counts === undefined) return;
      counts.spans++;
      counts.emits = true;
      if (isOrphan) counts.orphans++;
    },
    unnamed: () => {
      totals.unnamed++;
    },
    trace: () => {
      totals.traces++;
    },
    call: (from, to, operation, span, protocol) => {
      serviceCounts(to.name);
      note(callCounts(from.id, to.id, "calls", protocol, null), span, operation);
    },
    message: (from, channel, technology, role, span) =>
      note(callCounts(from.id, channel, role === "publish" ? "publishes" : "consumes", "queue", technology), span, channel),
    unnamedMessage: (from, span, role) =>
      note(
        callCounts(
          from.id,
          span.attributes.messagingSystem ?? "messages",
          role === "publish" ? "publishes" : "consumes",
          "queue",
          span.attributes.messagingSystem ?? null,
        ),
        span,
        "(no destination)",
      ),
    store: (from, address, span) => {
      const { dbSystem = "", dbName, dbTable } = span.attributes;
      const operation = verbOf(span);
      const kind = isWrite(operation) ? "writes" : "reads";
      const to = address ?? (dbName === undefined || /^\d+$/.test(dbName) ? dbSystem : dbName);
      note(callCounts(from.id, to, kind, "db", dbSystem), span, [operation, dbTable ?? ""].join(" ").trim());
    },
    request: ({ node, operation, async }, measures) => {
      const { span, service } = node;
      if (service === null) return;
      const key = `${service.id}\0${operation}\0${async}`;
      let counts = endpoints.get(key);
      if (counts === undefined) {
        if (endpoints.size >= mostEndpoints) return;
        counts = newEndpoint(service, operation, async);
        endpoints.set(key, counts);
      }
      counts.requests++;
      if (counts.days.size < mostDays) counts.days.add(Math.floor(span.start / 86_400_000));
      for (const name of histogramNames) bump(counts.counts[name], Math.min(mostCount, measures[name]), mostCount + 1);
      if (measures.repeated !== null) bump(counts.repeated, measures.repeated, mostOperations);
      // The requests that needed most are the ones to look at.
      const weight = measures.calls + measures.repeat + measures.depth;
      if (counts.evidence.length < mostEvidence) counts.evidence.push(evidenceOf(span));
      else if (weight > counts.most) counts.evidence[0] = evidenceOf(span);
      counts.most = Math.max(counts.most, weight);
    },
    graphCall: (from, to, count, failed, kind) => {
      serviceCounts(from.name);
      serviceCounts(to.name);
      const counts = callCounts(from.id, to.id, kind, kind === "calls" ? "tcp" : kind === "reads" ? "db" : "queue", null);
      if (counts === undefined) return;
      counts.calls += count;
      counts.failed += failed;
      if (counts.trace === "") counts.requests = -1;
    },
    facts: (late, components) => ({
      spans: totals.spans + late,
      traces: totals.traces,
      orphans: totals.orphans,
      late,
      unnamed: totals.unnamed,
      from: totals.from === Infinity ? null : totals.from / 1000,
      to: totals.to === -Infinity ? null : totals.to / 1000,
      services: [...services]
        .map(([name, { spans, orphans, emits }]) => ({
          name,
          component: components.get(name) ?? null,
          spans,
          orphans,
          seenAs: emits ? ("emits" as const) : ("peer" as const),
        }))
        .sort((a, b) => order(a.name, b.name)),
      calls: [...calls.values()]
        .map(callFact)
        .sort((a, b) => order(a.from, b.from) || order(a.to, b.to) || order(a.kind, b.kind)),
      endpoints: [...endpoints.values()]
        .map((endpoint) => endpointFact(endpoint, components))
        .sort((a, b) => order(a.service, b.service) || order(a.operation, b.operation) || Number(a.async) - Number(b.async)),
    }),
  };
}

const histogramNames = ["calls", "depth", "repeat", "slowRepeat", "serial", "netPercent", "messages"] as const;

function newEndpoint(service: Service, operation: string, async: boolean): CountedEndpoint {
  return {
    service,
    operation,
    async,
    requests: 0,
    days: new Set(),
    counts: {
      calls: new Map(),
      depth: new Map(),
      repeat: new Map(),
      slowRepeat: new Map(),
      serial: new Map(),
      netPercent: new Map(),
      messages: new Map(),
    },
    repeated: new Map(),
    most: 0,
    evidence: [],
  };
}

function bump<Key>(counts: Map<Key, number>, key: Key, most: number): void {
  const known = counts.get(key);
  if (known !== undefined) counts.set(key, known + 1);
  else if (counts.size < most) counts.set(key, 1);
}

function evidenceOf({ trace, id }: Span): Evidence {
  return { type: "span", trace, span: id };
}

/** First word of the query, or the operation as told. */
function verbOf({ attributes, name }: Span): string {
  const told = attributes.dbOperation ?? /^\s*([a-z]+)/i.exec(attributes.dbText ?? name)?.[1] ?? "";
  return told.slice(0, 40).toUpperCase();
}

const writing =
  /^(?:INSERT|UPDATE|DELETE|MERGE|UPSERT|REPLACE|CREATE|DROP|ALTER|TRUNCATE|SET|SETEX|HSET|HMSET|DEL|LPUSH|RPUSH|SADD|ZADD|INCR|EXPIRE|SAVE|WRITE|PUT|INDEX|INSERTMANY|INSERTONE|UPDATEONE|UPDATEMANY|DELETEONE|DELETEMANY|FINDANDMODIFY|BULKWRITE)/;

function isWrite(operation: string): boolean {
  return writing.test(operation);
}

function callFact({
  from,
  to,
  kind,
  protocol,
  technology,
  calls,
  failed,
  requests,
  operations,
  evidence,
}: CountedCall): TracedCallFact {
  return {
    from,
    to,
    kind,
    protocol,
    technology,
    calls,
    failed,
    requests: requests < 0 ? null : requests,
    operations: frequent(operations)
      .slice(0, shownOperations)
      .map(([name, count]) => ({ name, calls: count })),
    evidence,
  };
}

function endpointFact(
  { service, operation, async, requests, days, counts, repeated, evidence }: CountedEndpoint,
  components: ReadonlyMap<string, Ref>,
): TracedEndpointFact {
  return {
    service: service.name,
    component: components.get(service.name) ?? null,
    operation,
    async,
    requests,
    days: days.size,
    calls: histogram(counts.calls),
    depth: histogram(counts.depth),
    repeat: histogram(counts.repeat),
    slowRepeat: histogram(counts.slowRepeat),
    serial: histogram(counts.serial),
    netPercent: histogram(counts.netPercent),
    messages: histogram(counts.messages),
    repeated: frequent(repeated)[0]?.[0] ?? null,
    evidence,
  };
}

function histogram(counts: ReadonlyMap<number, number>): Histogram {
  return [...counts].sort(([a], [b]) => a - b);
}

function frequent(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, n], [b, m]) => m - n || order(a, b));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
