/** Numbers per endpoint and per pair of services, from traces. */

import type { Measure } from "#model/result.js";
import type { TraceFacts } from "#model/running.js";
import { isoDate } from "#util/dates.js";
import { rounded } from "../_shared/index.js";
import { nameOf, subjectOf } from "./request-findings.js";
import { quantileOf, type Requests } from "./requests.js";

const parts = [
  ["calls", "calls per request"],
  ["depth", "nested calls"],
  ["repeat", "calls of one operation"],
  ["serial", "calls one after the other"],
  ["netShare", "share of the time"],
] as const;
const mostEndpoints = 500;

export function requestMeasures(traces: TraceFacts, requests: Requests | null): Measure[] {
  const window = traces.from === null || traces.to === null ? null : `${isoDate(traces.from)}/${isoDate(traces.to)}`;
  const shown = (requests?.endpoints ?? []).toSorted((a, b) => b.fact.requests - a.fact.requests).slice(0, mostEndpoints);
  const endpoints = shown.flatMap((endpoint) =>
    parts.map(([part, unit]): Measure => {
      const { fact } = endpoint;
      return {
        id: `chattiness.${part === "netShare" ? "net" : part}`,
        subjects: [subjectOf(endpoint)],
        value: rounded(endpoint[part]),
        unit,
        interval: null,
        sample: { n: fact.requests, of: fact.async ? "messages" : "requests" },
        window,
        detail: {
          endpoint: nameOf(endpoint),
          days: fact.days,
          ...(part === "netShare" ? {} : { p50: quantileOf(fact[part], 0.5), p95: quantileOf(fact[part], 0.95) }),
        },
      };
    }),
  );
  return [...endpoints, ...pairs(traces, window), ...(requests === null ? [] : [orphans(traces, requests, window)])];
}

/** Calls of a pair in each request in which it talks at all. */
function pairs({ calls }: TraceFacts, window: string | null): Measure[] {
  return calls.flatMap(({ from, to, kind, calls: n, requests, failed }): Measure[] => {
    if (kind !== "calls" || !from.startsWith("component:") || !to.startsWith("component:")) return [];
    return [
      {
        id: "calls.per-request",
        subjects: [from, to],
        value: requests === null || requests === 0 ? null : rounded(n / requests),
        unit: "calls per request",
        interval: null,
        sample: requests === null ? { n, of: "calls" } : { n: requests, of: "requests" },
        window,
        detail: { calls: n, failed },
      },
    ];
  });
}

function orphans({ spans }: TraceFacts, requests: Requests, window: string | null): Measure {
  return {
    id: "traces.orphans",
    subjects: ["system"],
    value: rounded(requests.orphans),
    unit: "share of spans",
    interval: null,
    sample: { n: spans, of: "spans" },
    window,
  };
}
