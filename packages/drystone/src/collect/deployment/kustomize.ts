/** Kustomizations: which objects a folder builds, with patches, generators, images and names applied. */
import type { Problem } from "#model/facts.js";
import { record, scalarText } from "../yaml/index.js";
import { type KubeObject, objectOf } from "./kubernetes-objects.js";
import { fromEntries, placedAs } from "./kubernetes-places.js";
import type { Kustomization } from "./kustomization.js";
import { generatedObjects } from "./kustomize-generators.js";
import { renamedObjects } from "./kustomize-names.js";
import { applyPatch, readPatches } from "./kustomize-patches.js";

const maxObjects = 5000;
/** Of all folders together: a folder that takes two others, each of which takes two more, has twice as many with every step. */
const maxBuilt = 50_000;
const maxDepth = 20;

export interface KustomizeSources {
  readonly files: ReadonlyMap<string, string>;
  /** Objects by the file they stand in. */
  readonly objects: ReadonlyMap<string, readonly KubeObject[]>;
  readonly all: ReadonlyMap<string, Kustomization>;
  /** What was built before. */
  readonly built: Map<string, readonly KubeObject[]>;
  /** How many that is. */
  readonly count: { objects: number };
  readonly problems: Problem[];
}

/** Objects that a folder builds. A cycle is a problem, and what closes it is left out. */
export function buildKustomization(
  sources: KustomizeSources,
  folder: string,
  around: readonly string[] = [],
): readonly KubeObject[] {
  const known = sources.built.get(folder);
  if (known) return known;
  const kustomization = sources.all.get(folder);
  if (!kustomization) return [];
  if (around.includes(folder) || around.length > maxDepth) {
    const { file } = kustomization;
    const isCycle = around.includes(folder);
    const message = isCycle ? `${file} takes itself as a resource` : `${file} is taken through more than ${maxDepth} folders`;
    sources.problems.push({ path: file, line: 1, message, hint: isCycle ? "remove the cycle" : "take it with fewer between" });
    return [];
  }
  if (sources.count.objects >= maxBuilt) return left(sources, kustomization);
  let objects: KubeObject[] = kustomization.files.flatMap((path) => sources.objects.get(path) ?? []);
  const components: Kustomization[] = [];
  for (const other of kustomization.folders) {
    const taken = sources.all.get(other);
    if (taken?.component) components.push(taken);
    else objects.push(...buildKustomization(sources, other, [...around, folder]));
  }
  // Components work on everything that is taken, before the kustomization itself does.
  for (const component of components) {
    const own = component.files.flatMap((path) => sources.objects.get(path) ?? []);
    objects = transformed([...objects, ...own].slice(0, maxObjects), component, sources);
  }
  objects = transformed(objects.slice(0, maxObjects), kustomization, sources);
  sources.built.set(folder, objects);
  sources.count.objects += objects.length;
  return objects;
}

function left({ built, problems }: KustomizeSources, { file, folder }: Kustomization): readonly KubeObject[] {
  const message = `${file} is left out: the kustomizations before it build ${maxBuilt} objects`;
  problems.push({ path: file, line: 1, message, hint: "take fewer folders into each other" });
  built.set(folder, []);
  return [];
}

function transformed(objects: readonly KubeObject[], kustomization: Kustomization, sources: KustomizeSources): KubeObject[] {
  let changed = generatedObjects([...objects], kustomization, sources.files);
  for (const patch of readPatches(kustomization, sources.files)) changed = applyPatch(changed, patch);
  changed = changed.map((object) => withImages(object, kustomization.value));
  return renamedObjects(changed, kustomization.value);
}

/** `images:` replaces name and tag of images wherever containers name them. */
function withImages(object: KubeObject, value: Readonly<Record<string, unknown>>): KubeObject {
  const images = maps(value["images"]);
  if (images.length === 0) return object;
  const change = (node: unknown, depth: number): unknown => {
    if (depth > 12 || typeof node !== "object" || node === null) return node;
    if (Array.isArray(node)) {
      const items = node.map((item) => change(item, depth + 1));
      return items.some((item, at) => item !== node[at]) ? placedAs(items, () => node) : node;
    }
    const old = record(node);
    let changed = false;
    const entries = Object.entries(old).map(([key, inner]) => {
      const rule =
        key === "image" && typeof inner === "string" ? images.find((image) => image["name"] === imageName(inner)) : undefined;
      const fresh = rule ? newImage(scalarText(inner), rule) : change(inner, depth + 1);
      changed ||= fresh !== inner;
      return [key, fresh] as const;
    });
    return changed ? placedAs(fromEntries(entries), () => node) : node;
  };
  const fresh = change(object.value, 0);
  return fresh === object.value ? object : (objectOfSame(object, fresh) ?? object);
}

function objectOfSame(object: KubeObject, value: unknown): KubeObject | null {
  const made = objectOf(value, { file: object.file, line: object.line });
  return made ? { ...made, writtenName: object.writtenName } : null;
}

function imageName(image: string): string {
  const bare = image.split("@", 1)[0] ?? "";
  const colon = bare.lastIndexOf(":");
  return colon > bare.lastIndexOf("/") ? bare.slice(0, colon) : bare;
}

function newImage(image: string, rule: Readonly<Record<string, unknown>>): string {
  const name = scalarText(rule["newName"]) || imageName(image);
  const digest = scalarText(rule["digest"]);
  const tag = scalarText(rule["newTag"]);
  if (digest !== "") return `${name}@${digest}`;
  return tag === "" ? name + image.slice(imageName(image).length) : `${name}:${tag}`;
}

function maps(value: unknown): Readonly<Record<string, unknown>>[] {
  return (Array.isArray(value) ? value.slice(0, 500) : []).map(record);
}
