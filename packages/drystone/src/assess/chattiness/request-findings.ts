/** What to show of requests: endpoints that talk much, and where the trace context is lost. */
import { type Ref, shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import type { TraceFacts } from "#model/running.js";
import { counted, finding, listed, percent, rounded, thousands } from "../_shared/index.js";
import type { Endpoint, Requests } from "./requests.js";

const id = "chattiness";

/** The endpoints with the most requests first. */
export function chattyEndpoints({ chatty }: Requests): Finding[] {
  return chatty.map((endpoint) => {
    const { fact, because, calls } = endpoint;
    const repeated = endpoint.slowRepeat > 1 && fact.repeated !== null ? ` The call that is repeated: ${fact.repeated}.` : "";
    return {
      ...finding({
        code: `${id}/chatty-endpoint`,
        severity: "warning",
        subjects: [subjectOf(endpoint)],
        message: `${nameOf(endpoint)}: ${listed(because)}.${repeated}`,
        fix: "Ask once for all elements, keep a copy of what is needed, or move the border so that one request stays in one service.",
        value: calls,
        unit: "calls per request",
        sample: { n: fact.requests, of: "requests" },
        evidence: fact.evidence,
      }),
    };
  });
}

export function nameOf({ fact }: Endpoint): string {
  return `${fact.operation} of ${fact.component === null ? fact.service : shortName(fact.component)}`;
}

export function subjectOf({ fact }: Endpoint): Ref {
  return fact.component ?? "system";
}

/** Services whose spans most often miss their parent. */
export function brokenPropagation(traces: TraceFacts, requests: Requests): Finding[] {
  if (!requests.isBroken) return [];
  const worst = traces.services
    .filter(({ orphans }) => orphans > 0)
    .toSorted((a, b) => b.orphans - a.orphans || (a.name < b.name ? -1 : 1));
  const shown = worst.slice(0, 4).map(({ name, orphans, spans }) => `${name} (${thousands(orphans)} of ${thousands(spans)})`);
  return [
    finding({
      code: `${id}/broken-propagation`,
      severity: "warning",
      subjects: [...new Set(worst.slice(0, 4).flatMap(({ component }) => component ?? []))],
      message: `${percent(requests.orphans)} of ${counted(traces.spans, "span")} miss their parent, most of them in ${listed(shown)}: the trace is not passed on to them, or who calls them does not report.`,
      fix: "Pass traceparent on in every client, and keep or drop traces as a whole when sampling.",
      value: rounded(requests.orphans),
      unit: "share of spans",
      sample: { n: traces.spans, of: "spans" },
      evidence: [],
    }),
  ];
}
