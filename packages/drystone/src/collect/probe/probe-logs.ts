/** Lines of a log: JSON or not, and the five fields by their name or an alias. */
import { type ProbeItem, probeItem } from "./report.js";

export interface LogFacts {
  readonly lines: number;
  readonly json: number;
  /** Lines that belong to a request. */
  readonly requests: number;
  /** Per field: how many lines that need it have it, how many need it, and the names it has. */
  readonly fields: ReadonlyMap<
    LogField,
    { readonly has: number; readonly of: number; readonly names: readonly string[]; readonly invalid: number }
  >;
}

const logFields = ["service", "version", "environment", "trace_id", "span_id"] as const;
export type LogField = (typeof logFields)[number];

const aliases: Readonly<Record<LogField, readonly string[]>> = {
  service: [
    "service",
    "service.name",
    "service_name",
    "serviceName",
    "resource.service.name",
    "dd.service",
    "app",
    "application",
  ],
  version: [
    "version",
    "service.version",
    "service_version",
    "serviceVersion",
    "resource.service.version",
    "dd.version",
    "app_version",
  ],
  environment: [
    "environment",
    "env",
    "service.environment",
    "deployment.environment",
    "deployment.environment.name",
    "resource.deployment.environment",
    "resource.deployment.environment.name",
    "dd.env",
  ],
  trace_id: ["trace_id", "traceId", "trace.id", "TraceId", "traceid", "otelTraceID", "dd.trace_id", "X-B3-TraceId", "@tr"],
  span_id: ["span_id", "spanId", "span.id", "SpanId", "spanid", "otelSpanID", "dd.span_id", "X-B3-SpanId", "@sp"],
};
const valid: Partial<Record<LogField, RegExp>> = { trace_id: /^(?!0{32}$)[0-9a-f]{32}$/, span_id: /^(?!0{16}$)[0-9a-f]{16}$/ };
/** What tells that a line is about a request. */
const requestKeys =
  /^(?:req(?:uest)?(?:[._]?id)?|method|url|uri|path|route|status(?:[._]?code)?|http|response|duration(?:_ms)?|grpc|rpc)(?:[._].*)?$/i;
const maxLines = 20_000;
/** One banner at the start is no reason to call a log unreadable. */
const jsonShare = 0.99;

export function readLog(text: string): LogFacts {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(-maxLines);
  const objects = lines.flatMap((line) => objectOf(line) ?? []);
  const requests = objects.filter(isRequest);
  const fields = new Map(
    logFields.map((field) => {
      const needed = field === "trace_id" || field === "span_id" ? requests : objects;
      const found = needed.map((object) => valueOf(object, field));
      const pattern = valid[field];
      const right = found.filter((one) => one !== null && (pattern === undefined || pattern.test(one.value)));
      const names = [...new Set(found.flatMap((one) => one?.name ?? []))].sort();
      return [
        field,
        { has: right.length, of: needed.length, names, invalid: found.filter((one) => one !== null).length - right.length },
      ] as const;
    }),
  );
  return { lines: lines.length, json: objects.length, requests: requests.length, fields };
}

/** @param facts null when no log was given. */
export function logItems(facts: LogFacts | null): ProbeItem[] {
  const how = "pass its log: --logs FILE, or --logs - to read it from standard input";
  if (facts === null || facts.lines === 0) {
    const says = facts === null ? "no log was given" : "the log is empty";
    return [probeItem("json-logs", "unknown", says, { how }), probeItem("log-fields", "unknown", says, { how })];
  }
  const share = facts.json / facts.lines;
  const measured = { lines: facts.lines, jsonShare: Math.round(share * 1000) / 1000 };
  const says = `${percent(share)} of ${facts.lines} lines are JSON objects`;
  return [
    share >= jsonShare
      ? probeItem("json-logs", "met", says, { measured })
      : probeItem("json-logs", "not-met", says, { measured, how: "write one JSON object per line" }),
    fieldsItem(facts),
  ];
}

function fieldsItem({ json, fields, requests }: LogFacts): ProbeItem {
  if (json === 0) return probeItem("log-fields", "unknown", "no line is JSON", { how: "write JSON first" });
  const absent = [...fields].filter(([, { has, of }]) => of > 0 && has / of < jsonShare);
  const open = [...fields].filter(([, { of }]) => of === 0).map(([field]) => field);
  const measured = Object.fromEntries(
    [...fields].map(([field, { has, of }]) => [field, of === 0 ? "no line needs it" : Math.round((has / of) * 1000) / 1000]),
  );
  const remarks = [...fields].flatMap(([field, { names }]) => {
    const other = names.filter((name) => name !== field);
    return other.length > 0 && !names.includes(field) ? [`${field} is called ${other.join(", ")}`] : [];
  });
  if (absent.length > 0) {
    const says = absent.map(
      ([field, { has, of, invalid }]) =>
        `${field} on ${percent(has / of)} of ${of} lines${invalid > 0 ? ` (${invalid} are no valid id)` : ""}`,
    );
    return probeItem("log-fields", "not-met", says.join(", "), {
      measured,
      remarks,
      how: "let the logger add them to each line; ids to those of requests",
    });
  }
  if (open.length > 0) {
    return probeItem("log-fields", "unknown", `no line of a request, so nothing shows ${open.join(" and ")}`, {
      measured,
      remarks,
      how: "send requests while the log is read",
    });
  }
  return probeItem("log-fields", "met", `all five, the ids on ${requests} lines of requests`, { measured, remarks });
}

type Flat = ReadonlyMap<string, string>;

/** Keys of the object and, two levels down, with dots. Null for a line that is no JSON object. */
function objectOf(line: string): Flat | null {
  if (!line.startsWith("{") || line.length > 1_000_000) return null;
  try {
    const value: unknown = JSON.parse(line);
    const flat = new Map<string, string>();
    flatten(value, "", 0, flat);
    return flat;
  } catch {
    return null;
  }
}

function flatten(value: unknown, prefix: string, depth: number, flat: Map<string, string>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth > 2) return;
  for (const [key, inner] of Object.entries(value)) {
    if (flat.size > 500) return;
    if (typeof inner === "string" || typeof inner === "number" || typeof inner === "boolean")
      flat.set(prefix + key, String(inner));
    else flatten(inner, `${prefix}${key}.`, depth + 1, flat);
  }
}

function valueOf(object: Flat, field: LogField): { readonly name: string; readonly value: string } | null {
  for (const name of aliases[field]) {
    const value = object.get(name);
    if (value !== undefined && value !== "") return { name, value };
  }
  return null;
}

function isRequest(object: Flat): boolean {
  return valueOf(object, "trace_id") !== null || [...object.keys()].some((key) => requestKeys.test(key));
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
