/** Sets what traces saw against what the files say: relations that both know, relations of traces only, and who is only known from traces. */
import type { ComponentFact, Facts, RelationFact } from "#model/facts.js";
import { componentRef, type Ref, refName } from "#model/refs.js";
import type { TracedCallFact } from "#model/running.js";
import { deployedAs } from "../calls/index.js";
import { resourceFinder } from "./resource-finder.js";

/** More names than these are no names of components. */
const mostNew = 1_000;
const mostEvidence = 3;

/** Relations seen in traces get `runtime` and up to three spans; what is new is added with `runtime` only. Asking twice changes nothing. */
export function withTracedRelations(facts: Facts): Facts {
  if (facts.traces.calls.length === 0) return facts;
  const components = newComponents(facts);
  const known = { ...facts, components: [...facts.components, ...components] };
  const whole = deployedAs(known);
  const resources = resourceFinder(known, whole);
  const relations = new Map(facts.relations.map((relation) => [relation.id, relation]));
  const bySides = new Map<string, RelationFact[]>();
  for (const relation of facts.relations) {
    const key = `${whole(relation.from)}\0${whole(relation.to)}`;
    bySides.set(key, [...(bySides.get(key) ?? []), relation]);
  }
  for (const call of facts.traces.calls) {
    const from = componentOf(call.from);
    if (!known.components.some(({ ref }) => ref === from)) continue;
    const isCall = call.kind === "calls";
    const targets = isCall ? [whole(componentOf(call.to))] : resources.find(call, from);
    const seen = targets
      .flatMap((target) => bySides.get(`${from}\0${target}`) ?? [])
      .filter((relation) => isSame(relation, call));
    if (seen.length > 0)
      for (const relation of seen) relations.set(relation.id, seenRunning(relations.get(relation.id) ?? relation, call));
    else {
      const to = isCall ? targets[0] : resources.make(call, from);
      if (to === undefined || to === from || (isCall && !known.components.some(({ ref }) => ref === to))) continue;
      const made = newRelation(call, from, to, known.components);
      relations.set(made.id, relations.get(made.id) ?? made);
    }
  }
  return {
    ...known,
    components: known.components,
    resources: [...facts.resources, ...resources.made()].sort((a, b) => order(a.ref, b.ref)),
    relations: [...relations.values()].sort((a, b) => order(a.id, b.id)),
  };
}

/** Names that lead to no component: they report spans and are not built here, or are only called. */
function newComponents(facts: Facts): ComponentFact[] {
  const refs = new Set(facts.components.map(({ ref }) => ref));
  const stores = new Set(facts.resources.flatMap(({ name, aliases }) => [name, ...aliases]).map((name) => name.toLowerCase()));
  const emitting = new Set(facts.traces.services.flatMap(({ name, seenAs }) => (seenAs === "emits" ? [name] : [])));
  const calls = facts.traces.calls.filter(({ kind }) => kind === "calls");
  const names = [...new Set([...emitting, ...calls.flatMap(({ from, to }) => [from, to])])].filter((name) => !isRef(name)).sort();
  const made = new Map<Ref, ComponentFact>();
  for (const name of names) {
    const ref = componentRef(name);
    const service = facts.traces.services.find((one) => one.name === name);
    if (refs.has(ref) || made.has(ref) || made.size >= mostNew || service?.component != null) continue;
    if (!emitting.has(name) && isStore(name, stores)) continue;
    const own = calls.filter(({ from, to }) => from === name || to === name);
    made.set(ref, {
      ref,
      name: refName(name),
      kind: emitting.has(name) ? "service" : "external",
      built: false,
      partOf: null,
      repository: "",
      paths: [],
      aliases: refName(name) === name ? [] : [name],
      technology: null,
      declaredOwners: [],
      declared: false,
      inferredFrom: [emitting.has(name) ? "it reports spans; no source of it is here" : "spans of others name it as called"],
      evidence: own.flatMap(({ evidence }) => evidence).slice(0, mostEvidence),
    });
  }
  return [...made.values()];
}

function isStore(name: string, stores: ReadonlySet<string>): boolean {
  return stores.has(name.toLowerCase()) || stores.has(name.toLowerCase().split(".", 1)[0] ?? "");
}

function isRef(name: string): boolean {
  return name.startsWith("component:");
}

function componentOf(name: string): Ref {
  return isRef(name) ? name : componentRef(name);
}

function isSame(relation: RelationFact, { kind }: TracedCallFact): boolean {
  if (kind !== "calls") return relation.kind === kind;
  return relation.kind === "calls" || relation.kind === "discovers" || relation.kind === "exportsTelemetry";
}

/** Two independent sources: what was a hint is confirmed. */
function seenRunning(relation: RelationFact, { evidence }: TracedCallFact): RelationFact {
  if (relation.seen.includes("runtime")) return relation;
  return {
    ...relation,
    seen: [...relation.seen, "runtime"],
    confidence: "confirmed",
    evidence: [...relation.evidence, ...evidence.slice(0, mostEvidence)],
  };
}

const platform: readonly ComponentFact["kind"][] = [
  "config",
  "discovery",
  "tracing",
  "metrics",
  "monitoring",
  "logging",
  "telemetry",
  "flags",
];

function newRelation(call: TracedCallFact, from: Ref, to: Ref, components: readonly ComponentFact[]): RelationFact {
  const target = components.find(({ ref }) => ref === to);
  const [first] = call.operations;
  return {
    id: `${call.kind}:${from}>${to}`,
    from,
    to,
    kind: call.kind,
    protocol: call.protocol,
    category: target !== undefined && platform.includes(target.kind) ? "infrastructure" : "business",
    confidence: "confirmed",
    seen: ["runtime"],
    detail: first?.name ?? null,
    operation: null,
    evidence: call.evidence.slice(0, mostEvidence),
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
