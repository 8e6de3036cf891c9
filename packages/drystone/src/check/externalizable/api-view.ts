/** An OpenAPI document as the checklist looks at it. */
import type { ContractSource } from "#model/contract-source.js";

export type Fields = Readonly<Record<string, unknown>>;

export interface ApiView {
  readonly root: Fields;
  readonly info: Fields;
  readonly operations: readonly OperationView[];
  /** Every schema-like object below the root, with its place; bounded. */
  readonly objects: readonly Placed[];
  readonly lineOf: (pointer: readonly string[]) => number;
  /** What a value means when it is a reference inside of the document. */
  readonly resolve: (value: unknown) => Fields;
}

export interface Placed {
  readonly value: Fields;
  readonly pointer: readonly string[];
}

export interface OperationView extends Placed {
  /** `GET /orders`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Fields[];
  readonly responses: readonly (readonly [status: string, response: Fields])[];
}

const methods = ["get", "put", "post", "delete", "patch", "options", "head"];
const maxObjects = 100_000;

/** Null for any other format, and for a document that could not be read. */
export function viewOf(source: ContractSource): ApiView | null {
  const document =
    source.body.form === "document" && source.kind === "openapi" ? source.body.documents.get(source.file) : undefined;
  if (document === undefined) return null;
  const root = fields(document.value);
  const resolve = (value: unknown): Fields => resolved(root, value, 0);
  return {
    root,
    info: fields(root["info"]),
    operations: Object.entries(fields(root["paths"])).flatMap(([path, item]) => operationsOf(path, resolve(item), resolve)),
    objects: objectsBelow(root),
    lineOf: (pointer) => document.lineOf(pointer),
    resolve,
  };
}

export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function resolved(root: Fields, value: unknown, depth: number): Fields {
  const reference = fields(value)["$ref"];
  if (typeof reference !== "string" || !reference.startsWith("#/") || depth > 10) return fields(value);
  let here: unknown = root;
  for (const step of reference.slice(2).split("/").slice(0, 20)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    here = Object.hasOwn(fields(here), key) ? fields(here)[key] : undefined;
  }
  return resolved(root, here, depth + 1);
}

function operationsOf(path: string, item: Fields, resolve: ApiView["resolve"]): OperationView[] {
  return methods.flatMap((method): OperationView[] => {
    const value = item[method];
    if (typeof value !== "object" || value === null) return [];
    const operation = fields(value);
    return [
      {
        name: `${method.toUpperCase()} ${path}`,
        method,
        path,
        value: operation,
        pointer: ["paths", path, method],
        parameters: [...list(item["parameters"]), ...list(operation["parameters"])].map(resolve),
        responses: Object.entries(fields(operation["responses"])).map(
          ([status, response]) => [status, resolve(response)] as const,
        ),
      },
    ];
  });
}

function objectsBelow(root: Fields): Placed[] {
  const found: Placed[] = [];
  const open: { value: unknown; pointer: readonly string[] }[] = [{ value: root, pointer: [] }];
  for (let here = open.pop(); here !== undefined && found.length < maxObjects; here = open.pop()) {
    const { value, pointer } = here;
    if (typeof value !== "object" || value === null || pointer.length > 60) continue;
    if (!Array.isArray(value)) found.push({ value: fields(value), pointer });
    for (const [key, inner] of Object.entries(value)) open.push({ value: inner, pointer: [...pointer, key] });
  }
  return found;
}
