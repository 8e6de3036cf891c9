/** Whether the context of a trace is carried on. */
import { isRead, whyUnread } from "./metrics.js";
import { type ComponentView, distinctTexts, evidenceOf, type Judged, listed, signsOf } from "./view.js";

const trace = { input: "a request with a known trace id", how: "drystone ops probe URL --logs FILE" };

export function judgeTraceContext(view: ComponentView): Judged {
  const signs = signsOf(view, "tracing");
  const standard = signs.filter(({ subject }) => subject === "w3c");
  if (standard.length > 0) {
    return {
      verdict: "met",
      says: listed(distinctTexts(standard.map(({ detail }) => detail ?? "")), 3),
      evidence: evidenceOf(standard),
    };
  }
  const other = signs.filter(({ subject }) => subject !== "w3c");
  if (other.length > 0) {
    const says = listed(distinctTexts(other.map(({ detail }) => detail ?? "")), 3);
    return {
      verdict: "met",
      says,
      evidence: evidenceOf(other),
      remarks: [
        {
          rule: "trace-format",
          severity: "note",
          says: `it carries the trace as ${says}, not as traceparent`,
          fix: "Switch the propagation to W3C trace context when all that call each other can: one service of another format cuts the trace.",
          evidence: evidenceOf(other),
        },
      ],
    };
  }
  if (!isRead(view)) return { verdict: "unknown", says: whyUnread(view), evidence: [], missing: trace };
  if (!view.reachesOut) return { verdict: "not-applicable", says: "no call of it to others was found", evidence: [] };
  const mesh = signsOf(view, "mesh");
  const places = view.callSites.flatMap(({ evidence }) => evidence);
  return {
    verdict: "not-met",
    says:
      mesh.length > 0
        ? "only a sidecar traces it, which cannot tell which call belongs to which request"
        : "it calls others, and nothing forwards the trace context",
    evidence: [...evidenceOf(mesh), ...places, ...(places.length === 0 ? view.component.evidence.slice(0, 1) : [])],
  };
}
