/** Traces and service graphs from files: streamed, counted by service and endpoint, never held as a whole. */
import { basename } from "node:path";
import {
  at,
  type ComponentNames,
  type Counts,
  chunksOf,
  type Ending,
  experimentalHint,
  experimentalProblem,
  jsonReader,
  listOf,
  numberOf,
  own,
  problemsOf,
  textOf,
} from "#collect/records/index.js";
import type { ComponentFact, Problem, SourceFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { TraceFacts } from "#model/running.js";
import { isoDate } from "#util/dates.js";
import { isJaegerSpan, isJaegerTrace, jaegerReader } from "./jaeger.js";
import type { Service } from "./node.js";
import { type OpenTracesOptions, openTraces } from "./open-traces.js";
import { otlpJsonReader } from "./otlp-json.js";
import { isProtobuf, protobufFileReader } from "./protobuf-file.js";
import { readTrace } from "./read-trace.js";
import type { Span } from "./span.js";
import { newTally, type Tally } from "./tally.js";
import { isZipkin, zipkinReader } from "./zipkin.js";

export interface CollectedTraces {
  readonly traces: TraceFacts;
  readonly sources: readonly SourceFact[];
  readonly problems: readonly Problem[];
}

/** Several files are read side by side, the one that is behind in time first: parts of one trace may lie in different files. Never throws on what they hold. */
export async function collectTraces(
  files: readonly string[],
  components: readonly ComponentFact[],
  names: ComponentNames,
  options: OpenTracesOptions = {},
): Promise<CollectedTraces> {
  const tally = newTally();
  const found = new Map<string, Ref>();
  const serviceOf = services(components, names, found);
  const open = openTraces((spans) => readTrace(spans, serviceOf, tally), options);
  const readings = files.map((file) => readingOf(file, (span) => open.add(span), serviceOf, tally));
  for (let next = behind(readings); next !== null; next = behind(readings)) await next.step();
  open.end();
  const late = open.late();
  const traces = tally.facts(late, found);
  return {
    traces,
    sources: readings.map((reading) => reading.source()),
    problems: [...readings.flatMap((reading) => reading.problems()), ...lateProblem(late, traces.spans)],
  };
}

function services(
  components: readonly ComponentFact[],
  names: ComponentNames,
  found: Map<string, Ref>,
): (name: string) => Service {
  const kinds = new Map(components.map(({ ref, kind }) => [ref, kind]));
  const byName = new Map<string, Service>();
  const byRef = new Map<string, Service>();
  return (name) => {
    const known = byName.get(name);
    if (known !== undefined) return known;
    const ref = names.find(name);
    if (ref !== null) found.set(name, ref);
    const kind = ref === null ? null : kinds.get(ref);
    const service = (ref === null ? null : byRef.get(ref)) ?? {
      id: ref ?? name,
      name,
      isKnown: ref !== null,
      isGateway: kind === "gateway",
      isLoadGenerator: kind === "loadgen",
    };
    if (ref !== null) byRef.set(ref, service);
    // Beyond this many names they are no names of services.
    if (byName.size < 100_000) byName.set(name, service);
    return service;
  };
}

interface Reading {
  /** Reads one chunk. */
  step(): Promise<void>;
  readonly isDone: () => boolean;
  /** Start of the latest span, milliseconds since 1970. */
  readonly latest: () => number;
  readonly source: () => SourceFact;
  readonly problems: () => Problem[];
}

function behind(readings: readonly Reading[]): Reading | null {
  const open = readings.filter((reading) => !reading.isDone());
  return open.reduce<Reading | null>((first, each) => (first === null || each.latest() < first.latest() ? each : first), null);
}

function readingOf(file: string, add: (span: Span) => void, serviceOf: (name: string) => Service, tally: Tally): Reading {
  const ending: Ending = { cut: false, failure: null };
  const counts: Counts = { records: 0, broken: 0, tooLarge: 0, cut: false };
  let form: "json" | "protobuf" | "empty" | "csv" = "empty";
  let done = false;
  let [first, latest, spans, edges] = [Infinity, 0, 0, 0];
  const onSpan = (span: Span): void => {
    spans++;
    if (span.start > latest) latest = span.start;
    if (span.start > 0 && span.start < first) first = span.start;
    add(span);
  };
  const loose: unknown[] = [];
  let experimental: string | null = null;
  const readers = { otlp: otlpJsonReader(onSpan), jaeger: jaegerReader(onSpan), zipkin: zipkinReader(onSpan) };
  const json = jsonReader((path, value) => {
    if (/(?:^|\.)(?:resourceSpans|resource_spans|batches)$/.test(path)) readers.otlp(value);
    else if (path === "spans" && isJaegerSpan(value)) loose.push(value);
    else if (isJaegerSpan(value) && own(value, "process") !== undefined)
      readers.jaeger({ spans: [{ ...(value as object), processID: "own" }], processes: { own: own(value, "process") } });
    else if (isJaegerTrace(value)) {
      // A trace that was taken apart as a large document: its spans came first.
      readers.jaeger(listOf(own(value, "spans")).length > 0 ? value : { ...value, spans: loose.splice(0) });
      loose.length = 0;
    } else if (path === "" && isZipkin(value)) {
      readers.zipkin(value);
    } else {
      const edge = graphEdge(value, serviceOf, tally);
      if (edge === 1 && own(value, "metric") !== undefined) experimental = "a service graph of Prometheus";
      edges += edge;
    }
  }, counts);
  const protobuf = protobufFileReader(onSpan, counts);
  const pieces = chunksOf(file, ending);
  const path = basename(file);
  const problems = (): Problem[] => [
    ...problemsOf(path, "traces", form, counts, ending),
    ...experimentalProblem(path, experimental),
    ...(form !== "empty" && spans === 0 && edges === 0 && ending.failure === null
      ? [
          {
            path,
            line: null,
            message: `no span and no call was found in it`,
            hint: "export traces as OTLP (JSON or protobuf), Jaeger or Zipkin JSON, or a service graph",
          },
        ]
      : []),
  ];
  return {
    step: async () => {
      const { done: isEnd = false, value: chunk } = await pieces.next();
      if (isEnd || chunk === undefined) {
        done = true;
        if (form === "json") json.end();
        else if (form === "protobuf") protobuf.end();
        return;
      }
      if (form === "empty")
        form = isProtobuf(chunk) ? "protobuf" : /\S/.test(chunk.toString("latin1", 0, 4096)) ? "json" : "empty";
      if (form === "protobuf") protobuf.push(chunk);
      else if (form === "json") json.push(chunk);
    },
    isDone: () => done,
    latest: () => latest,
    source: () => ({
      kind: "trace",
      repository: "",
      path,
      read: spans + edges > 0,
      facts: spans + edges,
      problem: problems().find(({ hint }) => hint !== experimentalHint)?.message ?? null,
      window: first === Infinity ? null : { from: isoDate(first / 1000), to: isoDate(latest / 1000) },
    }),
    problems,
  };
}

/** A call of a service graph: Jaeger's dependencies (`parent`, `child`, `callCount`) or a series of the service graph metrics in Prometheus. @returns 1 where it was one. */
function graphEdge(record: unknown, serviceOf: (name: string) => Service, tally: Tally): 0 | 1 {
  const [parent, child, callCount] = [
    textOf(own(record, "parent")),
    textOf(own(record, "child")),
    numberOf(own(record, "callCount")),
  ];
  if (parent !== null && child !== null && callCount !== null && callCount > 0) {
    if (parent !== child) tally.graphCall(serviceOf(parent), serviceOf(child), callCount, 0, "calls");
    return 1;
  }
  const metric = own(record, "metric");
  const name = textOf(own(metric, "__name__")) ?? "traces_service_graph_request_total";
  const [client, server] = [textOf(own(metric, "client")), textOf(own(metric, "server"))];
  if (client === null || server === null) return 0;
  const isFailed = name === "traces_service_graph_request_failed_total";
  if (!isFailed && name !== "traces_service_graph_request_total") return 0;
  const last = listOf(own(record, "values")).at(-1) ?? at(record, "value");
  const count = numberOf(listOf(last)[1]);
  if (count === null || !(count > 0) || client === server || client === "user") return 1;
  const type = textOf(own(metric, "connection_type"));
  const kind = type === "messaging_system" ? "publishes" : type === "database" ? "reads" : "calls";
  tally.graphCall(serviceOf(client), serviceOf(server), isFailed ? 0 : count, isFailed ? count : 0, kind);
  return 1;
}

function lateProblem(late: number, spans: number): Problem[] {
  if (late === 0) return [];
  return [
    {
      path: "traces",
      line: null,
      message: `${late} of ${spans} spans came long after the others of their trace, or belong to one of more than 20,000 spans, and were left out`,
      hint: "sort the export by time, or pass the files of one time together",
    },
  ];
}
