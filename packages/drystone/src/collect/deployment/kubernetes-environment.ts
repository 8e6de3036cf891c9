/** Environment of a container: its own variables, and those of ConfigMaps and Secrets. */
import { record, scalarText } from "../yaml/index.js";
import type { EnvironmentEntry } from "./deployed.js";
import { findObject, type Scope } from "./kubernetes-lookup.js";
import type { KubeObject } from "./kubernetes-objects.js";
import { type Place, placeOf } from "./kubernetes-places.js";
import { isTemplated } from "./kubernetes-templated.js";

/** @param isShared says whether a ConfigMap or Secret is handed to several workloads as a whole. */
export function containerEnvironment(
  container: unknown,
  object: KubeObject,
  scope: Scope,
  isShared: (kind: string, name: string) => boolean,
): EnvironmentEntry[] {
  const settings = record(container);
  const whole = listOf(settings["envFrom"]).flatMap((source) => wholeMap(record(source), object, scope, isShared));
  const known = new Map(whole.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const])));
  const own: EnvironmentEntry[] = [];
  for (const item of listOf(settings["env"])) {
    const entry = ownEntry(record(item), object, scope, known);
    if (!entry) continue;
    own.push(entry);
    if (entry.value !== null) known.set(entry.key, entry.value);
  }
  return [...whole, ...own];
}

/** Kind and name of each ConfigMap and Secret that a container takes as a whole. */
export function wholeSources(container: unknown): { readonly kind: "ConfigMap" | "Secret"; readonly name: string }[] {
  return listOf(record(container)["envFrom"]).flatMap((source) => sourceOf(record(source)) ?? []);
}

function sourceOf(source: Readonly<Record<string, unknown>>): { kind: "ConfigMap" | "Secret"; name: string } | null {
  const map = scalarText(record(source["configMapRef"])["name"]);
  if (map !== "") return { kind: "ConfigMap", name: map };
  const secret = scalarText(record(source["secretRef"])["name"]);
  return secret === "" ? null : { kind: "Secret", name: secret };
}

function wholeMap(
  source: Readonly<Record<string, unknown>>,
  object: KubeObject,
  scope: Scope,
  isShared: (kind: string, name: string) => boolean,
): EnvironmentEntry[] {
  const named = sourceOf(source);
  const found = named ? findObject(scope, named.kind, named.name, object) : null;
  if (!named || !found) return [];
  const from = isShared(named.kind, named.name) ? "shared" : "own";
  return dataKeys(found).map((key) => {
    const { value, place } = dataEntry(found, key);
    return { key: scalarText(source["prefix"]) + key, value, ...(place ?? unplaced(object)), from };
  });
}

function ownEntry(
  item: Readonly<Record<string, unknown>>,
  object: KubeObject,
  scope: Scope,
  known: ReadonlyMap<string, string>,
): EnvironmentEntry | null {
  const key = scalarText(item["name"]);
  if (key === "") return null;
  const place = placeOf(item, "name") ?? unplaced(object);
  const from = "own";
  if (item["valueFrom"] === undefined) {
    const valuePlace = placeOf(item, "value");
    // The value of a patch stands in another file than the name.
    const at = valuePlace !== null && valuePlace.file !== place.file ? valuePlace : place;
    const value = scalarText(item["value"]);
    return { key, value: isTemplated(value) ? null : expanded(value, known), ...at, from };
  }
  for (const [kind, reference] of [
    ["ConfigMap", record(record(item["valueFrom"])["configMapKeyRef"])],
    ["Secret", record(record(item["valueFrom"])["secretKeyRef"])],
  ] as const) {
    const found = findObject(scope, kind, scalarText(reference["name"]), object);
    const wanted = scalarText(reference["key"]);
    if (!found || wanted === "") continue;
    const entry = dataEntry(found, wanted);
    if (entry.value !== null) return { key, value: isPassword(key) ? null : entry.value, ...(entry.place ?? place), from };
  }
  return { key, value: null, ...place, from };
}

/** Keys of a ConfigMap or Secret. */
export function dataKeys(object: KubeObject): string[] {
  return [...new Set([...Object.keys(record(object.value["data"])), ...Object.keys(record(object.value["stringData"]))])];
}

/** A value of a ConfigMap or Secret; null for a password and for what is no text. */
export function dataEntry(object: KubeObject, key: string): { readonly value: string | null; readonly place: Place | null } {
  const plain = object.value["stringData"];
  const data = object.value["data"];
  const holder = key in record(plain) ? plain : data;
  const place = placeOf(holder, key);
  const written = record(holder)[key];
  const text = scalarText(written);
  if (object.kind !== "Secret") return { value: written === null || written === undefined ? null : text, place };
  if (isPassword(key)) return { value: null, place };
  return { value: holder === plain ? text : decoded(text), place };
}

function isPassword(key: string): boolean {
  return /pass(?:word|phrase|wd)?|pwd|secret|token|credential|private|certificate|api[-_.]?key|access[-_.]?key|\.(?:key|crt|pem|p12|jks)$/i.test(
    key,
  );
}

/** Null for what is not base64 of printable text. */
function decoded(text: string): string | null {
  const bytes = Buffer.from(text.slice(0, 100_000), "base64");
  const plain = bytes.toString("utf8");
  return plain === "" || /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(plain) ? null : plain.trimEnd();
}

/** `$(NAME)` of variables that come before; `$$(NAME)` stays as text. */
function expanded(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(/\$(\$?)\(([\w.-]{1,200})\)/g, (whole, escape: string, name: string) =>
    escape === "$" ? whole.slice(1) : (known.get(name) ?? whole).slice(0, 10_000),
  );
}

function unplaced(object: KubeObject): Place {
  return { file: object.file, line: object.line };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 2000) : [];
}
