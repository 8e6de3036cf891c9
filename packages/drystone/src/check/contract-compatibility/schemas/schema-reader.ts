/** Schemas of one version of a contract: places with an identity, and references that lead to them. */
import type { ContractDocument } from "#model/contract-source.js";
import type { Place } from "../change.js";
import { fields, isFields, own, text } from "../values.js";

/** Which words a schema may use and what stands beside a `$ref`. */
export type Dialect = "swagger-2" | "openapi-3.0" | "json-schema" | "old-json-schema";

export interface SchemaNode {
  /** The same for the same place of the same version, and for no other. */
  readonly id: number;
  readonly value: Readonly<Record<string, unknown>> | boolean;
  readonly place: Place;
  readonly dialect: Dialect;
}

export interface SchemaReader {
  node(value: unknown, place: Place): SchemaNode;
  /** The part of a node behind some steps. */
  below(node: SchemaNode, value: unknown, ...steps: readonly string[]): SchemaNode;
  /** A schema that stands in no file. */
  made(value: Readonly<Record<string, unknown>>, place: Place): SchemaNode;
  /** Where a reference leads; null when that is outside of what could be read. */
  follow(reference: string, from: SchemaNode): SchemaNode | null;
  /** References that led nowhere so far, with the schemas they stand in. */
  lost(): readonly { readonly reference: string; readonly place: Place }[];
  /** Any value that a reference means, with its place. */
  resolve(value: unknown, place: Place): { readonly value: unknown; readonly place: Place };
}

/** @param base added to ids, so that two versions never share one. */
export function schemaReader(documents: ReadonlyMap<string, ContractDocument>, dialect: Dialect, base: number): SchemaReader {
  const byValue = new WeakMap<object, SchemaNode>();
  const byPlace = new Map<string, SchemaNode>();
  const anchors = new Map<string, ReadonlyMap<string, Found>>();
  const lost = new Map<string, Place>();
  let next = base;

  const node = (value: unknown, place: Place): SchemaNode => {
    const key = isFields(value) ? null : `${place.file}#${place.pointer.join("/")}`;
    const known = isFields(value) ? byValue.get(value) : byPlace.get(key ?? "");
    if (known) return known;
    const made: SchemaNode = { id: next++, value: isFields(value) ? value : value !== false, place, dialect };
    if (isFields(value)) byValue.set(value, made);
    else byPlace.set(key ?? "", made);
    return made;
  };
  const target = (reference: string, from: Place): Found | null => {
    const [file, fragment] = split(reference);
    const home = file === "" ? from.file : joined(from.file, file);
    const document = home === null ? undefined : (documents.get(home) ?? byId(file, documents));
    if (!document) return null;
    if (fragment === "") return { value: document.value, place: { file: document.file, pointer: [] } };
    if (fragment.startsWith("/")) return pointed(document, fragment);
    const known = anchors.get(document.file) ?? anchorsOf(document);
    anchors.set(document.file, known);
    return known.get(fragment) ?? null;
  };
  return {
    node,
    below: (parent, value, ...steps) => node(value, { file: parent.place.file, pointer: [...parent.place.pointer, ...steps] }),
    made: (value, place) => node(value, place),
    follow: (reference, from) => {
      const found = target(reference, from.place);
      if (found === null && lost.size < 100) lost.set(reference, from.place);
      return found === null ? null : node(found.value, found.place);
    },
    lost: () => [...lost].map(([reference, place]) => ({ reference, place })),
    resolve: (value, place) => {
      let here: Found = { value, place };
      for (let step = 0; step < maxSteps; step++) {
        const reference = own(here.value, "$ref");
        if (typeof reference !== "string") return here;
        const found = target(reference, here.place);
        if (found === null) return here;
        here = found;
      }
      return here;
    },
  };
}

interface Found {
  readonly value: unknown;
  readonly place: Place;
}

const maxSteps = 20;

function split(reference: string): [string, string] {
  const hash = reference.indexOf("#");
  return hash < 0 ? [reference, ""] : [reference.slice(0, hash), reference.slice(hash + 1)];
}

/** A path beside a file; null for one that leads out of the tree, or for an address. */
function joined(from: string, path: string): string | null {
  if (/^[a-z][a-z0-9+.-]{1,20}:/i.test(path)) return path;
  const parts = path.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of decoded(path).split("/")) {
    if (part === "..") {
      if (parts.length === 0) return null;
      parts.pop();
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A document by what it calls itself. */
function byId(id: string, documents: ReadonlyMap<string, ContractDocument>): ContractDocument | undefined {
  if (id === "") return undefined;
  return [...documents.values()].find(({ value }) => [text(own(value, "$id")), text(own(value, "id"))].includes(id));
}

function pointed(document: ContractDocument, fragment: string): Found | null {
  let value = document.value;
  const pointer: string[] = [];
  for (const step of fragment.split("/").slice(1, 64)) {
    const key = decoded(step).replaceAll("~1", "/").replaceAll("~0", "~");
    const inner: unknown = Array.isArray(value) ? value[Number(key)] : own(value, key);
    if (inner === undefined) return null;
    value = inner;
    pointer.push(key);
  }
  return { value, place: { file: document.file, pointer } };
}

/** `$anchor`, and `$id` of parts, by name. */
function anchorsOf(document: ContractDocument): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  let left = 100_000;
  const visit = (value: unknown, pointer: readonly string[]): void => {
    if (left-- < 0 || pointer.length > 40 || typeof value !== "object" || value === null) return;
    const place = { file: document.file, pointer };
    for (const key of ["$anchor", "$dynamicAnchor"]) {
      const name = text(own(value, key));
      if (name !== "" && !found.has(name)) found.set(name, { value, place });
    }
    const id = text(own(value, "$id"));
    if (id.startsWith("#") && !found.has(id.slice(1))) found.set(id.slice(1), { value, place });
    for (const [key, inner] of Object.entries(Array.isArray(value) ? value : fields(value))) visit(inner, [...pointer, key]);
  };
  visit(document.value, []);
  return found;
}

/** The last part of its `$ref`; null when it is none. */
export function referenceName({ value }: SchemaNode): string | null {
  const reference = typeof value === "object" ? value["$ref"] : null;
  return typeof reference === "string" ? (reference.split("/").at(-1) ?? null) : null;
}
