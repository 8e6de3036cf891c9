/** Boundaries that look drawn in the wrong place. */
import type { BlockingCall, SynchronousCycle } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import { type Evidence, maxEvidence } from "#model/evidence.js";
import { type Ref, shortName } from "#model/refs.js";
import type { Finding } from "#model/result.js";
import { counted, finding, percent, rounded } from "../_shared/index.js";
import type { Conditions, JudgedService } from "./conditions.js";
import { consequences } from "./consequences.js";
import type { Hub } from "./hubs.js";
import type { LayeredCut } from "./layers.js";

interface Found {
  readonly services: readonly JudgedService[];
  readonly cycles: readonly SynchronousCycle[];
  readonly cuts: readonly LayeredCut[];
  readonly hubs: readonly Hub[];
}

/** Rings of one group that are named. */
const shownRings = 3;

export function boundaryFindings(estate: Estate, calls: readonly BlockingCall[], found: Found): Finding[] {
  return [
    ...found.cuts.map(layeredCut),
    ...found.services.filter(({ state }) => state === "smell").map((service) => technicalPart(estate, calls, service)),
    ...found.cycles.map(cycle),
    ...found.hubs.map((hub) => hubFinding(hub, calls)),
    ...found.services.filter(({ state }) => state === "suspicious").map((service) => suspicious(estate, calls, service)),
  ];
}

function technicalPart(estate: Estate, calls: readonly BlockingCall[], service: JudgedService): Finding {
  const { component, callers, conditions } = service;
  const others = estate.services.length - 1;
  return finding({
    code: "boundary-quality/technical-boundary",
    severity: "warning",
    subjects: [component.ref],
    message: `${component.name} looks like a technical part: ${metTexts(conditions).join("; ")}. ${consequenceText(estate, calls, service)}`,
    fix: `Give the callers of ${component.name} what they need without a call: a library or a signed token for checks, messages for what may happen later, or move it into the service whose business it is. Speaks against it: ${otherTexts(conditions).join("; ")}.`,
    value: others > 0 ? rounded(callers.length / others) : null,
    unit: "share of other services that call it",
    sample: { n: others, of: "other services" },
    ...evidenceOf(callers),
  });
}

function suspicious(estate: Estate, calls: readonly BlockingCall[], service: JudgedService): Finding {
  const { component, callers, conditions } = service;
  const { evidence, evidenceTotal } = evidenceOf(callers);
  return finding({
    code: "boundary-quality/suspicious-boundary",
    severity: "note",
    subjects: [component.ref],
    message: `${component.name} may be a technical part, which these signs do not decide: ${metTexts(conditions).join("; ")}. ${consequenceText(estate, calls, service)}`,
    fix: `Ask whether ${component.name} has rules of the business of its own. Speaks against it or is not known: ${otherTexts(conditions).join("; ")}.`,
    value: callers.length,
    unit: "services that call it",
    sample: { n: estate.services.length - 1, of: "other services" },
    evidence: evidence.length > 0 ? evidence : component.evidence.slice(0, maxEvidence),
    evidenceTotal: evidence.length > 0 ? evidenceTotal : component.evidence.length,
  });
}

/** What a request pays, counted in the source; shares of requests need traces. */
function consequenceText(estate: Estate, calls: readonly BlockingCall[], { component, callers }: JudgedService): string {
  const { availability: each } = estate.parameters.E3;
  const { dependents } = consequences(component.ref, calls, each);
  if (callers.length === 0) return "No service is known to wait for it.";
  const places = estate.facts.callSites.filter(({ target }) => target === component.ref).length;
  return `When it is down, ${dependents.size} of ${estate.services.length - 1} other services cannot answer in full${places > 0 ? ` (${counted(places, "place")} in the source)` : ""}; at ${percentOf(each)} availability that is ${minutesOf(each)} minutes a month.`;
}

/** Of 30 days. */
function minutesOf(availability: number): string {
  return ((1 - availability) * 43_200).toFixed(0);
}

function percentOf(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

function metTexts(conditions: Conditions): string[] {
  return Object.values(conditions).flatMap(({ met, text }) => (met === true ? [text] : []));
}

function otherTexts(conditions: Conditions): string[] {
  return Object.values(conditions).flatMap(({ met, text }) => (met === true ? [] : [text]));
}

function cycle({ components, edges, rings }: SynchronousCycle): Finding {
  const shown = rings.slice(0, shownRings).map((ring) => [...ring, ring[0] ?? ""].map(shortName).join(" → "));
  const evidence = edges.flatMap((edge) => edge.evidence.slice(0, 2));
  return finding({
    code: "boundary-quality/sync-cycle",
    severity: "warning",
    subjects: components,
    message: `${components.length} services wait for each other in a circle: ${shown.join("; ")}${rings.length > shown.length ? `; and ${rings.length - shown.length} more ways round` : ""}.`,
    fix: "Turn one call of each circle into a message, pass what the other needs with the request, or put the services together: none of them can run, be tested or be released without the others.",
    value: components.length,
    unit: "services",
    sample: { n: edges.length, of: "calls among them" },
    evidence: evidence.slice(0, maxEvidence),
    evidenceTotal: edges.reduce((sum, edge) => sum + edge.evidence.length, 0),
  });
}

function hubFinding({ component, callers, called }: Hub, calls: readonly BlockingCall[]): Finding {
  return finding({
    code: "boundary-quality/hub",
    severity: "note",
    subjects: [component],
    message: `${shortName(component)} is called by ${callers.length} services and calls ${called.length}, far more than the others do.`,
    fix: "Look whether such a hub decides for others what they should decide themselves; such a service changes whenever one of them does.",
    value: callers.length + called.length,
    unit: "services",
    sample: { n: calls.length, of: "calls between services" },
    ...evidenceOf(calls.filter(({ from, to }) => from === component || to === component)),
  });
}

function layeredCut({ services, chain, together, ownedByLayer, isConfirmed }: LayeredCut): Finding {
  const names = services.map(({ name }) => name).join(", ");
  const signs = [
    ...(together === null ? [] : [`${percent(together.estimate.value)} of ${together.n} changes to one of them touch another`]),
    ...(ownedByLayer === true ? ["each belongs to another team"] : []),
  ];
  return finding({
    code: "boundary-quality/layered-cut",
    severity: isConfirmed ? "warning" : "note",
    subjects: services.map(({ ref }): Ref => ref),
    message: `${names} are named after layers and call each other in one chain${signs.length > 0 ? `; ${signs.join("; ")}` : ""}.`,
    fix: "Put what one feature needs, from page to table, into one service; keep the layers as modules inside of it.",
    value: together === null ? null : rounded(together.estimate.value),
    unit: together === null ? null : "share of change sets",
    interval: together === null ? null : [rounded(together.estimate.low), rounded(together.estimate.high)],
    sample: together === null ? null : { n: together.n, of: "change sets" },
    ...evidenceOf(chain),
  });
}

function evidenceOf(calls: readonly BlockingCall[]): { readonly evidence: Evidence[]; readonly evidenceTotal: number } {
  const all = calls.map(({ relations }) => relations.flatMap(({ evidence }) => evidence));
  // One of each call first, so that many places of one caller do not hide the others.
  const first = all.flatMap((own) => own.slice(0, 1));
  const rest = all.flatMap((own) => own.slice(1));
  return { evidence: [...first, ...rest].slice(0, maxEvidence), evidenceTotal: first.length + rest.length };
}
