/**
 * Are the boundaries business capabilities, or technical layers?
 * Value: share of the services (gateways and frontends aside) that are technical parts, 0..1 (metrics.md E3). Names alone decide nothing: a technical
 * part is one that most others call and wait for, and that has no business of its own. `present`: boundaries are drawn technically.
 */
import { asyncFlows, type BlockingCall, blockingCalls, type SynchronousCycle, synchronousCycles } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import { isDeployable } from "#model/facts.js";
import type { Condition, Missing, VerdictWord } from "#model/result.js";
import { type Assess, assessment, percent, rounded } from "../_shared/index.js";
import { type JudgedService, judgeServices } from "./conditions.js";
import { boundaryFindings } from "./findings.js";
import { hubsOf } from "./hubs.js";
import { type LayeredCut, layeredCuts } from "./layers.js";
import { boundaryMeasures } from "./measures.js";

const id = "boundary-quality";
const question = "Are the boundaries business capabilities, or technical layers?";
const source = "parameters E3";

export const assessBoundaryQuality: Assess = (estate) => {
  const { K, E3 } = estate.parameters;
  if (estate.services.length < K.services) {
    const reasons = [`The question needs at least ${K.services} services; there ${countText(estate.services.length)}.`];
    return { assessment: assessment(id, question, { verdict: "not-applicable", reasons }), measures: [] };
  }
  const calls = callsOf(estate);
  const flows = asyncFlows(estate.facts);
  const services = judgeServices(estate, calls, flows);
  const judged = services.filter(({ state }) => state !== "unknown");
  const cycles = cyclesOf(estate);
  const cuts = layeredCuts(estate, calls);
  const hubs = hubsOf(
    services.map(({ component }) => component.ref),
    calls,
    E3.hubDeviations,
  );
  const smells = services.filter(({ state }) => state === "smell");
  const share = judged.length === 0 ? null : smells.length / judged.length;
  const isRead = calls.length + flows.length > 0;
  const verdict = isRead ? verdictOf(estate, smells.length, share, cuts, cycles) : "unknown";
  return {
    assessment: assessment(id, question, {
      verdict,
      value: share === null ? null : rounded(share),
      unit: "share of services",
      sample: { n: judged.length, of: "services" },
      conditions: conditions(estate, smells.length, share, cuts, cycles, isRead),
      grade: isRead ? "C" : null,
      reasons: reasons(estate, services, cuts, cycles, isRead),
      missing: verdict === "unknown" ? [callsMissing] : [],
      findings: boundaryFindings(estate, calls, { services, cycles, cuts, hubs }),
    }),
    measures: isRead ? boundaryMeasures(estate, calls, services) : [],
  };
};

const callsMissing: Missing = {
  input: "calls between services",
  how: "drystone assess PATH…   (with the source and deployment files of the services that call each other)",
};

/** One technical part among few services makes no way of drawing boundaries. */
const leastSmells = 2;

function countText(services: number): string {
  return services === 0 ? "are none" : services === 1 ? "is one" : `are ${services}`;
}

/** Between deployables every call counts, those that check a token too. */
function callsOf({ facts }: Estate): readonly BlockingCall[] {
  const deployables = new Set(facts.components.filter(isDeployable).map(({ ref }) => ref));
  const relations = facts.relations.map((relation) =>
    deployables.has(relation.to) ? { ...relation, category: "business" as const } : relation,
  );
  return blockingCalls({ components: facts.components, relations }).filter(
    ({ from, to }) => deployables.has(from) && deployables.has(to),
  );
}

/** A gateway that routes to a frontend which calls the gateway is no circle: gateways only pass on. */
function cyclesOf({ facts }: Estate): readonly SynchronousCycle[] {
  const gateways = new Set(facts.components.filter(({ kind }) => kind === "gateway").map(({ ref }) => ref));
  return synchronousCycles({
    components: facts.components,
    relations: facts.relations.filter(({ from }) => !gateways.has(from)),
  });
}

/** A circle of calls and a single technical part make boundaries neither technical nor good. Suspicious services are listed and decide nothing. */
function verdictOf(
  { parameters: { E3 }, services }: Estate,
  smells: number,
  share: number | null,
  cuts: readonly LayeredCut[],
  cycles: readonly SynchronousCycle[],
): VerdictWord {
  const inCuts = cuts.filter(({ isConfirmed }) => isConfirmed).reduce((sum, cut) => sum + cut.services.length, 0);
  if ((smells >= leastSmells && (share ?? 0) >= E3.smellShare) || inCuts >= E3.smellShare * services.length) return "present";
  if ((share ?? 0) > 0 || cuts.length > 0 || cycles.length > 0) return "mixed";
  return share === null ? "unknown" : "absent";
}

function conditions(
  { parameters: { E3 } }: Estate,
  smells: number,
  share: number | null,
  cuts: readonly LayeredCut[],
  cycles: readonly SynchronousCycle[],
  isRead: boolean,
): Condition[] {
  return [
    { text: "calls or messages between services were found", met: isRead, source },
    {
      text: `present: ${leastSmells} services and ${percent(E3.smellShare)} of them or more are technical parts that the others wait for`,
      met: isRead && share !== null ? smells >= leastSmells && share >= E3.smellShare : null,
      source,
    },
    {
      text: "present: services are cut by layer, call each other in one chain and change together or belong to layer teams",
      met: isRead ? cuts.some(({ isConfirmed }) => isConfirmed) : null,
      source: "docs/accuracy.md",
    },
    {
      text: "absent: no technical part, no cut by layer, no circle of calls",
      met: isRead ? (share ?? 0) === 0 && cuts.length === 0 && cycles.length === 0 : null,
      source,
    },
  ];
}

function reasons(
  { parameters: { E3 } }: Estate,
  services: readonly JudgedService[],
  cuts: readonly LayeredCut[],
  cycles: readonly SynchronousCycle[],
  isRead: boolean,
): string[] {
  if (!isRead) return ["No calls or messages between services were found: nothing tells what waits for what."];
  const named = (state: JudgedService["state"]) =>
    services.filter((service) => service.state === state).map(({ component }) => component.name);
  const smells = named("smell");
  const suspicious = named("suspicious");
  return [
    smells.length === 0
      ? "No service is a technical part that half of the others wait for."
      : `The source suggests that ${smells.join(", ")} ${smells.length === 1 ? "is a technical part" : "are technical parts"}: at least ${percent(E3.fanIn)} of the other services call ${smells.length === 1 ? "it" : "them"} and wait.`,
    ...cuts.map(
      ({ services: cut, isConfirmed }) =>
        `${cut.map(({ name }) => name).join(", ")} are named after layers and call each other in one chain${isConfirmed ? "" : "; whether they change together is not shown"}.`,
    ),
    ...(cycles.length > 0
      ? [
          `${cycles.length === 1 ? "One group of services waits" : `${cycles.length} groups of services wait`} for each other in a circle: ${cycles[0]?.components.length ?? 0} services in the largest.`,
        ]
      : []),
    ...(suspicious.length > 0 ? [`${suspicious.join(", ")}: may be technical, by signs that do not decide.`] : []),
    "Which share of requests fails when a service is down is not known without traces.",
  ];
}
