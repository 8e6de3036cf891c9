/** The contract in one file that somebody named, whatever it is called and wherever it lies. */
import type { FileTree } from "#collect/files/index.js";
import { folderOf, lastPart } from "#collect/manifests/index.js";
import type { ContractSource } from "#model/contract-source.js";
import type { FoundContract } from "./contract.js";
import { plainContract } from "./contract.js";
import { readContractDocument } from "./contract-document.js";
import { readGraphql } from "./graphql.js";
import { readProto } from "./proto.js";
import { readContractSource } from "./read-contract.js";

/** Null when the file is no contract that is known; its problems say why where it is known to be one. */
export function contractAt(tree: FileTree, file: string): ContractSource | null {
  const text = tree.read([file], { maxBytes: 24 * 1024 * 1024 }).get(file);
  if (text === undefined) return null;
  const found = foundIn(tree.repository, file, text);
  return found === null ? null : readContractSource(tree, found);
}

function foundIn(repository: string, file: string, text: string): FoundContract | null {
  const placed = (contract: Omit<FoundContract, "repository" | "file" | "copies">): FoundContract => ({
    ...contract,
    repository,
    file,
    copies: [{ repository, file, fingerprint: "" }],
  });
  const fallback = lastPart(file).replace(/\.[^.]{1,10}$/, "");
  if (/\.proto$/i.test(file)) return placed(readProto(file, text)?.contract ?? plainContract("grpc", fallback));
  if (/\.(?:graphqls?|gql)$/i.test(file))
    return placed(readGraphql(file, text) ?? plainContract("graphql", folderOf(file) || fallback));
  if (!/\.(?:json|ya?ml)$/i.test(file)) return null;
  const { document } = readContractDocument(file, text);
  const root = new Map(Object.entries(typeof document?.value === "object" && document.value !== null ? document.value : {}));
  const info = root.get("info");
  const said = new Map(Object.entries(typeof info === "object" && info !== null ? info : {}));
  const kind = root.has("openapi") || root.has("swagger") ? "openapi" : root.has("asyncapi") ? "asyncapi" : "jsonschema";
  // What cannot be read at all is told by name: openapi.yaml is no schema of an event.
  const named =
    document === null && /openapi|swagger/i.test(file)
      ? "openapi"
      : document === null && /asyncapi/i.test(file)
        ? "asyncapi"
        : kind;
  if (named === "jsonschema" && document !== null && ![...root.keys()].some((key) => schemaWords.has(key))) return null;
  const title = said.get("title") ?? root.get("title");
  const version = said.get("version") ?? root.get("version");
  return placed({
    ...plainContract(named, typeof title === "string" && title.trim() !== "" ? title.trim() : fallback),
    version: typeof version === "string" || typeof version === "number" ? String(version) : null,
  });
}

const schemaWords = new Set([
  "$schema",
  "$ref",
  "type",
  "properties",
  "allOf",
  "anyOf",
  "oneOf",
  "$defs",
  "definitions",
  "enum",
  "items",
]);
