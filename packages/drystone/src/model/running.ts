/** What runs and ships, as facts: traces counted by service and endpoint, work items with their steps, and load. */
import type { Evidence } from "./evidence.js";
import type { Ref } from "./refs.js";

/** Everything that traces and service graphs say, counted; no span is kept but a few as evidence. */
export interface TraceFacts {
  readonly spans: number;
  readonly traces: number;
  /** Spans whose parent is not in the same trace. */
  readonly orphans: number;
  /** Spans that came after their trace was closed to keep memory bounded; they are left out. */
  readonly late: number;
  /** Spans without a name of their service. */
  readonly unnamed: number;
  /** Seconds since 1970; null without spans. */
  readonly from: number | null;
  readonly to: number | null;
  readonly services: readonly TracedServiceFact[];
  readonly calls: readonly TracedCallFact[];
  readonly endpoints: readonly TracedEndpointFact[];
}

/** A name in traces and the component it leads to. */
export interface TracedServiceFact {
  readonly name: string;
  /** Null when no component has this name. */
  readonly component: Ref | null;
  readonly spans: number;
  /** Its spans whose parent is missing: who called it did not report, or did not pass the trace on. */
  readonly orphans: number;
  /** `emits`: it reports spans itself; `peer`: only others name it. */
  readonly seenAs: "emits" | "peer";
}

/** Who used whom. `from` and `to` are refs of components and resources, else names as the traces give them. */
export interface TracedCallFact {
  readonly from: string;
  readonly to: string;
  readonly kind: "calls" | "publishes" | "consumes" | "reads" | "writes";
  readonly protocol: "http" | "grpc" | "tcp" | "queue" | "db" | "smtp";
  /** Technology of the datastore or broker; null for calls. */
  readonly technology: string | null;
  readonly calls: number;
  readonly failed: number;
  /** Requests of users in which it happened; null where the source does not tell (service graphs). */
  readonly requests: number | null;
  /** `GET /orders/{}`, the most frequent first, at most 50. */
  readonly operations: readonly { readonly name: string; readonly calls: number }[];
  readonly evidence: readonly Evidence[];
}

/** One way into the system, measured per request. Histograms are pairs of value and number of requests, by rising value. */
export interface TracedEndpointFact {
  readonly service: string;
  readonly component: Ref | null;
  readonly operation: string;
  /** Started by a message instead of a request that somebody waits for. */
  readonly async: boolean;
  readonly requests: number;
  /** Days (UTC) with a request. */
  readonly days: number;
  /** Calls between services. */
  readonly calls: Histogram;
  /** Calls between services inside of each other, gateways aside. */
  readonly depth: Histogram;
  /** The most frequent call of one operation by one handler. */
  readonly repeat: Histogram;
  /** The same where these calls took 50 ms or more together, else 0. */
  readonly slowRepeat: Histogram;
  /** Calls that the answer had to wait for one after the other. */
  readonly serial: Histogram;
  /** Per cent of the time of the request spent between client and server. */
  readonly netPercent: Histogram;
  /** Messages sent. */
  readonly messages: Histogram;
  /** The operation repeated most, as `component operation`; null when none is repeated. */
  readonly repeated: string | null;
  readonly evidence: readonly Evidence[];
}

export type Histogram = readonly (readonly [value: number, requests: number])[];

export interface WorkItemFact {
  readonly id: string;
  readonly kind: "issue" | "change" | "ticket";
  /** By time; the first is how it came into being. */
  readonly steps: readonly WorkStep[];
  /** Seconds since 1970; null while open. */
  readonly done: number | null;
  readonly source: string;
}

export interface WorkStep {
  readonly state: string;
  /** Seconds since 1970. */
  readonly at: number;
  /** As the source names the person; null when nobody or not said. */
  readonly assignee: string | null;
  /** As the source names the team; null when not said. */
  readonly team: string | null;
}

/** Which states of work items are work and which are waiting: the user says so, nobody can infer it. */
export interface WorkStates {
  readonly active: readonly string[];
  readonly waiting: readonly string[];
  readonly done: readonly string[];
  /** State to the team that must act in it. */
  readonly teams: Readonly<Record<string, string>>;
}

/** How much a component runs. */
export interface LoadFact {
  /** Null when the name leads to no component. */
  readonly component: Ref | null;
  /** As the source names it. */
  readonly service: string;
  readonly measure: "replicas" | "minReplicas" | "maxReplicas" | "series";
  /** Name of the metric; "" for manifests. */
  readonly metric: string;
  /** `GET /orders/{id}` or `/orders/{id}` where the series is of one route. Not in documents of earlier versions. */
  readonly route?: string | null;
  readonly unit: string;
  /** Time (seconds since 1970) and value; one point with time 0 for what a manifest says. */
  readonly points: readonly (readonly [time: number, value: number])[];
  /** `observed` or written in a manifest. */
  readonly declared: boolean;
  readonly source: string;
  readonly evidence: readonly Evidence[];
}

export const noTraces: TraceFacts = {
  spans: 0,
  traces: 0,
  orphans: 0,
  late: 0,
  unnamed: 0,
  from: null,
  to: null,
  services: [],
  calls: [],
  endpoints: [],
};
