/** Whether a service is a technical part or a business capability: five conditions, each with what was seen (metrics.md E3). */
import type { AsyncFlow, BlockingCall } from "#derive/calls/index.js";
import { deployedAs } from "#derive/calls/index.js";
import type { Estate } from "#derive/estate/index.js";
import type { ComponentFact, OperationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { kindsOf, type OperationKinds } from "./operations.js";
import { commonWords, isBareEntity, isTechnical, tellingWords } from "./words.js";

export interface Answer {
  readonly met: boolean | null;
  readonly text: string;
}

/** Letters of metrics.md E3. */
export interface Conditions {
  readonly vocabulary: Answer;
  readonly fanIn: Answer;
  readonly data: Answer;
  readonly events: Answer;
  readonly library: Answer;
}

export interface JudgedService {
  readonly component: ComponentFact;
  readonly conditions: Conditions;
  readonly state: "smell" | "suspicious" | "clear" | "unknown";
  /** Operations that move the business on: whoever has them is no technical part. */
  readonly transitions: readonly OperationFact[];
  /** Who calls it and waits. */
  readonly callers: readonly BlockingCall[];
}

/** Gateways and frontends stand at the edge on purpose. */
const edges = new Set(["gateway", "frontend"]);
/** Fewer operations do not show what a service is for. */
const leastOperations = 3;

/** Deployables other than gateways and frontends. */
export function judgeServices(estate: Estate, calls: readonly BlockingCall[], flows: readonly AsyncFlow[]): JudgedService[] {
  const components = estate.services.flatMap((index) => estate.components[index] ?? []);
  // A page and a gateway pass on what a user asks for: that they call a service says nothing about its nature.
  const inner = new Set(components.flatMap(({ ref, kind }) => (edges.has(kind) ? [] : [ref])));
  const common = commonWords(components.map(({ name }) => name));
  const known = knownData(estate);
  return components
    .filter(({ kind }) => !edges.has(kind))
    .map((component) => {
      const callers = calls.filter(({ to }) => to === component.ref);
      const kinds = kindsOf(known.operations.get(component.ref) ?? []);
      const conditions: Conditions = {
        vocabulary: vocabulary(estate, tellingWords(component.name, common), kinds),
        fanIn: fanIn(
          estate,
          callers.filter(({ from }) => inner.has(from)).length,
          inner.size - 1,
          calls.length + flows.length > 0,
        ),
        data: ownData(estate, component.ref, known, kinds),
        events: events(estate, component.ref, callers.length, flows, known),
        library: computesOnly(component.ref, calls, known),
      };
      return { component, conditions, callers, transitions: kinds.transitions, state: stateOf(conditions, kinds) };
    });
}

function stateOf({ vocabulary: name, fanIn: called, ...rest }: Conditions, kinds: OperationKinds): JudgedService["state"] {
  if (kinds.transitions.length > 0) return "clear";
  const others = [rest.data, rest.events, rest.library].filter(({ met }) => met === true).length;
  if (called.met === true && others + Number(name.met === true) >= 2) return "smell";
  if (name.met === true && others + Number(called.met === true) >= 1) return "suspicious";
  // Without data, without messages and a function of its input: what a library could do.
  if (others === 3) return "suspicious";
  return called.met === null ? "unknown" : "clear";
}

function vocabulary({ parameters: { E3 } }: Estate, words: readonly string[], kinds: OperationKinds): Answer {
  if (isTechnical(words) === true) return { met: true, text: `its name is technical: ${words.join(" ")}` };
  if (isBareEntity(words)) {
    if (kinds.all < leastOperations)
      return { met: null, text: `named after an entity (${words.join(" ")}); what it does with it is not known` };
    const isRecordsOnly = kinds.records >= E3.crudShare * kinds.all;
    return {
      met: isRecordsOnly,
      text: `named after an entity (${words.join(" ")})${isRecordsOnly ? " and only keeps records of it" : ""}`,
    };
  }
  if (kinds.technical === true && kinds.all >= leastOperations)
    return { met: true, text: "its operations are named after technical things" };
  return { met: false, text: "its name is no technical word" };
}

function fanIn({ parameters: { E3 } }: Estate, callers: number, others: number, isRead: boolean): Answer {
  if (!isRead) return { met: null, text: "no calls or messages between services were found" };
  return {
    met: callers >= E3.callers && callers >= E3.fanIn * others,
    text: `${callers} of ${others} other services behind gateways and pages ${callers === 1 ? "calls" : "call"} it and ${callers === 1 ? "waits" : "wait"}`,
  };
}

interface KnownData {
  readonly operations: ReadonlyMap<Ref, readonly OperationFact[]>;
  readonly tables: ReadonlyMap<Ref, ReadonlySet<Ref>>;
  readonly withStore: ReadonlySet<Ref>;
  readonly emitters: ReadonlySet<Ref>;
}

function knownData({ facts }: Estate): KnownData {
  const whole = deployedAs(facts);
  const isTable = new Set(facts.resources.flatMap(({ ref, kind }) => (kind === "table" ? [ref] : [])));
  const operations = new Map<Ref, OperationFact[]>();
  for (const operation of facts.operations) {
    if (operation.component === null) continue;
    const ref = whole(operation.component);
    operations.set(ref, [...(operations.get(ref) ?? []), operation]);
  }
  const tables = new Map<Ref, Set<Ref>>();
  for (const { from, to, kind } of facts.relations) {
    if ((kind !== "reads" && kind !== "writes") || !isTable.has(to)) continue;
    tables.set(whole(from), (tables.get(whole(from)) ?? new Set<Ref>()).add(to));
  }
  return {
    operations,
    tables,
    withStore: new Set([
      ...facts.storeUses.map(({ component }) => whole(component)),
      ...facts.relations.flatMap(({ from, kind }) => (kind === "reads" || kind === "writes" ? [whole(from)] : [])),
    ]),
    emitters: new Set(facts.relations.flatMap(({ from, kind }) => (kind === "publishes" ? [whole(from)] : []))),
  };
}

function ownData({ parameters: { E3 } }: Estate, ref: Ref, known: KnownData, kinds: OperationKinds): Answer {
  if (kinds.transitions.length > 0) {
    return { met: false, text: `it moves the business on: ${kinds.transitions.slice(0, 3).map(operationText).join(", ")}` };
  }
  const tables = known.tables.get(ref)?.size ?? 0;
  if (tables > 0 && tables <= E3.tables) return { met: true, text: `it uses ${tables} table${tables === 1 ? "" : "s"}` };
  if (tables === 0 && !known.withStore.has(ref) && known.withStore.size > 0)
    return { met: true, text: "no datastore of it was found" };
  if (kinds.all < leastOperations) {
    return tables > 0
      ? { met: null, text: `it uses ${tables} tables; its operations are not known` }
      : { met: null, text: "its tables and operations are not known" };
  }
  const share = kinds.records / kinds.all;
  return {
    met: share >= E3.crudShare,
    text: `${kinds.records} of ${kinds.all} operations get, list, create, update or delete`,
  };
}

/** It has no datastore, calls nobody, sends nothing, and one of its operations is more than keeping records: it turns input into output. */
function computesOnly(ref: Ref, calls: readonly BlockingCall[], known: KnownData): Answer {
  const operations = known.operations.get(ref) ?? [];
  const kinds = kindsOf(operations);
  const holds = known.withStore.has(ref) || known.withStore.size === 0 || (known.tables.get(ref)?.size ?? 0) > 0;
  const acts = known.emitters.has(ref) || calls.some(({ from }) => from === ref) || kinds.transitions.length > 0;
  const computes = operations.length > kinds.records + kinds.transitions.length;
  if (!holds && !acts && computes)
    return { met: true, text: "it keeps nothing, calls nobody and computes from what it is given" };
  return { met: null, text: "whether calls change what it owns is not known without traces" };
}

function operationText({ method, path }: OperationFact): string {
  return `${method} ${path}`.trim();
}

function events(
  { parameters: { E3 } }: Estate,
  ref: Ref,
  callers: number,
  flows: readonly AsyncFlow[],
  known: KnownData,
): Answer {
  if (known.emitters.has(ref)) return { met: false, text: "it sends messages" };
  const senders = new Set(flows.filter(({ to }) => to === ref).map(({ from }) => from)).size;
  if (callers + senders === 0) return { met: null, text: "nobody is known to use it" };
  const share = callers / (callers + senders);
  return {
    met: share >= E3.syncShare,
    text:
      share >= E3.syncShare
        ? "it sends no messages and every user waits"
        : `${senders} of ${callers + senders} users send it messages and do not wait`,
  };
}
