/** Endpoints measured per request from traces (metrics.md A3). */
import type { Parameters } from "#model/parameters.js";
import type { Histogram, TracedEndpointFact, TraceFacts } from "#model/running.js";
import { type Estimate, wilson } from "#util/statistics/index.js";

export interface Endpoint {
  readonly fact: TracedEndpointFact;
  readonly calls: number;
  readonly depth: number;
  readonly repeat: number;
  readonly slowRepeat: number;
  readonly serial: number;
  /** Median share, 0..1. */
  readonly netShare: number;
  readonly messages: number;
  /** Why it is chatty, in words; empty when it is not. */
  readonly because: readonly string[];
}

export interface Requests {
  readonly endpoints: readonly Endpoint[];
  /** Endpoints somebody waits for, with enough requests on enough days. */
  readonly judged: readonly Endpoint[];
  readonly chatty: readonly Endpoint[];
  /** Requests of judged endpoints, and of all. */
  readonly n: number;
  readonly all: number;
  /** Share of the requests that went to chatty endpoints. */
  readonly estimate: Estimate | null;
  /** Spans whose parent is missing, 0..1. */
  readonly orphans: number;
  /** Too many of them: what a request needed cannot be counted. */
  readonly isBroken: boolean;
}

/** Null without spans: service graphs tell who calls whom, not what one request needs. */
export function requestsOf(traces: TraceFacts, { A3, nMin, ci }: Parameters): Requests | null {
  if (traces.spans === 0) return null;
  const endpoints = traces.endpoints.map((fact) => endpointOf(fact, A3));
  const waited = endpoints.filter(({ fact }) => !fact.async);
  const judged = waited.filter(({ fact }) => fact.requests >= nMin.traces && fact.days >= A3.days);
  const chatty = judged.filter(({ because }) => because.length > 0);
  const orphans = traces.orphans / traces.spans;
  const n = sum(judged);
  return {
    endpoints,
    judged,
    chatty: chatty.toSorted((a, b) => b.fact.requests - a.fact.requests),
    n,
    all: sum(waited),
    estimate: wilson(sum(chatty), n, ci.level),
    orphans,
    isBroken: orphans > A3.orphanMax,
  };
}

function endpointOf(fact: TracedEndpointFact, A3: Parameters["A3"]): Endpoint {
  const measures = {
    calls: quantileOf(fact.calls, 0.75),
    depth: quantileOf(fact.depth, 0.75),
    repeat: quantileOf(fact.repeat, 0.75),
    slowRepeat: quantileOf(fact.slowRepeat, 0.75),
    serial: quantileOf(fact.serial, 0.75),
    netShare: quantileOf(fact.netPercent, 0.5) / 100,
    messages: quantileOf(fact.messages, 0.75),
  };
  const because = [
    ...(measures.calls >= A3.calls ? [`${measures.calls} or more calls between services in a quarter of the requests`] : []),
    ...(measures.slowRepeat >= A3.repeat
      ? [`the same call ${measures.slowRepeat} times or more, 50 ms or longer together, in a quarter of the requests`]
      : []),
    ...(measures.depth >= A3.depth ? [`${measures.depth} or more calls inside of each other in a quarter of the requests`] : []),
    ...(measures.netShare >= A3.netShare
      ? [`${Math.round(measures.netShare * 100)} % or more of the time between client and server in half of the requests`]
      : []),
  ];
  return { fact, ...measures, because };
}

/** The least value that the given share of the requests does not exceed. */
export function quantileOf(histogram: Histogram, share: number): number {
  const total = histogram.reduce((all, [, requests]) => all + requests, 0);
  let seen = 0;
  for (const [value, requests] of histogram) {
    seen += requests;
    if (seen >= share * total - 1e-9) return value;
  }
  return 0;
}

function sum(endpoints: readonly Endpoint[]): number {
  return endpoints.reduce((all, { fact }) => all + fact.requests, 0);
}
