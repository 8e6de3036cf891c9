/** Where the reader is: the part of the address behind `#`. `#component/orders`, `#pair/orders/billing`, `#finding/<fingerprint>`. */
import type { Ref } from "./model.js";

export interface Route {
  /** First part: the view. */
  readonly view: string;
  /** The parts behind it, decoded. */
  readonly parts: readonly string[];
}

/** An address that cannot be decoded leads to the first view. Never throws. */
export function parseRoute(hash: string): Route {
  const [view = "", ...parts] = hash.replace(/^#/, "").slice(0, 4000).split("/").map(decoded);
  return { view: view === "" ? "answer" : view, parts };
}

export function hrefOf(view: string, ...parts: readonly string[]): string {
  return `#${[view, ...parts].map((part) => encodeURIComponent(part)).join("/")}`;
}

const defaultComponent = "component:default/";

/** `#component/orders`; refs of other kinds or namespaces stand there whole. */
export function componentHref(ref: Ref): string {
  return hrefOf("component", shortRef(ref));
}

/** The page of two components, `#pair/billing/orders`; the same for both orders. */
export function pairHref(one: Ref, other: Ref): string {
  return hrefOf("pair", ...[shortRef(one), shortRef(other)].sort());
}

export function findingHref(fingerprint: string): string {
  return hrefOf("finding", fingerprint);
}

/** Back from the part of an address to a ref. */
export function refOf(part: string): Ref {
  return part.includes(":") ? part : defaultComponent + part;
}

function shortRef(ref: Ref): string {
  return ref.startsWith(defaultComponent) ? ref.slice(defaultComponent.length) : ref;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
