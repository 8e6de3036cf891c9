/** Writes traces of a made-up shop as OTLP/JSON lines: `node bench/generate-traces.mjs FILE SPANS`. Deterministic. */
import { closeSync, openSync, writeSync } from "node:fs";
import { fileURLToPath } from "node:url";

const services = Array.from({ length: 20 }, (_, at) => `service-${at}`);

/** @returns spans written; each line holds the spans of a few traces by service, as a collector batches them. */
export function writeTraces(file, spans) {
  const out = openSync(file, "w");
  let written = 0;
  let trace = 0;
  while (written < spans) {
    const byService = new Map();
    for (let batch = 0; batch < 10 && written < spans; batch++, trace++) written += addTrace(byService, trace);
    writeSync(out, `${JSON.stringify({ resourceSpans: [...byService].map(([name, list]) => resource(name, list)) })}\n`);
  }
  closeSync(out);
  return written;
}

function addTrace(byService, trace) {
  const id = hex(trace + 1, 32);
  const start = 1_780_000_000_000 + trace * 50;
  let next = 1;
  let count = 0;
  const add = (service, parent, kind, name, from, to, attributes) => {
    const span = hex(trace * 100 + next++, 16);
    const list = byService.get(service) ?? [];
    byService.set(service, list);
    list.push({
      traceId: id,
      spanId: span,
      parentSpanId: parent,
      flags: 256,
      name,
      kind,
      startTimeUnixNano: `${from}000000`,
      endTimeUnixNano: `${to}000000`,
      attributes: Object.entries(attributes).map(([key, value]) => ({
        key,
        value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
      })),
      status: {},
    });
    count++;
    return span;
  };
  const http = {
    "http.request.method": "GET",
    "http.response.status_code": 200,
    "network.protocol.version": "1.1",
    "user_agent.original": "shop/1.0",
    "url.scheme": "http",
  };
  const first = services[trace % services.length];
  const root = add(first, "", 2, "GET /shop/{id}", start, start + 100, { ...http, "http.route": "/shop/{id}" });
  for (let call = 0; call < 4; call++) {
    const callee = services[(trace + call + 1) % services.length];
    const client = add(first, root, 3, "GET", start + call * 20, start + call * 20 + 15, { ...http, "server.address": callee });
    const server = add(callee, client, 2, "GET /part/{id}", start + call * 20 + 2, start + call * 20 + 13, {
      ...http,
      "http.route": "/part/{id}",
    });
    add(callee, server, 3, "SELECT parts", start + call * 20 + 4, start + call * 20 + 8, {
      "db.system.name": "postgresql",
      "db.namespace": "parts",
      "db.operation.name": "SELECT",
    });
  }
  return count;
}

function resource(name, spans) {
  return {
    resource: {
      attributes: [
        { key: "service.name", value: { stringValue: name } },
        { key: "host.name", value: { stringValue: "node-1" } },
        { key: "telemetry.sdk.language", value: { stringValue: "nodejs" } },
      ],
    },
    scopeSpans: [{ scope: { name: "bench", version: "1" }, spans }],
  };
}

function hex(number, digits) {
  return number.toString(16).padStart(digits, "0");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${writeTraces(process.argv[2], Number(process.argv[3]))} spans\n`);
