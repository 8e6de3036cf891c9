/** Which component a name from outside means: exact names and aliases only, upper and lower case and punctuation aside. */

import { imageName, stemOf } from "#collect/inventory/index.js";
import { type ComponentFact, type DeploymentFact, isDeployable } from "#model/facts.js";
import { type Ref, shortName } from "#model/refs.js";
import { closest } from "#util/closest.js";
import { plainName } from "#util/words.js";

export interface ComponentNames {
  /** Null when no component, or more than one, has this name. Parts of a deployable count as the deployable. */
  readonly find: (name: string) => Ref | null;
  /** The component that was probably meant, by edit distance: a suggestion for a reader, never used to join. */
  readonly suggest: (name: string) => string | null;
}

export function componentNames(components: readonly ComponentFact[], deployments: readonly DeploymentFact[]): ComponentNames {
  const wholes = new Map(components.map(({ ref, partOf }) => [ref, partOf ?? ref]));
  const deployed = namesInDeployments(deployments);
  const index = new Map<string, Entry>();
  for (const component of components) {
    const ref = wholes.get(component.ref) ?? component.ref;
    const rank = rankOf(component);
    for (const name of [component.name, shortName(component.ref)]) enter(index, name, { ref, rank });
    for (const name of component.aliases) enter(index, name, { ref, rank: rank + 1 });
    for (const name of deployed.get(component.ref) ?? []) enter(index, name, { ref, rank: rank + 2 });
  }
  const find = (name: string): Ref | null => {
    const entry = index.get(lower(name)) ?? index.get(plainName(name));
    return entry?.ref ?? null;
  };
  const candidates = components.map(({ name }) => name);
  return {
    find: (name) => {
      for (const spelling of spellings(name)) {
        const found = find(spelling);
        if (found !== null) return found;
      }
      return null;
    },
    suggest: (name) => partOf(name, candidates) ?? closest(name, candidates),
  };
}

interface Entry {
  /** Null where several components of the same rank have the name. */
  readonly ref: Ref | null;
  readonly rank: number;
}

/** What deploys goes before what others run, and both before parts of the code; a name before an alias before a name in a manifest. */
function rankOf(component: ComponentFact): number {
  if (isDeployable(component)) return 0;
  return component.kind === "module" || component.kind === "library" ? 20 : 10;
}

function namesInDeployments(deployments: readonly DeploymentFact[]): ReadonlyMap<Ref, readonly string[]> {
  const names = new Map<Ref, string[]>();
  for (const { subject, name, image } of deployments) {
    const own = names.get(subject) ?? [];
    own.push(name, ...(image === null ? [] : [imageName(image)]));
    names.set(subject, own);
  }
  return names;
}

function enter(index: Map<string, Entry>, name: string, entry: Entry): void {
  for (const key of new Set([lower(name), plainName(name)])) {
    const known = index.get(key);
    if (key === "") continue;
    if (known === undefined || entry.rank < known.rank) index.set(key, entry);
    else if (known.rank === entry.rank && known.ref !== entry.ref) index.set(key, { ref: null, rank: entry.rank });
  }
}

function lower(name: string): string {
  return name.trim().toLowerCase();
}

/** As written, then the first part of a host name in a cluster (`cart.shop.svc.cluster.local`, `cart:8080`), then the last part of a path (`shop/cart`). */
function spellings(name: string): string[] {
  const bare = name.trim().slice(0, 300);
  const host = bare
    .replace(/^[a-z][a-z0-9+.-]{0,20}:\/\//i, "")
    .replace(/[/?#].*$/s, "")
    .replace(/:\d{1,5}$/, "");
  const isInCluster = /^[^.]+(?:\.[^.]+)?(?:\.svc(?:\.cluster\.local)?)?\.?$/.test(host);
  return [
    bare,
    host,
    ...(isInCluster && host.includes(".") ? [host.split(".", 1)[0] ?? ""] : []),
    bare.split("/").at(-1) ?? "",
  ].filter((spelling) => spelling !== "");
}

/** A component whose name is the name with a word like `service` more or less. */
function partOf(name: string, candidates: readonly string[]): string | null {
  const wanted = plainName(name);
  const stem = stemOf(name);
  const same = candidates.filter((candidate) => stemOf(candidate) === stem);
  if (same.length === 1) return same[0] ?? null;
  const near = candidates.filter((candidate) => {
    const known = plainName(candidate);
    return (
      known.length >= 3 &&
      wanted.length >= 3 &&
      (known.startsWith(wanted) || wanted.startsWith(known) || known.endsWith(wanted) || wanted.endsWith(known))
    );
  });
  return near.length === 1 ? (near[0] ?? null) : null;
}
