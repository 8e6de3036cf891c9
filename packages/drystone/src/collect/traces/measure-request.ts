/** What one request needed (metrics.md A3): calls between services, how deep they nest, what is repeated, what waits for what, time on the way. */

import { isCall, type Node, type Service } from "./node.js";
import { operationOf } from "./operation.js";
import { spanKinds } from "./span.js";

export interface RequestMeasures {
  readonly calls: number;
  readonly depth: number;
  readonly repeat: number;
  /** The repeated operation, as `service operation`; null where nothing is called twice. */
  readonly repeated: string | null;
  /** Of those groups that took `slowMs` together. */
  readonly slowRepeat: number;
  readonly serial: number;
  /** 0..100. */
  readonly netPercent: number;
  readonly messages: number;
}

const slowMs = 50;

/** A call as its caller sees it; one client span is one call, however many answered it. */
interface Call {
  readonly caller: Node;
  readonly callee: Service;
  readonly operation: string;
  readonly milliseconds: number;
  /** Null where only the caller reported. */
  answered: number | null;
}

/** Messages are not waited for: what a consumer does is left to a request of its own. A repetition after a failure is the same call. */
export function measureRequest(entry: Node): RequestMeasures {
  const calls = new Map<Node, Call>();
  let depth = 0;
  let messages = 0;
  const open: [Node, number][] = [[entry, entry.service?.isGateway === true ? 0 : 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, level] = next;
    depth = Math.max(depth, level);
    if (node.role === "publish") messages++;
    if (node.silent?.isKnown === true) {
      noteCall(calls, node, node.silent, node, null);
      depth = Math.max(depth, level + (node.silent.isGateway ? 0 : 1));
    }
    for (const child of node.children) {
      if (child.role === "consume") continue;
      const isHop = isCall(node, child);
      if (isHop && child.service !== null)
        noteCall(calls, node.span.kind === spanKinds.client ? node : child, child.service, child, lengthOf(child));
      open.push([child, level + (isHop && child.service?.isGateway === false ? 1 : 0)]);
    }
  }
  const counted = [...calls.values()].filter(({ caller }) => !isRetry(caller));
  const total = lengthOf(entry);
  const net = counted.reduce(
    (sum, { milliseconds, answered }) => sum + (answered === null ? 0 : Math.max(0, milliseconds - answered)),
    0,
  );
  return {
    calls: counted.length,
    depth: Math.max(0, depth - 1),
    ...repeats(calls.values()),
    serial: onCriticalPath(entry, new Set(counted.map(({ caller }) => caller))),
    netPercent: total > 0 ? Math.min(100, Math.round((net / total) * 100)) : 0,
    messages,
  };
}

function noteCall(calls: Map<Node, Call>, caller: Node, callee: Service, asked: Node, answered: number | null): void {
  const known = calls.get(caller);
  // Caller and callee in one span: the way between them was not measured.
  const isSeen = answered !== null && caller !== asked;
  if (known === undefined)
    calls.set(caller, {
      caller,
      callee,
      operation: operationOf(asked.span),
      milliseconds: lengthOf(caller),
      answered: isSeen ? answered : null,
    });
  else if (isSeen) known.answered = Math.max(known.answered ?? 0, answered);
}

function lengthOf({ span }: Node): number {
  return span.end - span.start;
}

/** The count stands at the call of the program, above what its sidecar passes on. */
function isRetry({ span, parent, service }: Node): boolean {
  if (Number(span.attributes.resend ?? 0) > 0) return true;
  return parent !== null && parent.span.kind === spanKinds.client && parent.service === service && isRetry(parent);
}

interface Group {
  readonly callee: Service;
  readonly operation: string;
  count: number;
  milliseconds: number;
}

/** The same operation of the same service, asked for by one handler: spans inside of a service do not part it. */
function repeats(calls: Iterable<Call>): Pick<RequestMeasures, "repeat" | "repeated" | "slowRepeat"> {
  const handlers = new Map<Node, Map<string, Group[]>>();
  let [repeat, slowRepeat] = [0, 0];
  for (const { caller, callee, operation, milliseconds } of calls) {
    const group = groupOf(handlers, handlerOf(caller), callee, operation);
    // Trying again takes time and is no other call.
    if (!isRetry(caller)) group.count++;
    group.milliseconds += milliseconds;
    repeat = Math.max(repeat, group.count);
  }
  let repeated: string | null = null;
  for (const operations of handlers.values())
    for (const groups of operations.values())
      for (const { callee, operation, count, milliseconds } of groups) {
        if (milliseconds >= slowMs) slowRepeat = Math.max(slowRepeat, count);
        if (count < 2 || count < repeat) continue;
        const name = `${callee.name} ${operation}`;
        if (repeated === null || name < repeated) repeated = name;
      }
  return { repeat, repeated, slowRepeat };
}

function groupOf(handlers: Map<Node, Map<string, Group[]>>, handler: Node, callee: Service, operation: string): Group {
  let operations = handlers.get(handler);
  if (operations === undefined) handlers.set(handler, (operations = new Map()));
  const groups = operations.get(operation);
  const known = groups?.find((group) => group.callee.name === callee.name);
  if (known !== undefined) return known;
  const group = { callee, operation, count: 0, milliseconds: 0 };
  if (groups === undefined) operations.set(operation, [group]);
  else groups.push(group);
  return group;
}

/** The span that answers a request: above code inside of the service, and above the call that a sidecar passes on. */
function handlerOf(caller: Node): Node {
  let handler = caller.parent ?? caller;
  while (isWithin(handler) && handler.parent !== null && handler.parent.service === handler.service) handler = handler.parent;
  return handler;
}

function isWithin({ span }: Node): boolean {
  return span.kind === spanKinds.internal || span.kind === spanKinds.client;
}

/** Backwards from the end: what ended last before the answer was waited for, then what ended last before that one started. */
function onCriticalPath(entry: Node, callers: ReadonlySet<Node>): number {
  let serial = 0;
  const open: Waited[] = [{ node: entry, until: entry.span.end, shift: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, until, shift } = next;
    if (node.children.length === 0) continue;
    let time = Math.min(node.span.end + shift, until);
    for (const child of waited(node, shift)) {
      const end = child.node.span.end + child.shift;
      if (end > time + 1e-3) continue;
      if (callers.has(child.node)) serial++;
      child.until = end;
      open.push(child);
      time = child.node.span.start + child.shift;
    }
  }
  return serial;
}

interface Waited {
  readonly node: Node;
  until: number;
  /** Milliseconds to add to its times: clocks of two machines differ. */
  readonly shift: number;
}

/** The latest first. */
function waited(node: Node, shift: number): Waited[] {
  const children: Waited[] = [];
  for (const child of node.children)
    if (child.role !== "consume")
      children.push({ node: child, until: 0, shift: child.service === node.service ? shift : shiftOf(node, child, shift) });
  return children.length < 2 ? children : children.sort(latestFirst);
}

/** What another service did for a call lies inside of the call: where its clock says otherwise, it is put in the middle. */
function shiftOf({ span: asked }: Node, { span: answer }: Node, shift: number): number {
  const [start, end] = [asked.start + shift, asked.end + shift];
  const length = answer.end - answer.start;
  const isInside = answer.start >= start && answer.end <= end;
  return isInside || asked.kind !== spanKinds.client || length > end - start
    ? 0
    : start + (end - start - length) / 2 - answer.start;
}

/** Ties go by id, so that the order of a file changes nothing. */
function latestFirst({ node: { span: a }, shift: ofA }: Waited, { node: { span: b }, shift: ofB }: Waited): number {
  return b.end + ofB - a.end - ofA || b.start + ofB - a.start - ofA || (a.id < b.id ? -1 : 1);
}
