/** OTLP as JSON: `resourceSpans`, as the file exporter of the OpenTelemetry collector writes it, one request per line. */
import { type AttributePicker, attributePicker } from "./attributes.js";
import { hexId } from "./ids.js";
import { sameText } from "./same-text.js";
import { type Span, type SpanKind, spanKinds } from "./span.js";

const kinds = new Map<unknown, SpanKind>([
  ["SPAN_KIND_UNSPECIFIED", spanKinds.unspecified],
  ["SPAN_KIND_INTERNAL", spanKinds.internal],
  ["SPAN_KIND_SERVER", spanKinds.server],
  ["SPAN_KIND_CLIENT", spanKinds.client],
  ["SPAN_KIND_PRODUCER", spanKinds.producer],
  ["SPAN_KIND_CONSUMER", spanKinds.consumer],
]);

/** Spans of one item of `resourceSpans`. Unknown fields are passed over, also those of older versions (`instrumentationLibrarySpans`). */
export function otlpJsonReader(onSpan: (span: Span) => void): (resourceSpans: unknown) => void {
  const picker = attributePicker();
  return (resourceSpans) => {
    if (!isObject(resourceSpans)) return;
    const resource = resourceOf(resourceSpans["resource"], picker);
    const scopes = resourceSpans["scopeSpans"] ?? resourceSpans["scope_spans"] ?? resourceSpans["instrumentationLibrarySpans"];
    if (!Array.isArray(scopes)) return;
    for (const scope of scopes) {
      const spans = isObject(scope) ? scope["spans"] : undefined;
      if (Array.isArray(spans)) for (const span of spans) if (isObject(span)) readSpan(span, resource, picker, onSpan);
    }
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

interface Resource {
  readonly service: string | null;
  readonly meshService: string | null;
}

function resourceOf(resource: unknown, picker: AttributePicker): Resource {
  let service: string | null = null;
  const attributes = isObject(resource) ? resource["attributes"] : undefined;
  if (Array.isArray(attributes)) {
    for (const attribute of attributes) {
      const key = isObject(attribute) ? attribute["key"] : undefined;
      if (typeof key !== "string") continue;
      const value = scalar((attribute as JsonObject)["value"]);
      if (key === "service.name") service = value;
      else picker.take(key, value);
    }
  }
  const { meshService = null } = picker.done();
  return { service: serviceName(service), meshService };
}

/** Null for the name that SDKs make up when nobody gave one. */
export function serviceName(name: string | null): string | null {
  const trimmed = name?.trim() ?? "";
  return trimmed === "" || trimmed.startsWith("unknown_service") ? null : trimmed.slice(0, 200);
}

function readSpan(span: JsonObject, resource: Resource, picker: AttributePicker, onSpan: (span: Span) => void): void {
  const trace = hexId(span["traceId"] ?? span["trace_id"], 32);
  const id = hexId(span["spanId"] ?? span["span_id"], 16);
  if (trace === null || id === null) return;
  const list = span["attributes"];
  if (Array.isArray(list)) {
    for (let at = 0; at < list.length; at++) {
      const attribute = list[at] as unknown;
      if (!isObject(attribute)) continue;
      const key = attribute["key"];
      const slot = typeof key === "string" ? picker.slotOf(key) : undefined;
      if (slot !== undefined) picker.put(slot, scalar(attribute["value"]));
    }
  }
  const attributes = picker.done();
  const start = milliseconds(span["startTimeUnixNano"] ?? span["start_time_unix_nano"]);
  const end = milliseconds(span["endTimeUnixNano"] ?? span["end_time_unix_nano"]);
  const name = span["name"];
  onSpan({
    trace,
    id,
    parent: hexId(span["parentSpanId"] ?? span["parent_span_id"], 16) ?? "",
    service: attributes.meshService ?? resource.meshService ?? resource.service,
    kind: kindOf(span["kind"]),
    name: typeof name === "string" ? sameText(name.slice(0, 200)) : "",
    start,
    end: end < start ? start : end,
    failed: isError(span["status"]),
    attributes,
    links: linksOf(span["links"]),
  });
}

function kindOf(kind: unknown): SpanKind {
  if (typeof kind === "number")
    return kind >= 0 && kind <= 5 && Number.isInteger(kind) ? (kind as SpanKind) : spanKinds.unspecified;
  return kinds.get(kind) ?? spanKinds.unspecified;
}

/** Nanoseconds as text or number; what is lost beyond 53 bits is less than a microsecond. */
function milliseconds(nanoseconds: unknown): number {
  const value = typeof nanoseconds === "number" || typeof nanoseconds === "string" ? Number(nanoseconds) / 1e6 : 0;
  return value > 0 && value < 4.1e12 ? value : 0;
}

function isError(status: unknown): boolean {
  const code = isObject(status) ? status["code"] : undefined;
  return code === 2 || code === "STATUS_CODE_ERROR";
}

function linksOf(links: unknown): Span["links"] {
  if (!Array.isArray(links) || links.length === 0) return noLinks;
  return links.slice(0, mostLinks).flatMap((link): (readonly [string, string])[] => {
    if (!isObject(link)) return [];
    const trace = hexId(link["traceId"] ?? link["trace_id"], 32);
    const span = hexId(link["spanId"] ?? link["span_id"], 16);
    return trace === null || span === null ? [] : [[trace, span]];
  });
}

const noLinks: Span["links"] = [];
const mostLinks = 128;

/** Text of an AnyValue; "" for lists and objects. */
function scalar(value: unknown): string {
  if (!isObject(value)) return "";
  const text =
    value["stringValue"] ??
    value["intValue"] ??
    value["boolValue"] ??
    value["doubleValue"] ??
    value["string_value"] ??
    value["int_value"];
  return typeof text === "string" ? text : typeof text === "number" || typeof text === "boolean" ? String(text) : "";
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
