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
    ...repeats(counted),
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

function isRetry({ span }: Node): boolean {
  return Number(span.attributes.resend ?? 0) > 0;
}

/** The same operation of the same service, asked for by one handler: spans inside of a service do not part it. */
function repeats(calls: readonly Call[]): Pick<RequestMeasures, "repeat" | "repeated" | "slowRepeat"> {
  const groups = new Map<Node, Map<string, { count: number; milliseconds: number }>>();
  for (const { caller, callee, operation, milliseconds } of calls) {
    const handler = handlerOf(caller);
    const own = groups.get(handler) ?? new Map<string, { count: number; milliseconds: number }>();
    groups.set(handler, own);
    const key = `${callee.name} ${operation}`;
    const group = own.get(key) ?? { count: 0, milliseconds: 0 };
    own.set(key, { count: group.count + 1, milliseconds: group.milliseconds + milliseconds });
  }
  let [repeat, slowRepeat] = [0, 0];
  let repeated: string | null = null;
  for (const own of groups.values()) {
    for (const [key, { count, milliseconds }] of own) {
      if (count > repeat || (count === repeat && repeated !== null && key < repeated))
        [repeat, repeated] = [count, count > 1 ? key : null];
      if (milliseconds >= slowMs) slowRepeat = Math.max(slowRepeat, count);
    }
  }
  return { repeat, repeated, slowRepeat };
}

function handlerOf(caller: Node): Node {
  let handler = caller.parent ?? caller;
  while (handler.span.kind === spanKinds.internal && handler.parent !== null && handler.parent.service === handler.service)
    handler = handler.parent;
  return handler;
}

/** Ties go by id, so that the order of a file changes nothing. */
function latestFirst({ span: a }: Node, { span: b }: Node): number {
  return b.end - a.end || b.start - a.start || (a.id < b.id ? -1 : 1);
}

/** Backwards from the end: what ended last before the answer was waited for, then what ended last before that one started. */
function onCriticalPath(entry: Node, callers: ReadonlySet<Node>): number {
  let serial = 0;
  const open: [Node, number][] = [[entry, entry.span.end]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, until] = next;
    let time = Math.min(node.span.end, until);
    const children = node.children.length < 2 ? node.children : node.children.toSorted(latestFirst);
    for (const child of children) {
      if (child.role === "consume" || child.span.end > time + 1e-3) continue;
      if (callers.has(child)) serial++;
      open.push([child, child.span.end]);
      time = child.span.start;
    }
  }
  return serial;
}
