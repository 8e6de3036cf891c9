/** Writes traces as OTLP/JSON lines with few attributes: one service per line, ids that look random, twenty traces mixed: `node bench/generate-compact-traces.mjs FILE SPANS`. Deterministic. */
import { closeSync, openSync, writeSync } from "node:fs";
import { fileURLToPath } from "node:url";

const mixed = 20;
const spansOfLines = 400;
const endpoints = Array.from({ length: 25 }, (_, at) => at);

/** @returns spans written. */
export function writeCompactTraces(file, spans) {
  const out = openSync(file, "w");
  const random = numbers(7);
  let written = 0;
  let trace = 0;
  let byService = new Map();
  let waiting = 0;
  const flush = () => {
    for (const [service, list] of byService) writeSync(out, `${JSON.stringify(lineOf(service, list))}\n`);
    byService = new Map();
    waiting = 0;
  };
  while (written < spans) {
    const chunk = Array.from({ length: mixed }, () => traceOf(trace++, random)).flat();
    shuffle(chunk, random);
    for (const [service, span] of chunk) {
      byService.set(service, [...(byService.get(service) ?? []), span]);
      written++;
      if (++waiting >= spansOfLines) flush();
    }
  }
  flush();
  closeSync(out);
  return written;
}

/** A request of one of the endpoints: some calls, of which some are repeated and some call on. */
function traceOf(number, random) {
  const endpoint = endpoints[number % endpoints.length];
  const traceId = hex(random, 32);
  const began = 1_780_000_000_000 + number * 40;
  const spans = [];
  const add = (service, parentSpanId, kind, name, from, length, attributes) => {
    const spanId = hex(random, 16);
    spans.push([
      service,
      {
        traceId,
        spanId,
        parentSpanId,
        name,
        kind,
        startTimeUnixNano: `${began + from}${String(random() % 1_000_000).padStart(6, "0")}`,
        endTimeUnixNano: `${began + from + length}${String(random() % 1_000_000).padStart(6, "0")}`,
        attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } })),
        links: [],
      },
    ]);
    return spanId;
  };
  const call = (from, to, parent, route, start, length) => {
    const http = { "http.request.method": "GET", "http.route": route };
    const client = add(from, parent, 3, `GET ${route}`, start, length, { ...http, "server.address": to });
    return add(to, client, 2, `GET ${route}`, start + 1, length - 2, http);
  };
  const top = `/e${endpoint}`;
  const root = add("svc00", "", 2, `GET ${top}`, 0, 4000, { "http.request.method": "GET", "http.route": top });
  for (let at = 0; at <= endpoint % 5; at++) {
    const callee = 1 + ((endpoint * 7 + at * 3) % 19);
    for (let again = 0; again <= (endpoint + at) % 4; again++) {
      const start = 5 + at * 300 + again * 70;
      const server = call("svc00", serviceOf(callee), root, `${top}/op${at}`, start, 30);
      if (again === 0 && at % 2 === 0)
        call(serviceOf(callee), serviceOf((callee % 19) + 1), server, `${top}/op${at}/next`, start + 2, 20);
    }
  }
  return spans;
}

function serviceOf(number) {
  return `svc${String(number).padStart(2, "0")}`;
}

function lineOf(service, spans) {
  const resource = { attributes: [{ key: "service.name", value: { stringValue: service } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "x" }, spans }] }] };
}

function hex(random, digits) {
  let text = "";
  while (text.length < digits) text += random().toString(16).padStart(8, "0");
  return text;
}

function shuffle(list, random) {
  for (let at = list.length - 1; at > 0; at--) {
    const other = random() % (at + 1);
    [list[at], list[other]] = [list[other], list[at]];
  }
}

/** Numbers of 32 bits (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixing = Math.imul(state ^ (state >>> 15), 1 | state);
    mixing = (mixing + Math.imul(mixing ^ (mixing >>> 7), 61 | mixing)) ^ mixing;
    return (mixing ^ (mixing >>> 14)) >>> 0;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${writeCompactTraces(process.argv[2], Number(process.argv[3]))} spans\n`);
