/** ConfigMaps and Secrets that a kustomization makes of files and literals. */
import { joinPath, lastPart } from "#collect/manifests/index.js";
import { record, scalarText, texts } from "../yaml/index.js";
import { type EnvLine, readEnvLines } from "./env-file.js";
import type { KubeObject } from "./kubernetes-objects.js";
import { fromEntries, type Place, placedAt, placeOf } from "./kubernetes-places.js";
import type { Kustomization } from "./kustomization.js";

/** The objects with the generated ones; `behavior: merge` adds to what is there. */
export function generatedObjects(
  objects: readonly KubeObject[],
  kustomization: Kustomization,
  files: ReadonlyMap<string, string>,
): KubeObject[] {
  const found = [...objects];
  for (const [field, kind] of [
    ["configMapGenerator", "ConfigMap"],
    ["secretGenerator", "Secret"],
  ] as const) {
    const list = kustomization.value[field];
    for (const item of Array.isArray(list) ? list.slice(0, 200) : []) {
      const generator = record(item);
      const name = scalarText(generator["name"]);
      if (name === "") continue;
      const entries = generatedEntries(generator, kustomization, files);
      const at = found.findIndex((object) => object.kind === kind && object.writtenName === name);
      const below = at >= 0 && generator["behavior"] === "merge" ? entriesOf(found[at]) : [];
      const place = placeOf(generator, "name") ?? { file: kustomization.file, line: 1 };
      const made = generated(kind, name, [...below, ...entries], place, scalarText(generator["namespace"]) || null);
      if (at >= 0) found[at] = made;
      else found.push(made);
    }
  }
  return found;
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

function generatedEntries(
  generator: Readonly<Record<string, unknown>>,
  { folder, file }: Kustomization,
  files: ReadonlyMap<string, string>,
): Entry[] {
  const unplaced = placeOf(generator, "name") ?? { file, line: 1 };
  const literals = texts(generator["literals"]).flatMap((literal, index): Entry[] => {
    const equals = literal.indexOf("=");
    const place = placeOf(generator["literals"], index) ?? unplaced;
    return equals < 1
      ? []
      : [{ key: literal.slice(0, equals), value: literal.slice(equals + 1).replace(/^(["'])(.*)\1$/, "$2"), place }];
  });
  const environments = [...texts(generator["envs"]), ...texts(generator["env"])].flatMap((written) => {
    const path = joinPath(folder, written);
    const text = path === null ? undefined : files.get(path);
    return path === null || text === undefined ? [] : readEnvLines(text).flatMap((line) => lineEntry(path, line));
  });
  const whole = texts(generator["files"]).flatMap((written): Entry[] => {
    const equals = written.indexOf("=");
    const path = joinPath(folder, written.slice(equals + 1));
    const text = path === null ? undefined : files.get(path);
    if (path === null || text === undefined) return [];
    return [{ key: equals > 0 ? written.slice(0, equals) : lastPart(path), value: text, place: { file: path, line: 1 } }];
  });
  return [...environments, ...whole, ...literals].slice(0, 2000);
}

function lineEntry(file: string, { key, value, line }: EnvLine): Entry[] {
  return value === null ? [] : [{ key, value, place: { file, line } }];
}

function entriesOf(object: KubeObject | undefined): Entry[] {
  const data = record(object?.value[object.kind === "Secret" ? "stringData" : "data"]);
  return Object.entries(data).map(([key, value]) => ({
    key,
    value: scalarText(value),
    place: placeOf(data, key) ?? { file: object?.file ?? "", line: object?.line ?? 1 },
  }));
}

function generated(
  kind: "ConfigMap" | "Secret",
  name: string,
  entries: readonly Entry[],
  place: Place,
  namespace: string | null,
): KubeObject {
  const places = new Map(entries.map((entry) => [entry.key, entry.place]));
  const data = placedAt(fromEntries(entries.map((entry) => [entry.key, entry.value])), (key) => places.get(String(key)) ?? place);
  const value = fromEntries([
    ["apiVersion", "v1"],
    ["kind", kind],
    ["metadata", fromEntries([["name", name]])],
    [kind === "Secret" ? "stringData" : "data", data],
  ]);
  return { kind, apiVersion: "v1", name, writtenName: name, namespace, ...place, value };
}
