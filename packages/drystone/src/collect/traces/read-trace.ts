/** One trace: who used whom in it, and what each of its requests needed. Pairs are made by parents (any number of children), messages by links and destinations. */
import { measureRequest } from "./measure-request.js";
import { type Entry, isCall, type Node, type Service } from "./node.js";
import { isProbe, operationOf, peerOf } from "./operation.js";
import { roleOf } from "./roles.js";
import { type Span, spanKinds } from "./span.js";
import type { Tally } from "./tally.js";

/** @param serviceOf the same object for the same service. */
export function readTrace(spans: readonly Span[], serviceOf: (name: string) => Service, tally: Tally): void {
  const nodes = nodesOf(spans, serviceOf, tally);
  let orphans = 0;
  for (const node of nodes) {
    const isOrphan = node.parent === null && node.span.parent !== "";
    if (isOrphan) orphans++;
    tally.span(node, isOrphan);
    readNode(node, serviceOf, tally);
  }
  tally.trace(orphans);
  // What a request needed cannot be counted where a part of it is missing.
  if (orphans > 0) return;
  for (const entry of entriesOf(nodes)) tally.request(entry, measureRequest(entry.node));
}

function nodesOf(spans: readonly Span[], serviceOf: (name: string) => Service, tally: Tally): Node[] {
  const byId = new Map<string, Node>();
  let isShared = false;
  for (const span of spans) {
    if (byId.has(span.id)) continue;
    byId.set(span.id, newNode(span));
    if (span.sharedParent !== undefined) isShared = true;
  }
  if (isShared) adoptShared(byId);
  const placed: Node[] = [];
  const place = (node: Node, parent: Node | undefined): void => {
    const { service } = node.span;
    if (service === null) tally.unnamed();
    node.service = service === null ? (parent?.service ?? null) : serviceOf(service);
    node.isPlaced = true;
    placed.push(node);
    if (parent === undefined) return;
    node.parent = parent;
    addChild(parent, node);
  };
  for (const node of byId.values()) {
    if (node.isPlaced) continue;
    const parent = byId.get(node.span.parent);
    if (parent === undefined || parent.isPlaced) place(node, parent);
    else
      for (const each of wayDown(node, byId)) {
        const above = byId.get(each.span.parent);
        place(each, above?.isPlaced === true ? above : undefined);
      }
  }
  return placed;
}

function newNode(span: Span): Node {
  return { span, role: roleOf(span), service: null, parent: null, children: noChildren, isPlaced: false, silent: null };
}

const noChildren: readonly Node[] = [];

/** A list of one takes little; most nodes have no more. */
function addChild(parent: Node, node: Node): void {
  if (parent.children === noChildren) parent.children = [node];
  else (parent.children as Node[]).push(node);
}

/** From the top, or from what is placed already, down to the node; without recursion, because traces may be deep. */
function wayDown(start: Node, byId: ReadonlyMap<string, Node>): Node[] {
  const way: Node[] = [];
  for (let at: Node | undefined = start; at !== undefined && !at.isPlaced; at = byId.get(at.span.parent)) {
    way.push(at);
    // Parents in a circle: each of them once.
    if (way.length > byId.size) return [...new Set(way)].reverse();
  }
  return way.reverse();
}

/** Zipkin lets client and servers share an id; what a server did then hangs on the client. A server whose client did not report takes its place. */
function adoptShared(byId: ReadonlyMap<string, Node>): void {
  const servers = new Map<string, Span[]>();
  for (const { span } of byId.values()) {
    if (span.sharedParent === undefined) continue;
    const known = servers.get(span.parent);
    if (known === undefined) servers.set(span.parent, [span]);
    else known.push(span);
  }
  for (const { span } of byId.values()) {
    if (span.sharedParent !== undefined) continue;
    const known = servers.get(span.parent);
    const server = known?.find(({ service }) => service === span.service) ?? (byId.has(span.parent) ? undefined : known?.[0]);
    if (server !== undefined) span.parent = server.id;
  }
  for (const [client, known] of servers)
    if (!byId.has(client)) for (const server of known) server.parent = server.sharedParent ?? "";
}

function readNode(node: Node, serviceOf: (name: string) => Service, tally: Tally): void {
  const { span, role, service, parent } = node;
  if (service === null) return;
  if (role === "publish" || role === "consume") {
    const channel = channelOf(node);
    if (channel !== null) tally.message(service, channel, span.attributes.messagingSystem ?? null, role, span);
    else tally.unnamedMessage(service, span, role);
    return;
  }
  if (role === "store") {
    tally.store(service, peerOf(span), span);
    return;
  }
  if (role !== "code") return;
  if (parent !== null && isCall(parent, node))
    tally.call(parent.service as Service, service, operationOf(span), span, protocolOf(span, parent.span));
  const peer = silentPeer(node, serviceOf);
  if (peer !== null) {
    node.silent = peer;
    tally.call(service, peer, operationOf(span), span, protocolOf(span, span));
  }
}

/** The one who was called where only the caller reported. A duplicate by a sidecar that has the other side is left out. */
function silentPeer(node: Node, serviceOf: (name: string) => Service): Service | null {
  const { span, service, children, parent } = node;
  if (
    span.kind !== spanKinds.client ||
    children.some((child) => child.service !== service || child.span.kind === spanKinds.client)
  )
    return null;
  const name = peerOf(span);
  if (name === null) return null;
  const peer = serviceOf(name);
  if (peer === service) return null;
  const isTold = parent?.children.some(
    (sibling) =>
      sibling !== node &&
      sibling.span.kind === spanKinds.client &&
      // An attempt that failed is no duplicate of the one that was answered.
      (sibling.span.failed || !span.failed) &&
      within(sibling.span, span) &&
      sibling.children.some((child) => child.service === peer),
  );
  return isTold === true ? null : peer;
}

const clockTolerance = 1;

function within(one: Span, other: Span): boolean {
  return isInside(one, other) || isInside(other, one);
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start - clockTolerance && inner.end <= outer.end + clockTolerance;
}

/** Topic or queue; of a consumer that does not say, the one its producer named. */
function channelOf({ span, role, parent }: Node): string | null {
  const { destinationTemplate, destination, temporary } = span.attributes;
  if (temporary === "true" && destinationTemplate === undefined) return null;
  return destinationTemplate ?? destination ?? (role === "consume" && parent?.role === "publish" ? channelOf(parent) : null);
}

function protocolOf({ attributes }: Span, { attributes: other }: Span): "http" | "grpc" | "tcp" {
  if (attributes.rpcMethod !== undefined || other.rpcMethod !== undefined || attributes.rpcSystem !== undefined) return "grpc";
  return attributes.httpMethod !== undefined ||
    other.httpMethod !== undefined ||
    attributes.httpRoute !== undefined ||
    attributes.url !== undefined
    ? "http"
    : "tcp";
}

/** Requests that came into the system, and messages that were taken up. Probes, and background work that calls nobody, are no requests. */
function entriesOf(nodes: readonly Node[]): Entry[] {
  return nodes.flatMap((node): Entry[] => {
    const { span, role, service, parent } = node;
    if (service === null || role === "store" || role === "settle") return [];
    if (role === "consume") {
      const isNested = parent?.role === "consume" && parent.service === service;
      return isNested ? [] : [{ node, operation: channelOf(node) ?? operationOf(span), async: true }];
    }
    const isTop = parent === null || (parent.service?.isLoadGenerator === true && parent.service !== service);
    if (!isTop || service.isLoadGenerator) return [];
    const operation = operationOf(span);
    if (isProbe(operation)) return [];
    const isAsked = span.kind === spanKinds.server || span.kind === spanKinds.unspecified;
    return isAsked || callsSomebody(node) ? [{ node, operation, async: false }] : [];
  });
}

function callsSomebody(entry: Node): boolean {
  const open = [entry];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of node.children) {
      if (isCall(node, child)) return true;
      if (child.role !== "consume") open.push(child);
    }
  }
  return false;
}
