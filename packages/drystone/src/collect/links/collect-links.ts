/** From names, settings and cues to relations: who uses whom, each with its evidence and how sure it is. Pure. */
import type { Placement } from "#collect/inventory/index.js";
import type {
  CallSiteFact,
  ComponentFact,
  OperationFact,
  RelationFact,
  ResourceFact,
  StoreUseFact,
  UnresolvedFact,
} from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { addressBook } from "./address-book.js";
import type { LinkContext } from "./context.js";
import { collectEdges } from "./edges.js";
import { linkAddresses } from "./link-addresses.js";
import { linkChannels } from "./link-channels.js";
import { linkGateways } from "./link-gateways.js";
import { implementers, linkGrpc } from "./link-grpc.js";
import { linkRoles } from "./link-roles.js";
import { linkStores } from "./link-stores.js";
import { linkTables } from "./link-tables.js";
import { linkWatchers } from "./link-watchers.js";
import { callSitesOf, contextPaths, operationsOf } from "./operations.js";
import { type Belongings, type Part, partOf } from "./parts.js";

export interface LinkInput {
  readonly components: readonly ComponentFact[];
  readonly resources: readonly ResourceFact[];
  readonly placed: readonly Placement[];
  /** By component; those of libraries that it uses are among them. */
  readonly belongings: ReadonlyMap<Ref, Belongings>;
}

export interface Links {
  readonly relations: readonly RelationFact[];
  /** Those given and those that links showed: topics and tables. */
  readonly resources: readonly ResourceFact[];
  readonly components: readonly ComponentFact[];
  readonly storeUses: readonly StoreUseFact[];
  readonly callSites: readonly CallSiteFact[];
  readonly operations: readonly OperationFact[];
  readonly unresolved: readonly UnresolvedFact[];
  /** Components by the gRPC service they implement: full and short name. */
  readonly implements: ReadonlyMap<string, readonly Ref[]>;
  /** What stands before all paths of a component, wherever it is set. */
  readonly contextPaths: ReadonlyMap<Ref, readonly string[]>;
}

export function collectLinks(input: LinkInput): Links {
  const parts = partsOf(input);
  const context = contextOf(input, parts);
  linkAddresses(context);
  linkStores(context);
  linkTables(context);
  linkGrpc(context);
  linkChannels(context);
  const routes = linkGateways(context);
  linkRoles(context);
  linkWatchers(context);
  const operations = operationsOf(parts);
  const callSites = callSitesOf(context, routes, operations);
  linkCallSites(context, callSites);
  const components = [
    ...input.components.map((component) => withAliases(withLearned(component, context.found.learned), parts)),
    ...context.found.components.values(),
  ];
  return {
    relations: context.edges.relations(new Map(components.map(({ ref, kind }) => [ref, kind]))),
    resources: [...input.resources, ...context.found.resources.values()].toSorted(byRef),
    components: components.toSorted(byRef),
    storeUses: distinctUses(context.storeUses),
    callSites,
    operations,
    unresolved: distinctUnresolved(context.unresolved),
    implements: new Map([...implementers(parts)].map(([service, by]) => [service, [...by.keys()]])),
    contextPaths: new Map(parts.map((part) => [part.ref, contextPaths(part, false)])),
  };
}

function partsOf({ components, resources, placed, belongings }: LinkInput): Part[] {
  const none: Belongings = { cues: [], settings: [] };
  return [
    ...components
      .filter(({ kind }) => kind !== "module" && kind !== "library")
      .map((component) => partOf(component.ref, component, placed, belongings.get(component.ref) ?? none)),
    ...resources
      .filter(({ ref }) => placed.some((placement) => placement.ref === ref))
      .map(({ ref }) => partOf(ref, null, placed, none)),
  ];
}

function contextOf({ components, resources, placed }: LinkInput, parts: readonly Part[]): LinkContext {
  const ownPorts = new Map(parts.map((part) => [part.ref, portsOf(part)]));
  const appNames = new Map(parts.map((part) => [part.ref, part.appNames]));
  return {
    parts: parts.filter(({ component }) => component !== null),
    deployedOnly: parts.filter(({ component }) => component === null),
    components: new Map(components.map((component) => [component.ref, component])),
    resources: new Map(resources.map((resource) => [resource.ref, resource])),
    elsewhere: new Map(),
    book: addressBook(
      components,
      resources,
      placed,
      appNames,
      ownPorts,
      new Map(parts.map((part) => [part.ref, launchPorts(part)])),
    ),
    shared: sharedConstants(parts),
    edges: collectEdges(),
    storeUses: [],
    unresolved: [],
    found: { resources: new Map(), components: new Map(), learned: new Map() },
  };
}

function portsOf(part: Part): number[] {
  return ["serverport", "port", "quarkushttpport", "micronautserverport", "appport", "httpport"]
    .flatMap((key) => part.given.get(key) ?? [])
    .filter(({ file }) => !isSample(file))
    .map(({ value }) => Number(/^\$\{[^{}]{0,80}:-(\d{2,5})\}$/.exec(value)?.[1] ?? value))
    .filter((port) => Number.isInteger(port) && port > 0 && port < 65_536);
}

/** A file to copy and to change: nothing listens where it says. A `.env.example` is what everybody starts with. */
function isSample(file: string): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return /(?:^|[._-])(?:example|sample|template)s?(?:[._-]|$)/i.test(name) && !/env/i.test(name);
}

/** Ports that a developer's tools start a .NET program with. */
function launchPorts(part: Part): number[] {
  return part.settings
    .filter(({ file }) => /launchSettings\.json$/i.test(file.file))
    .flatMap(({ file }) => file.entries.filter(({ key }) => /applicationUrl$/i.test(key)).map(({ value }) => value.slice(0, 400)))
    .flatMap((value) => [...value.matchAll(/:\/\/[\w.*+[\]:-]{1,100}?:(\d{2,5})\b/g)].map((match) => Number(match[1])));
}

/** Constants that have one value in the whole system. */
function sharedConstants(parts: readonly Part[]): Map<string, string> {
  const values = new Map<string, Set<string>>();
  for (const part of parts)
    for (const [name, value] of part.constants) values.set(name, (values.get(name) ?? new Set<string>()).add(value));
  return new Map([...values].flatMap(([name, all]) => (all.size === 1 ? [[name, [...all][0] ?? ""] as const] : [])));
}

/** Calls whose target only the path or a gateway told. */
function linkCallSites(context: LinkContext, callSites: readonly CallSiteFact[]): void {
  for (const { component, target, protocol, path, evidence } of callSites) {
    if (target === null || context.edges.has(component, target)) continue;
    context.edges.add({ from: component, to: target, kind: "calls", protocol, detail: path, classes: ["call"], evidence });
  }
}

function withLearned(component: ComponentFact, learned: LinkContext["found"]["learned"]): ComponentFact {
  const told = learned.get(component.ref);
  if (told === undefined || component.declared) return component;
  const aliases =
    told.alias === null || component.aliases.includes(told.alias) ? component.aliases : [...component.aliases, told.alias];
  return { ...component, kind: component.kind === "external" ? told.kind : component.kind, aliases };
}

function withAliases(component: ComponentFact, parts: readonly Part[]): ComponentFact {
  const names = parts.find(({ ref }) => ref === component.ref)?.appNames ?? [];
  const added = names.filter((name) => name !== component.name && !component.aliases.includes(name));
  return added.length === 0 ? component : { ...component, aliases: [...component.aliases, ...added] };
}

function distinctUses(uses: readonly StoreUseFact[]): StoreUseFact[] {
  const found = new Map<string, StoreUseFact>();
  for (const use of uses) {
    const key = [use.component, use.resource, use.database, use.schema, use.user].join("\n");
    const known = found.get(key);
    found.set(key, known === undefined ? use : { ...known, evidence: [...known.evidence, ...use.evidence].slice(0, 6) });
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}

function distinctUnresolved(all: readonly UnresolvedFact[]): UnresolvedFact[] {
  const found = new Map<string, UnresolvedFact>();
  for (const one of all) {
    const key = [one.component, one.kind, one.text].join("\n");
    if (!found.has(key)) found.set(key, one);
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function byRef(a: { readonly ref: Ref }, b: { readonly ref: Ref }): number {
  return a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0;
}
