/** Spans of one trace as a tree of services. */
import type { Role } from "./roles.js";
import { type Span, spanKinds } from "./span.js";

/** A name of traces, and what the system knows of it. */
export interface Service {
  /** Ref of the component, else the name. */
  readonly id: string;
  readonly name: string;
  readonly isKnown: boolean;
  readonly isGateway: boolean;
  readonly isLoadGenerator: boolean;
}

export interface Node {
  readonly span: Span;
  readonly role: Role;
  /** Of the nearest span above where its own is not told. */
  service: Service | null;
  parent: Node | null;
  children: readonly Node[];
  /** Set, with parent and service, when its parent has been. */
  isPlaced: boolean;
  /** Components that it called without a span of theirs. */
  silent: Service | null;
}

export interface Entry {
  readonly node: Node;
  readonly operation: string;
  readonly async: boolean;
}

/** Another service did this for its parent, and the parent waited. */
export function isCall(parent: Node, child: Node): boolean {
  if (parent.service === null || child.service === null || parent.service === child.service) return false;
  if (child.role !== "code" || parent.role === "publish" || parent.role === "store" || parent.role === "settle") return false;
  return !(parent.span.kind === spanKinds.internal && child.span.kind === spanKinds.internal);
}
