/** Patches of kustomizations: strategic merges and JSON patches (RFC 6902). */
import { joinPath } from "#collect/manifests/index.js";
import { readYaml, record, scalarText } from "../yaml/index.js";
import { type KubeObject, objectOf } from "./kubernetes-objects.js";
import { fromEntries, located, type Place, placedAs, placedAt, placeOf } from "./kubernetes-places.js";
import type { Kustomization } from "./kustomization.js";

export interface Patch {
  readonly target: Readonly<Record<string, unknown>>;
  /** A partial object, or a list of operations. */
  readonly value: unknown;
}

const maxPatches = 500;
const maxDepth = 40;

/** All patches of a kustomization in the order in which they are applied. */
export function readPatches(kustomization: Kustomization, files: ReadonlyMap<string, string>): Patch[] {
  const { value } = kustomization;
  const merges = listOf(value["patchesStrategicMerge"]).flatMap((item, index) => {
    const text = scalarText(item);
    const place = placeOf(value["patchesStrategicMerge"], index);
    return text.includes("\n") ? inline(text, place, {}) : fromFile(text, kustomization, files, {});
  });
  const others = [...listOf(value["patchesJson6902"]), ...listOf(value["patches"])].flatMap((item) => {
    const patch = record(item);
    const target = record(patch["target"]);
    if (typeof patch["patch"] === "string") return inline(patch["patch"], placeOf(patch, "patch"), target);
    // Before `patches` had targets it was a list of paths.
    return fromFile(scalarText(patch["path"]) || scalarText(item), kustomization, files, target);
  });
  return [...merges, ...others].slice(0, maxPatches);
}

function fromFile(
  path: string,
  kustomization: Kustomization,
  files: ReadonlyMap<string, string>,
  target: Patch["target"],
): Patch[] {
  const file = path === "" ? null : joinPath(kustomization.folder, path);
  const text = file === null ? undefined : files.get(file);
  return file === null || text === undefined ? [] : patchesIn(file, text, (line) => ({ file, line }), target);
}

/** The text starts on the line behind that of its key. */
function inline(text: string, place: Place | null, target: Patch["target"]): Patch[] {
  const file = place?.file ?? "";
  return patchesIn(file, text, (line) => ({ file, line: (place?.line ?? 0) + line }), target);
}

function patchesIn(file: string, text: string, toPlace: (line: number) => Place, target: Patch["target"]): Patch[] {
  return readYaml(file, text).documents.map((document) => ({
    target,
    value: located(document.value, (path) => toPlace(document.lineOf(path))),
  }));
}

/** Objects with the patch applied to those that it means. */
export function applyPatch(objects: readonly KubeObject[], patch: Patch): KubeObject[] {
  const operations = Array.isArray(patch.value) ? patch.value : null;
  return objects.flatMap((object) => {
    if (!isMeant(object, patch)) return [object];
    if (operations) return [withValue(object, operated(object.value, operations))];
    if (record(patch.value)["$patch"] === "delete") return [];
    return [withValue(object, merged(object.value, withoutName(patch), 0))];
  });
}

function isMeant(object: KubeObject, patch: Patch): boolean {
  const { target } = patch;
  if (Object.keys(target).length === 0) {
    const value = record(patch.value);
    const name = scalarText(record(value["metadata"])["name"]);
    return value["kind"] === object.kind && (name === object.writtenName || name === object.name);
  }
  const fits = (field: string, given: string) => {
    const wanted = scalarText(target[field]);
    return wanted === "" || wanted === given || isPattern(wanted, given);
  };
  return (
    fits("kind", object.kind) &&
    (fits("name", object.writtenName) || fits("name", object.name)) &&
    hasLabels(object, scalarText(target["labelSelector"]))
  );
}

/** Targets may be patterns; `.*` and alternatives are what is used. */
function isPattern(wanted: string, given: string): boolean {
  return wanted.split("|").some((one) => {
    const pieces = one
      .replace(/^[\^(]{0,2}/, "")
      .replace(/[)$]{0,2}$/, "")
      .split(".*");
    const [first = ""] = pieces;
    const last = pieces.at(-1) ?? "";
    if (pieces.length === 1) return first === given;
    return pieces.length === 2 && given.length >= first.length + last.length && given.startsWith(first) && given.endsWith(last);
  });
}

function hasLabels(object: KubeObject, selector: string): boolean {
  const labels = record(record(object.value["metadata"])["labels"]);
  return selector.split(",").every((part) => {
    const [key = "", value] = part.split(/={1,2}/, 2);
    return key.trim() === "" || (value === undefined ? key.trim() in labels : scalarText(labels[key.trim()]) === value.trim());
  });
}

/** A patch with a target does not rename what it meets. */
function withoutName(patch: Patch): unknown {
  const value = record(patch.value);
  return placedAs(
    fromEntries(Object.entries(value).filter(([key]) => key !== "metadata" && key !== "kind" && key !== "apiVersion")),
    () => value,
  );
}

function withValue(object: KubeObject, value: unknown): KubeObject {
  const made = objectOf(value, { file: object.file, line: object.line });
  return made ? { ...made, name: object.name, writtenName: object.writtenName } : object;
}

/** Strategic merge: maps level by level, lists of named items by their names, other lists replaced. */
function merged(base: unknown, over: unknown, depth: number): unknown {
  if (depth > maxDepth || typeof over !== "object" || over === null) return over;
  if (Array.isArray(over)) return Array.isArray(base) ? mergedList(base, over, depth) : over;
  if (typeof base !== "object" || base === null || Array.isArray(base)) return over;
  const old = record(base);
  const fresh = record(over);
  if (fresh["$patch"] === "replace") return over;
  const keys = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter(
    (key) => key !== "$patch" && fresh[key] !== null,
  );
  const made = fromEntries(keys.map((key) => [key, key in fresh ? merged(old[key], fresh[key], depth + 1) : old[key]]));
  return placedAs(made, (key) => (isFromPatch(String(key), old, fresh) ? over : base));
}

/** What a patch only repeats to find its place stands where it stood. */
function isFromPatch(key: string, old: Readonly<Record<string, unknown>>, fresh: Readonly<Record<string, unknown>>): boolean {
  return key in fresh && fresh[key] !== old[key];
}

const mergeKeys = ["name", "containerPort", "mountPath", "port", "ip", "key"] as const;

function mergedList(base: readonly unknown[], over: readonly unknown[], depth: number): unknown {
  const key = mergeKeys.find((candidate) =>
    over.every((item) => record(item)[candidate] !== undefined || record(item)["$patch"] !== undefined),
  );
  if (key === undefined) return over;
  let items = [...base];
  for (const item of over.slice(0, 1000)) {
    const wanted = record(item)[key];
    const at = items.findIndex((old) => record(old)[key] === wanted);
    const action = record(item)["$patch"];
    if (action === "replace" && wanted === undefined) items = [];
    else if (action === "delete") items = items.filter((_, index) => index !== at);
    else if (at < 0) items.push(item);
    else items[at] = merged(items[at], item, depth + 1);
  }
  return items;
}

/** JSON patch: `add`, `replace` and `remove`; others say nothing that is read here. */
function operated(value: unknown, operations: readonly unknown[]): unknown {
  let changed = value;
  for (const operation of operations.slice(0, 1000)) {
    const fields = record(operation);
    const path = scalarText(fields["path"])
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    const action = scalarText(fields["op"]);
    if (path.length > 0 && path.length <= maxDepth && /^(?:add|replace|remove)$/.test(action))
      changed = changedAt(changed, path, action, fields["value"], record(operation));
  }
  return changed;
}

function changedAt(node: unknown, path: readonly string[], action: string, value: unknown, operation: object): unknown {
  const [key = "", ...rest] = path;
  if (Array.isArray(node)) {
    const items = [...node];
    const at = key === "-" ? items.length : Number(key);
    if (!Number.isInteger(at) || at < 0 || at > items.length) return node;
    if (rest.length > 0) items[at] = changedAt(items[at], rest, action, value, operation);
    else if (action === "remove") items.splice(at, 1);
    else items.splice(at, action === "replace" ? 1 : 0, value);
    return items;
  }
  if (typeof node !== "object" || node === null) return node;
  const old = record(node);
  if (rest.length > 0 && !(key in old)) return node;
  const fresh = rest.length > 0 ? changedAt(old[key], rest, action, value, operation) : value;
  const kept = Object.entries(old).filter(([name]) => name !== key);
  const made = fromEntries(action === "remove" && rest.length === 0 ? kept : [...kept, [key, fresh]]);
  const isNew = (name: string | number) => name === key && rest.length === 0;
  return placedAt(made, (name) => (isNew(name) ? placeOf(operation, "value") : placeOf(node, name)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 1000) : [];
}
