/** AsyncAPI 2.x and 3.x. */
import { record, scalarText } from "#collect/yaml/index.js";
import {
  type ContractsOfFile,
  type FoundChannel,
  type FoundOperation,
  isGenerated,
  maxItems,
  nothing,
  plainContract,
  type ReadContract,
} from "./contract.js";
import { schemasOf } from "./json-schema.js";
import { readStructured, type StructuredDocument } from "./structured.js";

export function mayBeAsyncapi(text: string): boolean {
  return /(?:^|[\n{,])[ \t]{0,20}["']?asyncapi["']?[ \t]{0,5}:\s{0,20}["']?[23]\./.test(text);
}

export function readAsyncapi(path: string, text: string): ContractsOfFile {
  const { documents, problems } = readStructured(path, text, mayBeAsyncapi);
  if (documents.length === 0) return problems.length === 0 ? nothing : { contracts: [], problems };
  return { contracts: documents.flatMap((document) => contractOf(path, text, document) ?? []), problems };
}

interface Acts extends FoundChannel {
  readonly id: string;
}

function contractOf(path: string, text: string, document: StructuredDocument): ReadContract | null {
  const root = document.value;
  const written = scalarText(root["asyncapi"]);
  const acts = written.startsWith("3.") ? operationsOf3(document) : written.startsWith("2.") ? operationsOf2(document) : [];
  if (acts.length === 0) return null;
  const info = record(root["info"]);
  return {
    ...plainContract("asyncapi", scalarText(info["title"]).trim()),
    version: scalarText(info["version"]) || null,
    line: document.lineOf(["info"]),
    operations: acts.map(
      ({ id, name, role, line }): FoundOperation => ({
        id,
        method: role === "publishes" ? "PUBLISH" : "CONSUME",
        path: name,
        line,
      }),
    ),
    schemas: schemasOf(document, ["components", "schemas"]),
    channels: acts.map(({ name, action, role, messages, line }) => ({ name, action, role, messages, line })),
    generated: isGenerated(path, text),
  };
}

/** In 2.x the file tells others what they may do: where they publish, the application consumes. */
function operationsOf2(document: StructuredDocument): Acts[] {
  const acts: Acts[] = [];
  const ids = new Set<string>();
  for (const [name, value] of Object.entries(record(document.value["channels"])).slice(0, maxItems)) {
    for (const action of ["publish", "subscribe"] as const) {
      const channel = record(value);
      if (!(action in channel)) continue;
      const operation = record(channel[action]);
      const role = action === "publish" ? "consumes" : "publishes";
      const id = unusedId(scalarText(operation["operationId"]), `${role === "publishes" ? "PUBLISH" : "CONSUME"} ${name}`, ids);
      const message = record(operation["message"]);
      const oneOf: readonly unknown[] = Array.isArray(message["oneOf"]) ? message["oneOf"] : [message];
      acts.push({
        id,
        name,
        action,
        role,
        messages: oneOf.flatMap((one) => messageName(record(one)) ?? []),
        line: document.lineOf(["channels", name, action]),
      });
    }
  }
  return acts;
}

/** In 3.x operations stand apart and say what the application does. */
function operationsOf3(document: StructuredDocument): Acts[] {
  const channels = record(document.value["channels"]);
  const acts: Acts[] = [];
  for (const [id, value] of Object.entries(record(document.value["operations"])).slice(0, maxItems)) {
    const operation = record(value);
    const action = operation["action"];
    if (action !== "send" && action !== "receive") continue;
    const key = lastOfPointer(scalarText(record(operation["channel"])["$ref"]));
    const channel = Object.hasOwn(channels, key) ? record(channels[key]) : {};
    const own: unknown = operation["messages"];
    const named = Array.isArray(own)
      ? own.flatMap((one) => messageName(record(one)) ?? [])
      : Object.keys(record(channel["messages"]));
    acts.push({
      id,
      name: scalarText(channel["address"]) || key,
      action,
      role: action === "send" ? "publishes" : "consumes",
      messages: named,
      line: document.lineOf(["operations", id]),
    });
  }
  return acts;
}

function messageName(message: Readonly<Record<string, unknown>>): string | null {
  return lastOfPointer(scalarText(message["$ref"])) || scalarText(message["name"]) || scalarText(message["messageId"]) || null;
}

function lastOfPointer(pointer: string): string {
  return (pointer.split("/").at(-1) ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
}

function unusedId(given: string, otherwise: string, ids: Set<string>): string {
  const id = given === "" || ids.has(given) ? otherwise : given;
  ids.add(id);
  return id;
}
