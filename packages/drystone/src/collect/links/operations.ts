/** What components answer and where they are called: operations that the code shows, and call sites with who is meant. */
import type { CallSiteFact, OperationFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { parseAddresses } from "./address.js";
import { cueEvidence, type LinkContext } from "./context.js";
import { targetOf } from "./find-target.js";
import type { GatewayRoute } from "./link-gateways.js";
import { mountedPaths } from "./mounts.js";
import type { Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";

const maxPerComponent = 2000;

/** One per component, method and path; `contract` is null: only the code shows them. */
export function operationsOf(parts: readonly Part[]): OperationFact[] {
  const found = new Map<string, OperationFact>();
  for (const part of parts) {
    let count = 0;
    const mounted = mountedPaths(part);
    const prefixes = prefixesByFile(part);
    for (const one of part.cues) {
      const { cue } = one;
      if (cue.kind !== "endpoint") continue;
      for (const inner of mounted(cue.file, cue.path)) {
        const path = withContext(part, inner);
        const method = cue.method ?? "ANY";
        const ref = `${part.ref}#${method} ${path}`;
        if (found.has(ref) || count >= maxPerComponent) continue;
        count++;
        const prefix = prefixes.get(cue.file)?.find((start) => isBelow(cue.path, start));
        found.set(ref, {
          ref,
          contract: null,
          component: part.ref,
          method,
          path,
          ...(prefix === undefined ? {} : { prefix: withContext(part, prefix) }),
          evidence: [cueEvidence(one)],
        });
      }
    }
  }
  return [...found.values()].toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** Paths that a class puts before those of its methods, the longest first. */
function prefixesByFile(part: Part): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { cue } of part.cues)
    if (cue.kind === "endpoint-prefix") found.set(cue.file, [...(found.get(cue.file) ?? []), cue.path]);
  for (const [file, paths] of found)
    found.set(
      file,
      paths.toSorted((a, b) => b.length - a.length),
    );
  return found;
}

function isBelow(path: string, start: string): boolean {
  return path === start || path.startsWith(`${start}/`);
}

/** A context path of the program's own settings stands before every path; one that a configuration server hands out depends on where it runs. */
function withContext(part: Part, path: string): string {
  const prefix = contextPaths(part, true)[0] ?? "";
  const whole = `${prefix}/${path}`.replace(/\/{2,}/g, "/");
  return whole.length > 1 ? whole.replace(/\/$/, "") : whole;
}

const contextKeys = [
  "serverservletcontextpath",
  "servercontextpath",
  "springwebfluxbasepath",
  "quarkushttprootpath",
  "micronautservercontextpath",
];

/** Prefixes that all paths of a component have. @param ownOnly leaves out what a configuration server hands out. */
export function contextPaths(part: Part, ownOnly: boolean): string[] {
  return contextKeys
    .flatMap((key) => part.given.get(key) ?? [])
    .filter(({ served }) => !(ownOnly && served))
    .map(({ value }) => value.replace(/\/$/, ""))
    .filter((value) => /^\/[\w/.-]{1,80}$/.test(value));
}

/** Every place that calls, with the component that answers: by address, by a gateway's route, or by the one that has such a path. */
export function callSitesOf(
  context: LinkContext,
  routes: readonly GatewayRoute[],
  operations: readonly OperationFact[],
): CallSiteFact[] {
  const byShape = operationsByShape(operations);
  return context.parts.flatMap((part) =>
    part.cues.flatMap((found): CallSiteFact[] => {
      const { cue } = found;
      if (cue.kind !== "call") return [];
      const [resolved] = resolveTemplate(cue.target, part, context.shared);
      if (resolved === undefined) return [];
      const site = siteOf(context, part, resolved.text, cue.protocol === "grpc", routes, byShape, cue.method);
      return [
        {
          component: part.ref,
          target: site.target,
          protocol: cue.protocol,
          method: cue.method,
          path: site.path,
          inLoop: cue.inLoop,
          evidence: [cueEvidence(found)],
        },
      ];
    }),
  );
}

function siteOf(
  context: LinkContext,
  part: Part,
  text: string,
  grpc: boolean,
  routes: readonly GatewayRoute[],
  byShape: ReadonlyMap<string, ReadonlySet<Ref>>,
  method: string | null,
): { target: Ref | null; path: string | null } {
  const [address] = parseAddresses(text);
  if (address !== undefined) return { target: targetOf(context, part, address, false), path: pathOf(address.path) };
  if (grpc) return { target: null, path: text };
  // `{}/orders/{}`: the host is known at run time only.
  const path = pathOf(/^(?:\w{1,10}:\/\/)?(?:\{\}|[\w.-]*)?(?::\{?\d{0,5}\}?)?(\/[^\s]*)$/.exec(text)?.[1] ?? afterBase(text));
  if (path === null) return { target: null, path: null };
  if (text.startsWith("/")) {
    // Who already calls a gateway that has such a route reaches the path through it.
    const through = routes.find((route) => context.edges.has(part.ref, route.gateway) && covers(route, path));
    if (through !== undefined) return { target: through.gateway, path };
    const best = routes
      .filter((route) => covers(route, path))
      .toSorted((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0))[0];
    if (best !== undefined && best.target !== part.ref) return { target: best.target, path };
  }
  const owners = byShape.get(shape(method, path)) ?? new Set<Ref>();
  const [only] = owners;
  // A path of one plain word is nobody's own.
  const behindGateway = routes.some((route) => context.edges.has(part.ref, route.gateway));
  const telling = !behindGateway && path.split("/").filter((word) => word !== "" && word !== "{}").length >= 2;
  return { target: owners.size === 1 && telling && only !== part.ref ? (only ?? null) : null, path };
}

/** `{}orders/{}`: the base of unknown value ends with a slash. */
function afterBase(text: string): string | null {
  const rest = /^\{\}([a-z][\w-]{1,60}(?:\/[^\s]{0,200})?)$/i.exec(text)?.[1];
  return rest === undefined ? null : `/${rest}`;
}

function covers(route: GatewayRoute, path: string): boolean {
  return route.path !== null && route.path !== "/" && path.startsWith(route.path.replace(/\/$/, ""));
}

function pathOf(path: string | null): string | null {
  if (path === null) return null;
  const bare = path.replace(/[?#].*$/, "").replace(/\/{2,}/g, "/");
  return bare === "" ? "/" : bare.length > 200 ? bare.slice(0, 200) : bare;
}

function operationsByShape(operations: readonly OperationFact[]): Map<string, Set<Ref>> {
  const found = new Map<string, Set<Ref>>();
  for (const { component, method, path } of operations) {
    if (component === null) continue;
    for (const one of [method, "ANY"]) {
      const key = shape(one, path);
      found.set(key, (found.get(key) ?? new Set<Ref>()).add(component));
    }
  }
  return found;
}

function shape(method: string | null, path: string): string {
  return `${method ?? "ANY"} ${path
    .replace(/\{[^}]{0,200}\}|:[A-Za-z_]\w*/g, "{}")
    .replace(/\/$/, "")
    .toLowerCase()}`;
}
