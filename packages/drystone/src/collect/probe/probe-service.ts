/** Asks one running service for its operational baseline. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, ask } from "./ask.js";
import { type Callee, listenAsCallee } from "./callee.js";
import { alertItems } from "./probe-alerts.js";
import { probeLiveness, probeReadiness } from "./probe-health.js";
import { logItems, readLog } from "./probe-logs.js";
import { probeMetrics } from "./probe-metrics.js";
import { newTrace, traceItems } from "./probe-trace.js";
import { type ProbeReport, probeItem } from "./report.js";

export interface ProbeOptions {
  readonly url: URL;
  /** Sent to the service and to nobody else. */
  readonly headers: Readonly<Record<string, string>>;
  readonly healthPath: string | null;
  readonly readyPath: string | null;
  readonly metricsPath: string | null;
  /** Path of the request with the known trace id; `{callee}` becomes the address of our listener. */
  readonly requestPath: string;
  /** Where to listen as a callee; null does not listen. */
  readonly echo: { readonly host: string; readonly port: number } | null;
  /** A file, or a function that gives what came so far; null when there is no log. */
  readonly log: { readonly file: string } | { readonly soFar: () => string } | null;
  readonly prometheus: URL | null;
  /** Name of the service in its alerts; null takes any. */
  readonly service: string | null;
  readonly drain: boolean;
  readonly timeoutMilliseconds: number;
}

/** How long a call or a line of the log may take to come after the request is answered. */
const patienceMilliseconds = 3000;
const maxLogBytes = 16 * 1024 * 1024;

/** Never throws for what the service does. @throws when the port to listen on is taken. */
export async function probeService(options: ProbeOptions): Promise<ProbeReport> {
  const callee = options.echo === null ? null : await listenAsCallee(options.echo.host, options.echo.port);
  try {
    return await probeWith(options, callee);
  } finally {
    await callee?.close();
  }
}

async function probeWith(options: ProbeOptions, callee: Callee | null): Promise<ProbeReport> {
  const { url, headers, timeoutMilliseconds } = options;
  const askPath = (path: string, more: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    ask(below(url, path), { headers: { ...headers, ...more }, timeoutMilliseconds });
  const nowhere = await askPath("/drystone-probe/no-such-page");
  const liveness = await probeLiveness(askPath, { path: options.healthPath, nowhere });
  const readiness = await probeReadiness(askPath, { path: options.readyPath, nowhere });
  const trace = newTrace();
  const answer = await askPath(options.requestPath.replaceAll("{callee}", encodeURIComponent(callee?.url ?? "")), trace.headers);
  const log = await sightings(options, callee, trace.traceId);
  const metrics = await probeMetrics(askPath, options.metricsPath);
  const rules =
    options.prometheus === null
      ? null
      : await ask(below(options.prometheus, "/api/v1/rules"), { headers: {}, timeoutMilliseconds });
  return {
    schema: "drystone.probe/1",
    url: `${url.origin}${url.pathname}`,
    items: [
      liveness,
      readiness,
      ...(options.drain
        ? [
            probeItem("drain", "unknown", "nothing is taken away from a running service to see whether /ready turns to 503", {
              how: "stop a dependency yourself, then: drystone ops probe URL",
            }),
          ]
        : []),
      ...metrics,
      ...logItems(log === null ? null : readLog(log)),
      ...traceItems(trace, { answer, calls: callee?.calls ?? null, log }),
      ...alertItems(rules, options.service),
    ],
  };
}

/** The log, read until it or a call shows the trace, or patience ends. */
async function sightings({ log }: ProbeOptions, callee: Callee | null, traceId: string): Promise<string | null> {
  const read = () => (log === null ? null : "file" in log ? tailOf(log.file) : log.soFar());
  const until = performance.now() + patienceMilliseconds;
  for (;;) {
    const text = read();
    const seen = (callee?.calls.length ?? 1) > 0 && (text === null || text.includes(traceId));
    if (seen || performance.now() > until) return text;
    await wait(100);
  }
}

/** The last 16 MB. */
function tailOf(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, maxLogBytes));
    const read = readSync(descriptor, buffer, 0, buffer.length, Math.max(0, size - maxLogBytes));
    return buffer.subarray(0, read).toString("utf8");
  } finally {
    closeSync(descriptor);
  }
}

/** The path below the path of the address. */
function below(url: URL, path: string): URL {
  return new URL(`${url.pathname.replace(/\/$/, "")}${path.startsWith("/") ? path : `/${path}`}`, url.origin);
}
