/** Finds objects by name among those that are applied together. */
import { folderOf } from "#collect/manifests/index.js";
import { groupBy } from "#util/group-by.js";
import { record, scalarText } from "../yaml/index.js";
import { isService, type KubeObject } from "./kubernetes-objects.js";

/** Objects that are applied together: a build of a kustomization, a release of a chart, the plain files of a repository. */
export interface Scope {
  readonly objects: readonly KubeObject[];
  /** Where to look for what the scope itself does not have. */
  readonly outer: Scope | null;
}

/** The object of that kind and name that is closest to the file of another; null when there is none. */
export function findObject(scope: Scope, kind: string, name: string, near: KubeObject): KubeObject | null {
  const found = indexOf(scope).get(`${kind} ${name}`) ?? [];
  const fitting = found.filter((object) => sameNamespace(object, near));
  const closest = closestTo(near.file, fitting.length > 0 ? fitting : found);
  return closest ?? (scope.outer ? findObject(scope.outer, kind, name, near) : null);
}

/** Services that select the labels of a pod, of each name the one closest to the file. */
export function selectingServices(scope: Scope, labels: Readonly<Record<string, unknown>>, near: KubeObject): KubeObject[] {
  const { services } = pickedOf(scope);
  const asked = ["", ...Object.entries(labels).map(([key, value]) => pairKey(key, scalarText(value)))];
  const possible = [...new Set(asked)].flatMap((key) => services.get(key) ?? []).sort((one, other) => one.at - other.at);
  const selecting = possible.filter(
    ({ object, selector }) => selector.every(([key, value]) => scalarText(labels[key]) === value) && sameNamespace(object, near),
  );
  const byName = groupBy(
    selecting.map(({ object }) => object),
    ({ name }) => name,
  );
  return [...byName.values()].flatMap((objects) => closestTo(near.file, objects) ?? []);
}

/** ServiceMonitors and PodMonitors of the scope itself. */
export function monitorsIn(scope: Scope): readonly KubeObject[] {
  return pickedOf(scope).monitors;
}

interface Selecting {
  readonly object: KubeObject;
  readonly selector: readonly (readonly [string, string])[];
  /** Position in the scope. */
  readonly at: number;
}

interface Picked {
  /** By the first pair that they select by; those that select by nothing in it under the empty key. */
  readonly services: ReadonlyMap<string, readonly Selecting[]>;
  readonly monitors: readonly KubeObject[];
}

const picked = new WeakMap<Scope, Picked>();

function pickedOf(scope: Scope): Picked {
  let found = picked.get(scope);
  if (!found) picked.set(scope, (found = { services: servicesByPair(scope), monitors: scope.objects.filter(isMonitor) }));
  return found;
}

function servicesByPair(scope: Scope): ReadonlyMap<string, readonly Selecting[]> {
  const found = new Map<string, Selecting[]>();
  for (const [at, object] of scope.objects.entries()) {
    if (!isService(object)) continue;
    const written = Object.entries(record(record(object.value["spec"])["selector"]));
    const selector = written.map(([key, value]) => [key, scalarText(value)] as const);
    const [first] = selector;
    if (first === undefined) continue;
    const key = pairKey(...first);
    const same = found.get(key);
    if (same) same.push({ object, selector, at });
    else found.set(key, [{ object, selector, at }]);
  }
  return found;
}

/** A label that is missing is as one that says nothing. */
function pairKey(key: string, value: string): string {
  return value === "" ? "" : `${key}=${value}`;
}

function isMonitor({ kind }: KubeObject): boolean {
  return kind === "ServiceMonitor" || kind === "PodMonitor";
}

const indexes = new WeakMap<Scope, ReadonlyMap<string, readonly KubeObject[]>>();

function indexOf(scope: Scope): ReadonlyMap<string, readonly KubeObject[]> {
  const known = indexes.get(scope);
  if (known) return known;
  const index = new Map<string, KubeObject[]>();
  for (const object of scope.objects) {
    for (const name of new Set([object.name, object.writtenName])) {
      const key = `${object.kind} ${name}`;
      const objects = index.get(key);
      if (objects) objects.push(object);
      else index.set(key, [object]);
    }
  }
  indexes.set(scope, index);
  return index;
}

function sameNamespace(one: KubeObject, other: KubeObject): boolean {
  return one.namespace === null || other.namespace === null || one.namespace === other.namespace;
}

function closestTo(file: string, objects: readonly KubeObject[]): KubeObject | null {
  let best: KubeObject | null = null;
  let shared = -1;
  for (const object of objects) {
    const common = object.file === file ? Number.POSITIVE_INFINITY : commonFolders(folderOf(file), folderOf(object.file));
    if (common > shared) [best, shared] = [object, common];
  }
  return best;
}

function commonFolders(one: string, other: string): number {
  const left = one.split("/");
  const right = other.split("/");
  let common = 0;
  while (common < left.length && left[common] === right[common]) common++;
  return common;
}
