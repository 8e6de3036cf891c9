/** Finds objects by name among those that are applied together. */
import { folderOf } from "#collect/manifests/index.js";
import type { KubeObject } from "./kubernetes-objects.js";

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

/** Objects of that kind, of each name the one closest to the file. */
export function closestOfEachName(scope: Scope, isWanted: (object: KubeObject) => boolean, near: KubeObject): KubeObject[] {
  const byName = new Map<string, KubeObject[]>();
  for (const object of scope.objects) {
    if (isWanted(object) && sameNamespace(object, near)) byName.set(object.name, [...(byName.get(object.name) ?? []), object]);
  }
  return [...byName.values()].flatMap((objects) => closestTo(near.file, objects) ?? []);
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
