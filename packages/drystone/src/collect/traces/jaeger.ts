/** Traces as the Jaeger API and its page export them: `{"data":[{"traceID","spans","processes"}]}`. */
import { listOf, own, textOf } from "#collect/records/index.js";
import { type AttributePicker, attributePicker } from "./attributes.js";
import { hexId } from "./ids.js";
import { serviceName } from "./otlp-json.js";
import { type Span, type SpanKind, spanKinds } from "./span.js";

const kinds = new Map<string, SpanKind>([
  ["internal", spanKinds.internal],
  ["server", spanKinds.server],
  ["client", spanKinds.client],
  ["producer", spanKinds.producer],
  ["consumer", spanKinds.consumer],
]);

export function isJaegerTrace(record: unknown): record is object {
  return Array.isArray(own(record, "spans")) && (own(record, "processes") !== undefined || own(record, "traceID") !== undefined);
}

export function isJaegerSpan(record: unknown): boolean {
  return own(record, "spanID") !== undefined && own(record, "traceID") !== undefined;
}

export function jaegerReader(onSpan: (span: Span) => void): (trace: unknown) => void {
  const picker = attributePicker();
  return (trace) => {
    const services = servicesOf(own(trace, "processes"));
    for (const span of listOf(own(trace, "spans"))) readSpan(span, services, picker, onSpan);
  };
}

function servicesOf(processes: unknown): ReadonlyMap<string, string | null> {
  if (typeof processes !== "object" || processes === null) return new Map();
  return new Map(Object.entries(processes).map(([id, process]) => [id, serviceName(textOf(own(process, "serviceName")))]));
}

function readSpan(
  span: unknown,
  services: ReadonlyMap<string, string | null>,
  picker: AttributePicker,
  onSpan: (span: Span) => void,
): void {
  const trace = hexId(own(span, "traceID"), 32);
  const id = hexId(own(span, "spanID"), 16);
  if (trace === null || id === null) return;
  for (const tag of listOf(own(span, "tags"))) {
    const key = own(tag, "key");
    const value = own(tag, "value");
    const slot = typeof key === "string" ? picker.slotOf(key) : undefined;
    if (slot !== undefined) picker.put(slot, typeof value === "boolean" ? String(value) : (textOf(value) ?? ""));
  }
  const attributes = picker.done();
  const start = Number(own(span, "startTime")) / 1e3;
  const duration = Number(own(span, "duration")) / 1e3;
  const references = listOf(own(span, "references"));
  const parent = references.find((reference) => hexId(own(reference, "traceID"), 32) === trace);
  onSpan({
    trace,
    id,
    parent: hexId(own(parent, "spanID") ?? own(span, "parentSpanID"), 16) ?? "",
    service:
      attributes.meshService ??
      services.get(textOf(own(span, "processID")) ?? "") ??
      serviceName(textOf(own(own(span, "process"), "serviceName"))),
    kind: kinds.get(attributes.spanKind?.toLowerCase() ?? "") ?? spanKinds.unspecified,
    name: (textOf(own(span, "operationName")) ?? "").slice(0, 200),
    start: start > 0 ? start : 0,
    end: start > 0 && duration > 0 ? start + duration : Math.max(0, start),
    failed: attributes.error === "true",
    attributes,
    links: references.slice(0, 128).flatMap((reference): (readonly [string, string])[] => {
      const [other, linked] = [hexId(own(reference, "traceID"), 32), hexId(own(reference, "spanID"), 16)];
      return reference === parent || other === null || linked === null ? [] : [[other, linked]];
    }),
  });
}
