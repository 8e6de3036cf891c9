/** Sends a request with a trace id that nobody else uses, and looks where it comes out again. */
import { randomBytes } from "node:crypto";
import type { Answer } from "./ask.js";
import { type ProbeItem, probeItem } from "./report.js";

export interface SentTrace {
  readonly traceId: string;
  readonly spanId: string;
  readonly headers: Readonly<Record<string, string>>;
}

const state = "drystone=probe";

export function newTrace(): SentTrace {
  const traceId = randomBytes(16).toString("hex");
  const spanId = randomBytes(8).toString("hex");
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01`, tracestate: state } };
}

export interface TraceSightings {
  readonly answer: Answer;
  /** Calls that came to our own listener; null when there is none. */
  readonly calls: readonly ReadonlyMap<string, string>[] | null;
  /** Null when no log was given. */
  readonly log: string | null;
}

export function traceItems(sent: SentTrace, { answer, calls, log }: TraceSightings): ProbeItem[] {
  if (answer.status === null) {
    const says = `the request was not answered: ${answer.problem ?? ""}`;
    const how = "name a path that answers: --request PATH";
    return [probeItem("trace-context", "unknown", says, { how }), probeItem("trace-state", "unknown", says, { how })];
  }
  if (calls !== null && calls.length > 0) return [fromCalls(sent, calls), stateFromCalls(calls)];
  const asked = calls === null ? "" : "it made no call to us; ";
  const returned = [...answer.headers].find(([, value]) => value.includes(sent.traceId));
  const how =
    "let it call us and see: --echo with --request '/path?url={callee}', or --echo-port with its settings pointing here";
  return [
    log?.includes(sent.traceId)
      ? probeItem("trace-context", "met", `${asked}its log has the trace id of our request`, {
          remarks: ["that it passes the context on to others is only shown by --echo"],
        })
      : returned !== undefined
        ? probeItem("trace-context", "met", `${asked}its answer has our trace id in ${returned[0]}`, {
            remarks: ["that it passes the context on to others is only shown by --echo"],
          })
        : log !== null && log.trim() !== ""
          ? probeItem("trace-context", "not-met", `${asked}its log does not have the trace id of our request`, {
              how: "start it with OpenTelemetry's instrumentation, or forward traceparent",
            })
          : probeItem("trace-context", "unknown", `${asked}nothing shows the trace id of our request`, { how }),
    probeItem("trace-state", "unknown", "only a call of it shows whether tracestate survives", { how }),
  ];
}

function fromCalls({ traceId, spanId }: SentTrace, calls: readonly ReadonlyMap<string, string>[]): ProbeItem {
  const parents = calls.map((call) => call.get("traceparent") ?? "");
  const carried = parents.filter((parent) => isValid(parent) && parent.slice(3, 35) === traceId);
  const measured = { calls: calls.length, carried: carried.length };
  if (carried.length === calls.length) {
    const same = carried.every((parent) => parent.slice(36, 52) === spanId);
    return probeItem("trace-context", "met", `${carried.length} of ${calls.length} calls carry our trace id`, {
      measured,
      remarks: same ? ["it passes our own span id on and adds none of its own: it is forwarded by hand"] : [],
    });
  }
  const broken = parents.find((parent) => parent !== "" && !isValid(parent));
  return probeItem(
    "trace-context",
    "not-met",
    broken === undefined
      ? `${calls.length - carried.length} of ${calls.length} calls do not carry our trace id`
      : `traceparent ${JSON.stringify(broken.slice(0, 60))} is none`,
    { measured, how: "start it with OpenTelemetry's instrumentation, or forward traceparent with every call" },
  );
}

function stateFromCalls(calls: readonly ReadonlyMap<string, string>[]): ProbeItem {
  const kept = calls.filter((call) => (call.get("tracestate") ?? "").split(",").some((member) => member.trim() === state)).length;
  return kept === calls.length
    ? probeItem("trace-state", "met", "tracestate survives")
    : probeItem("trace-state", "not-met", `${calls.length - kept} of ${calls.length} calls have lost tracestate`, {
        how: "forward tracestate with traceparent",
      });
}

/** W3C trace context: version ff and zero ids are invalid. */
function isValid(parent: string): boolean {
  return /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(parent);
}
