/**
 * Are the services overly chatty?
 * Measured per request where there are traces (metrics.md A3). The source alone gives a proxy, grade C: calls in loops, pairs with many operations, deep chains.
 * It can suggest chattiness; it can never show that there is none.
 */
import { type BlockingCall, blockingCalls, type CallDepth, callDepths } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import type { Parameters } from "#model/parameters.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Assessment, Condition, Finding, Measure, VerdictWord } from "#model/result.js";
import { verdictOfProportion } from "#util/statistics/index.js";
import { type Assess, assessment, counted, finding, interval, percent, proofOf, rounded } from "../_shared/index.js";
import { type RemoteCalls, remoteCalls } from "./remote-calls.js";
import { brokenPropagation, chattyEndpoints, nameOf } from "./request-findings.js";
import { requestMeasures } from "./request-measures.js";
import { type Requests, requestsOf } from "./requests.js";

const id = "chattiness";
const question = "Are the services overly chatty?";
const traces = {
  input: "traces of 3 days: calls per request, how deep they nest and how long they take",
  how: "drystone assess PATH --traces FILE   (OTLP, Jaeger or Zipkin)",
};

export const assessChattiness: Assess = (estate) => {
  if (estate.services.length < 2) {
    const reason = "Calls between services need two services at least.";
    return { assessment: assessment(id, question, { verdict: "not-applicable", reasons: [reason] }), measures: [] };
  }
  const { A3, nMin } = estate.parameters;
  const requests = requestsOf(estate.facts.traces, estate.parameters);
  const pairs = remoteCalls(estate.facts);
  const blocking = callsBetweenServices(estate);
  const depths = callDepths(blocking).map((depth) => withoutGateways(estate, depth));
  const looping = pairs.filter(({ inLoop }) => inLoop.length > 0);
  const pages = new Set(estate.components.filter(({ kind }) => kind === "frontend").map(({ ref }) => ref));
  // A page shows many things and asks for each of them: that is no border through one thing.
  const wide = pairs.filter(
    ({ from, to, operations }) => operations.length >= A3.operations && !pages.has(from) && !pages.has(to),
  );
  const deep = depths.filter(({ way }) => way.length > A3.depth);
  const sites = pairs.reduce((sum, pair) => sum + pair.sites.length, 0);
  const suspicious = looping.length + wide.length + deep.length > 0;
  const known = sites > 0 || blocking.length > 0;
  const isMeasured = requests !== null && !requests.isBroken && requests.n > 0;
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict:
          requests?.isBroken === true
            ? "unknown"
            : isMeasured
              ? judge(requests, A3, nMin.traces)
              : suspicious
                ? "mixed"
                : "unknown",
        ...(isMeasured
          ? {
              value: rounded(requests.estimate?.value ?? 0),
              unit: "share of requests",
              interval: interval(requests.estimate),
              sample: { n: requests.n, of: "requests", min: nMin.traces },
            }
          : { sample: { n: sites, of: "call sites" } }),
        conditions: [
          ...(requests === null ? [] : requestConditions(requests, A3)),
          {
            text: "no call to another service stands in a loop",
            met: sites > 0 ? looping.length === 0 : null,
            source: "parameters A3",
          },
          {
            text: `no service calls ${A3.operations} or more different operations of another one (pages aside)`,
            met: sites > 0 ? wide.length === 0 : null,
            source: "parameters A3",
          },
          {
            text: `no request has to pass ${A3.depth} or more nested calls`,
            met: blocking.length > 0 ? deep.length === 0 : null,
            source: "parameters A3",
          },
        ],
        grade: isMeasured ? (requests.chatty.length > 0 && suspicious ? "A" : "B") : known ? "C" : null,
        reasons: [
          ...(requests === null ? [] : requestReasons(requests, estate.facts.traces.spans, A3)),
          ...reasons({ looping, wide, deepest: deep[0] ?? null, sites, unplaced: unplaced(blocking, pairs), known, isMeasured }),
        ],
        missing: isMeasured ? [] : [requests === null ? traces : moreTraces(requests, nMin.traces, A3.days)],
        findings: [
          ...(requests === null
            ? []
            : [...brokenPropagation(estate.facts.traces, requests), ...(isMeasured ? chattyEndpoints(requests) : [])]),
          ...looping.map(callInLoop),
          ...wide.map((pair) => manyOperations(pair, A3.operations)),
          ...farthest(deep).map((depth) => deepChain(estate, depth)),
        ],
      },
      estate.parameters.ci.level,
    ),
    measures: [
      ...pairMeasures(pairs),
      ...fanOut(blocking),
      ...depthMeasure(depths),
      ...requestMeasures(estate.facts.traces, requests),
    ],
  };
};

/** Requests of few endpoints must not pass for all of them: nothing is absent while most requests went elsewhere. */
function judge(requests: Requests, { trafficLo, trafficHi, judgedShare }: Parameters["A3"], min: number): VerdictWord {
  const verdict = verdictOfProportion(requests.estimate, requests.n, { low: trafficLo, high: trafficHi, min });
  return verdict === "absent" && requests.n < judgedShare * requests.all ? "unknown" : verdict;
}

function requestConditions(requests: Requests, A3: Parameters["A3"]): Condition[] {
  const { estimate, isBroken, n } = requests;
  const isKnown = !isBroken && n > 0 && estimate !== null;
  return [
    { text: `at most ${percent(A3.orphanMax)} of the spans miss their parent`, met: !isBroken, source: "parameters A3" },
    {
      text: `present: chatty endpoints carry requests, lower bound ≥ ${A3.trafficHi}`,
      met: isKnown ? estimate.low >= A3.trafficHi : null,
      source: "parameters A3",
    },
    {
      text: `absent: chatty endpoints carry requests, upper bound ≤ ${A3.trafficLo}`,
      met: isKnown ? estimate.high <= A3.trafficLo : null,
      source: "parameters A3",
    },
  ];
}

function requestReasons(requests: Requests, spans: number, A3: Parameters["A3"]): string[] {
  const { isBroken, orphans, judged, chatty, n, all, endpoints } = requests;
  if (isBroken)
    return [
      `Propagation is broken: ${percent(orphans)} of ${counted(spans, "span")} miss their parent, so what a request needs cannot be counted.`,
    ];
  if (n === 0)
    return [
      all === 0
        ? "The traces hold no request from its start."
        : `The traces hold ${counted(all, "request")} of ${counted(endpoints.filter(({ fact }) => !fact.async).length, "endpoint")}, of none enough.`,
    ];
  const part = n < all ? `, ${percent(n / all)} of all in the traces` : "";
  const enough = `${counted(judged.length, "endpoint")} with enough requests (${counted(n, "request")}${part})`;
  if (chatty.length === 0)
    return [
      `None of ${enough} is chatty: no request usually needs ${A3.calls} calls, ${A3.depth} nested ones, or the same one ${A3.repeat} times.`,
    ];
  const [first] = chatty;
  const lead = first === undefined ? "" : `, first ${nameOf(first)}: ${first.because[0]}`;
  return [`${chatty.length} of ${enough} ${chatty.length === 1 ? "is" : "are"} chatty${lead}.`];
}

function moreTraces(requests: Requests, least: number, days: number): Assessment["missing"][number] {
  if (requests.isBroken)
    return {
      input: "traces in which the context is passed on: nearly every span with its parent",
      how: "drystone assess PATH --traces FILE   (export whole traces; pass traceparent on in every client)",
    };
  const most = requests.endpoints.reduce((best, { fact }) => (fact.async ? best : Math.max(best, fact.requests)), 0);
  return {
    input: `${least} requests of an endpoint on ${days} days (the most so far: ${most})`,
    how: "drystone assess PATH --traces FILE   (a longer export, or several files)",
  };
}

/** Without what comes from or goes to outside: a load generator is no caller, a page of somebody else no service. */
function callsBetweenServices(estate: Estate): readonly BlockingCall[] {
  const inside = new Set(
    estate.components.filter(({ kind }) => kind !== "external" && kind !== "loadgen" && kind !== "website").map(({ ref }) => ref),
  );
  return blockingCalls(estate.facts).filter(({ from, to }) => inside.has(from) && inside.has(to));
}

/** A gateway only passes on (metrics.md A3, edge cases). */
function withoutGateways(estate: Estate, { component, way }: CallDepth): CallDepth {
  const gateways = new Set(estate.components.filter(({ kind }) => kind === "gateway").map(({ ref }) => ref));
  return { component, way: way.filter((ref) => !gateways.has(ref)) };
}

function reasons(found: {
  readonly looping: readonly RemoteCalls[];
  readonly wide: readonly RemoteCalls[];
  readonly deepest: CallDepth | null;
  readonly sites: number;
  /** Of pairs that call each other as the files tell, those without a place in the source. */
  readonly unplaced: { readonly n: number; readonly of: number };
  readonly known: boolean;
  readonly isMeasured: boolean;
}): string[] {
  const { looping, wide, deepest, sites, unplaced: open, known, isMeasured } = found;
  const suggested = [
    ...(looping.length > 0
      ? [
          `The source suggests it: ${looping.length} ${looping.length === 1 ? "pair" : "pairs"} of services with a call inside of a loop (${some(looping)}).`,
        ]
      : []),
    ...(deepest === null
      ? []
      : [
          `The calls suggest long chains: ${deepest.way.map(shortName).join(" → ")} needs ${deepest.way.length - 1} nested calls.`,
        ]),
    ...(wide.length > 0 ? [`Many different operations between two services suggest that they are one: ${some(wide)}.`] : []),
  ];
  if (isMeasured) return suggested;
  if (suggested.length > 0) return [...suggested, "How often a request does that, only traces tell."];
  if (!known) return ["No call between services was found in the source, and there are no traces."];
  return [
    sites === 0
      ? "The files tell who calls whom, not where in the source: whether calls stand in loops is not known. Traces would show it."
      : `Nothing in the source suggests it: ${sites === 1 ? "the one known place that calls another service does not stand" : `of ${sites} places that call another service none stands`} in a loop, and no chain is long.${open.n === 0 ? "" : ` Of ${open.n} of the ${open.of} pairs that call each other the place is not known.`} Only traces can show that there is none.`,
  ];
}

function unplaced(blocking: readonly BlockingCall[], pairs: readonly RemoteCalls[]): { n: number; of: number } {
  const placed = new Set(pairs.map(({ from, to }) => `${from} ${to}`));
  const called = new Set(blocking.map(({ from, to }) => `${from} ${to}`));
  return { n: [...called].filter((pair) => !placed.has(pair)).length, of: called.size };
}

function some(pairs: readonly RemoteCalls[]): string {
  const arrows = pairs.slice(0, 4).map(({ from, to }) => `${shortName(from)} → ${shortName(to)}`);
  return `${arrows.join(", ")}${pairs.length > 4 ? ", …" : ""}`;
}

function callInLoop(pair: RemoteCalls): Finding {
  const places = pair.inLoop.length === 1 ? "One call" : `${pair.inLoop.length} calls`;
  const paths = [...new Set(pair.inLoop.flatMap(({ path }) => path ?? []))].sort();
  return finding({
    code: `${id}/call-in-loop`,
    severity: "warning",
    subjects: [pair.from, pair.to],
    message: `${places} from ${shortName(pair.from)} to ${shortName(pair.to)} ${pair.inLoop.length === 1 ? "stands" : "stand"} inside of a loop${paths.length > 0 ? ` (${paths.slice(0, 3).join(", ")})` : ""}: this suggests one request per element.`,
    fix: "Where a call stands in a loop, ask once for all elements: an operation that takes a list, or data that comes with the first answer.",
    value: pair.inLoop.length,
    unit: "call sites in loops",
    sample: { n: pair.sites.length, of: "call sites" },
    ...proofOf(pair.inLoop.flatMap(({ evidence }) => evidence)),
  });
}

function manyOperations(pair: RemoteCalls, limit: number): Finding {
  const { operations, own } = pair;
  return finding({
    code: `${id}/many-operations`,
    severity: "note",
    subjects: [pair.from, pair.to],
    message: `${shortName(pair.from)} calls ${operations.length} different operations of ${shortName(pair.to)} (${limit} or more suggest that the border runs through one thing).`,
    fix: "Look at what the operations are needed for together: one coarser operation, or one service instead of two.",
    value: operations.length,
    unit: "operations",
    sample: { n: own.length, of: "call sites" },
    ...proofOf(own.flatMap(({ evidence }) => evidence)),
  });
}

/** Ends of chains only: what lies on the way to another one is not told twice. */
function farthest(deep: readonly CallDepth[]): CallDepth[] {
  const between = new Set(deep.flatMap(({ way }) => way.slice(0, -1)));
  return deep.filter(({ component }) => !between.has(component));
}

function deepChain(estate: Estate, { component, way }: CallDepth): Finding {
  const onTheWay = new Set(way);
  const evidence = blockingCalls(estate.facts)
    .filter(({ from, to }) => onTheWay.has(to) && way.indexOf(from) === way.indexOf(to) - 1)
    .flatMap(({ relations }) => relations.flatMap((relation) => relation.evidence).slice(0, 3));
  return finding({
    code: `${id}/deep-chain`,
    severity: "note",
    subjects: [way[0] ?? "", component],
    message: `${way.map(shortName).join(" → ")}: a request that gets there waits for ${way.length - 1} calls inside of each other.`,
    fix: "Where chains of calls are long, bring the answer nearer to the question: a copy kept by events, or one hop less.",
    value: way.length - 1,
    unit: "nested calls",
    sample: null,
    ...proofOf(evidence),
  });
}

function pairMeasures(pairs: readonly RemoteCalls[]): Measure[] {
  return pairs.map(({ from, to, own, inLoop, operations }) => ({
    ...plain("calls.operations", [from, to], operations.length, "operations"),
    sample: { n: own.length, of: "call sites" },
    detail: { inLoop: inLoop.length },
  }));
}

function fanOut(calls: readonly BlockingCall[]): Measure[] {
  const counts = new Map<Ref, number>();
  for (const { from } of calls) counts.set(from, (counts.get(from) ?? 0) + 1);
  return [...counts].map(([from, count]) => plain("calls.fan-out", [from], count, "services"));
}

function depthMeasure(depths: readonly CallDepth[]): Measure[] {
  const [deepest] = depths;
  return deepest ? [plain("calls.depth", ["system"], Math.max(0, deepest.way.length - 1), "nested calls")] : [];
}

function plain(measure: string, subjects: readonly Ref[], value: number, unit: string): Measure {
  return { id: measure, subjects, value, unit, interval: null, sample: null, window: null };
}
