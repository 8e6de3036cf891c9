/** Metrics, and the histogram that the latency alert reads. */
import { type ComponentView, distinctTexts, evidenceOf, type Judged, listed, signsOf } from "./view.js";

const scrape = { input: "the metrics page of the running service", how: "drystone ops probe URL" };

export function judgeMetrics(view: ComponentView): Judged {
  const shown = signsOf(view, "metrics-library", "metrics-route");
  const collected = signsOf(view, "scrape");
  if (shown.length > 0) {
    return {
      verdict: "met",
      says: listed(distinctTexts(shown.map(({ subject }) => subject)), 3),
      evidence: evidenceOf([...shown, ...collected]),
    };
  }
  if (collected.length > 0) {
    const says = `${listed(distinctTexts(collected.map(({ subject }) => subject)), 2)} has it scraped`;
    return view.component.built
      ? {
          verdict: "unknown",
          says: `${says}, but nothing in its code shows metrics`,
          evidence: evidenceOf(collected),
          missing: scrape,
        }
      : { verdict: "met", says, evidence: evidenceOf(collected) };
  }
  return isRead(view)
    ? { verdict: "not-met", says: "neither a metrics page nor an exporter was found", evidence: placeOf(view) }
    : { verdict: "unknown", says: whyUnread(view), evidence: [], missing: scrape };
}

export function judgeHistogram(view: ComponentView, metrics: Judged): Judged {
  const histograms = signsOf(view, "request-histogram");
  const at = histograms.filter(({ subject }) => subject === "at-1s");
  if (at.length > 0) return { verdict: "met", says: at[0]?.detail ?? "a boundary at 1 s", evidence: evidenceOf(at) };
  const beside = histograms.filter(({ subject }) => subject === "not-at-1s");
  if (beside.length > 0) {
    return {
      verdict: "not-met",
      severity: "warning",
      says: `no boundary at 1 s: ${beside[0]?.detail ?? ""}`,
      evidence: evidenceOf(beside),
    };
  }
  const instrumented = signsOf(view, "tracing").filter(
    ({ subject, detail }) => subject === "w3c" && (detail === "OpenTelemetry" || detail === "agent"),
  );
  const exported = signsOf(view, "metrics-library").filter(({ detail }) => detail === "opentelemetry");
  if (exported.length > 0 && instrumented.length > 0 && measuresRequests.test(view.component.technology ?? "")) {
    const says = "OpenTelemetry's boundaries for request durations have one at 1 s";
    return { verdict: "met", says, evidence: evidenceOf([...exported, ...instrumented]) };
  }
  const none = histograms.filter(({ subject }) => subject === "none");
  if (none.length > 0) return { verdict: "not-met", says: none[0]?.detail ?? "no histogram", evidence: evidenceOf(none) };
  if (metrics.verdict === "not-met")
    return { verdict: "not-met", severity: null, says: "there are no metrics", evidence: metrics.evidence };
  return { verdict: "unknown", says: "the boundaries of its histograms are not in the files", evidence: [], missing: scrape };
}

/** Languages in which OpenTelemetry's instrumentation of servers measures durations; in others it only traces. */
const measuresRequests = /^(?:node|java|kotlin|scala|python|go|dotnet)$/;

/** True when its program text was read, in a language that these patterns know. */
export function isRead(view: ComponentView): boolean {
  const { built, technology } = view.component;
  // Its program text runs in browsers; what serves it is somebody else's.
  if (signsOf(view, "static-server").length > 0) return false;
  return built && technology !== null && /^(?:node|java|kotlin|scala|groovy|go|python|dotnet|php|ruby|rust)$/.test(technology);
}

/** Why nothing of its program text can be said. */
export function whyUnread(view: ComponentView): string {
  const [server] = signsOf(view, "static-server");
  if (server !== undefined) return `${server.subject} serves its pages`;
  return view.component.built ? "its language is not read" : "its code is not here";
}

/** What shows that the component is there at all: evidence for what it lacks. */
export function placeOf(view: ComponentView): Judged["evidence"] {
  return view.component.evidence.slice(0, 1);
}
