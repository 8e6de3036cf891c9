/** OpenAPI 3.x and Swagger 2. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import { record, scalarText } from "#collect/yaml/index.js";
import {
  type ContractsOfFile,
  type FoundOperation,
  isGenerated,
  maxItems,
  nothing,
  type OtherFiles,
  plainContract,
  type ReadContract,
} from "./contract.js";
import { schemasOf } from "./json-schema.js";
import { readStructured, type StructuredDocument } from "./structured.js";

/** By content, whatever the name of the file: a key `openapi` or `swagger` at the root. */
export function mayBeOpenapi(text: string): boolean {
  return /(?:^|[\n{,])[ \t]{0,20}["']?(?:openapi|swagger)["']?[ \t]{0,5}:\s{0,20}["']?[23]\./.test(text);
}

/** @param others for paths that stand in files of their own. */
export function readOpenapi(path: string, text: string, others: OtherFiles): ContractsOfFile {
  const { documents, problems } = readStructured(path, text, mayBeOpenapi);
  if (documents.length === 0) return problems.length === 0 ? nothing : { contracts: [], problems };
  return { contracts: documents.flatMap((document) => contractOf(path, text, document, others) ?? []), problems };
}

function contractOf(path: string, text: string, document: StructuredDocument, others: OtherFiles): ReadContract | null {
  const root = document.value;
  if (!/^[23]\./.test(scalarText(root["openapi"]) || scalarText(root["swagger"]))) return null;
  const info = record(root["info"]);
  const operations = operationsOf(path, document, others);
  // A file of shared schemas, or one without any path, promises nothing to a caller.
  if (operations.length === 0) return null;
  const version = scalarText(info["version"]);
  const schemas = "components" in root ? ["components", "schemas"] : ["definitions"];
  return {
    ...plainContract("openapi", scalarText(info["title"]).trim()),
    version: /^(?:version not set|)$/.test(version) ? null : version,
    line: document.lineOf(["info"]),
    operations,
    schemas: schemasOf(document, schemas),
    basePath: basePathOf(root),
    generated: isGenerated(path, text) || scalarText(info["title"]).endsWith(".proto"),
  };
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

function operationsOf(path: string, document: StructuredDocument, others: OtherFiles): FoundOperation[] {
  const operations: FoundOperation[] = [];
  const ids = new Set<string>();
  for (const [template, item] of pathItems(path, document, others)) {
    for (const method of methods) {
      if (!(method in item) || operations.length >= maxItems) continue;
      const upper = method.toUpperCase();
      const given = scalarText(record(item[method])["operationId"]);
      const id = given === "" || ids.has(given) ? `${upper} ${template}` : given;
      ids.add(id);
      operations.push({ id, method: upper, path: template, line: document.lineOf(["paths", template, method]) });
    }
  }
  return operations;
}

type PathItem = Readonly<Record<string, unknown>>;

/** A path may stand in another place of the file or in a file beside it; nothing is followed out of the repository, and only one step. */
function pathItems(path: string, document: StructuredDocument, others: OtherFiles): [template: string, item: PathItem][] {
  const paths = Object.entries(record(document.value["paths"]))
    .filter(([template]) => template.startsWith("/"))
    .map(([template, value]) => {
      const [file = "", pointer = ""] = scalarText(record(value)["$ref"]).split("#");
      return { template, own: record(value), pointer, file: file === "" ? null : joinPath(folderOf(path), file) };
    });
  const roots = new Map<string, PathItem>();
  for (const [file, text] of others.texts(paths.flatMap(({ file }) => file ?? []))) {
    const [other] = readStructured(file, text, () => true).documents;
    if (other) roots.set(file, other.value);
  }
  return paths.map(({ template, own, pointer, file }) => {
    if (!("$ref" in own)) return [template, own];
    const root = file === null ? document.value : (roots.get(file) ?? {});
    return [template, pointed(root, pointer)];
  });
}

function pointed(root: Readonly<Record<string, unknown>>, pointer: string): Readonly<Record<string, unknown>> {
  let value: unknown = root;
  for (const step of pointer.split("/").slice(1, 20)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const here = record(value);
    value = Object.hasOwn(here, key) ? here[key] : null;
  }
  return record(value);
}

function basePathOf(root: Readonly<Record<string, unknown>>): string {
  const servers = root["servers"];
  const [first]: readonly unknown[] = Array.isArray(servers) ? servers : [];
  const url = scalarText(root["basePath"]) || scalarText(record(first)["url"]);
  const path =
    /^(?:[a-z]{1,10}:)?\/\/[^/]{0,300}(\/.{0,300})?$/i.exec(url)?.[1] ??
    (url.startsWith("/") && !url.startsWith("//") ? url : "");
  return path.replace(/\/{1,10}$/, "");
}
