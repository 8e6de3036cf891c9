/** Prefix, suffix and namespace that a kustomization gives to all of its objects. References keep the written name, by which objects are found too. */
import { record, scalarText } from "../yaml/index.js";
import type { KubeObject } from "./kubernetes-objects.js";
import { fromEntries, placedAs } from "./kubernetes-places.js";

export function renamedObjects(objects: readonly KubeObject[], value: Readonly<Record<string, unknown>>): KubeObject[] {
  const prefix = scalarText(value["namePrefix"]);
  const suffix = scalarText(value["nameSuffix"]);
  const namespace = scalarText(value["namespace"]);
  const labels = addedLabels(value);
  return objects.map((object) => ({
    ...object,
    name: object.kind === "Namespace" ? object.name : prefix + object.name + suffix,
    namespace: namespace || object.namespace,
    value: labels.length > 0 ? withPodLabels(object.value, labels) : object.value,
  }));
}

/** Labels that selectors get too: they fit together after as before, unless a Service selects by them alone. */
function addedLabels(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(record(value["commonLabels"])).slice(0, 50);
}

function withPodLabels(
  value: Readonly<Record<string, unknown>>,
  labels: readonly [string, unknown][],
): Readonly<Record<string, unknown>> {
  const spec = record(value["spec"]);
  const template = record(spec["template"]);
  if (template["metadata"] === undefined) return value;
  const metadata = record(template["metadata"]);
  const all = { ...record(metadata["labels"]), ...fromEntries(labels) };
  return replaced(value, "spec", replaced(spec, "template", replaced(template, "metadata", replaced(metadata, "labels", all))));
}

function replaced(from: Readonly<Record<string, unknown>>, key: string, value: unknown): Readonly<Record<string, unknown>> {
  return placedAs(fromEntries([...Object.entries(from), [key, value]]), () => from);
}
