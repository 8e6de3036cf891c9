/** What an AsyncAPI document promises, channel by channel, in one shape for 2.x and 3.x. */
import type { ContractDocument } from "#model/contract-source.js";
import type { Place } from "./change.js";
import { at, type Mistake } from "./openapi-model.js";
import { type SchemaNode, type SchemaReader, schemaReader } from "./schema-reader.js";
import { type Fields, fields, isFields, list, own, text } from "./values.js";

export interface AsyncapiModel {
  readonly reader: SchemaReader;
  readonly acts: readonly ChannelAct[];
  readonly mistakes: readonly Mistake[];
}

export interface ChannelAct {
  /** `sends orders.placed`. */
  readonly key: string;
  /** Name of the operation where the format has one, else the key. */
  readonly id: string;
  readonly address: string;
  /** What the application that is described does. */
  readonly role: "sends" | "receives";
  readonly messages: ReadonlyMap<string, ChannelMessage>;
  readonly place: Place;
}

export interface ChannelMessage {
  readonly name: string;
  readonly payload: SchemaNode;
  readonly headers: SchemaNode;
  readonly contentType: string;
  /** Of the payload: "" for JSON Schema. */
  readonly format: string;
  readonly place: Place;
}

export function readAsyncapiModel(
  document: ContractDocument,
  documents: ReadonlyMap<string, ContractDocument>,
  base: number,
): AsyncapiModel {
  const root = fields(document.value);
  const reader = schemaReader(documents, "json-schema", base);
  const mistakes: Mistake[] = [];
  const place: Place = { file: document.file, pointer: [] };
  if (root["channels"] !== undefined && !isFields(root["channels"]))
    mistakes.push({ place: at(place, "channels"), text: "must be an object of channels" });
  const scope: Scope = { root, reader, mistakes, defaultType: text(root["defaultContentType"]) };
  const acts = text(root["asyncapi"]).startsWith("3") ? acts3(scope, place) : acts2(scope, place);
  return { reader, acts: acts.slice(0, 10_000), mistakes };
}

interface Scope {
  readonly root: Fields;
  readonly reader: SchemaReader;
  readonly mistakes: Mistake[];
  readonly defaultType: string;
}

/** In 2.x the file says what others may do: where they subscribe, the application sends. */
function acts2(scope: Scope, place: Place): ChannelAct[] {
  return Object.entries(fields(scope.root["channels"])).flatMap(([address, given]) => {
    const channel = scope.reader.resolve(given, at(place, "channels", address));
    return (["publish", "subscribe"] as const).flatMap((word): ChannelAct[] => {
      const operation = own(channel.value, word);
      if (!isFields(operation)) return [];
      const role = word === "subscribe" ? "sends" : "receives";
      const here = at(channel.place, word);
      const given = scope.reader.resolve(operation["message"] ?? {}, at(here, "message"));
      const several = own(given.value, "oneOf");
      const messages = Array.isArray(several)
        ? several.map((one: unknown, index) => messageOf(scope, one, at(given.place, "oneOf", String(index)), String(index)))
        : operation["message"] === undefined
          ? []
          : [messageOf(scope, operation["message"], at(here, "message"), "message")];
      return [
        {
          key: `${role} ${address}`,
          id: text(operation["operationId"]) || `${role} ${address}`,
          address,
          role,
          messages: byName(messages),
          place: here,
        },
      ];
    });
  });
}

function acts3(scope: Scope, place: Place): ChannelAct[] {
  return Object.entries(fields(scope.root["operations"])).flatMap(([id, given]): ChannelAct[] => {
    const operation = scope.reader.resolve(given, at(place, "operations", id));
    const action = text(own(operation.value, "action"));
    if (action !== "send" && action !== "receive") {
      scope.mistakes.push({ place: at(place, "operations", id), text: "must be an operation with `action: send` or `receive`" });
      return [];
    }
    const reference = own(operation.value, "channel");
    const channel = scope.reader.resolve(reference, at(operation.place, "channel"));
    if (!isFields(channel.value) || "$ref" in channel.value) {
      scope.mistakes.push({ place: at(operation.place, "channel"), text: "refers to no channel" });
      return [];
    }
    const address = text(channel.value["address"]) || (channel.place.pointer.at(-1) ?? id);
    const role = action === "send" ? "sends" : "receives";
    const own3 = own(operation.value, "messages");
    const messages = Array.isArray(own3)
      ? own3.map((one: unknown, index) => messageOf(scope, one, at(operation.place, "messages", String(index)), String(index)))
      : Object.entries(fields(channel.value["messages"])).map(([name, one]) =>
          messageOf(scope, one, at(channel.place, "messages", name), name),
        );
    return [{ key: `${role} ${address}`, id, address, role, messages: byName(messages), place: operation.place }];
  });
}

function byName(messages: readonly ChannelMessage[]): Map<string, ChannelMessage> {
  return new Map(messages.map((message) => [message.name, message]));
}

function messageOf(scope: Scope, given: unknown, place: Place, fallback: string): ChannelMessage {
  const found = scope.reader.resolve(given, place);
  const message = fields(found.value);
  const reference = text(own(given, "$ref")).split("/").at(-1) ?? "";
  const traits = list(message["traits"]).map((trait) => fields(scope.reader.resolve(trait, found.place).value));
  const payload = own(message["payload"], "schemaFormat") === undefined ? message["payload"] : own(message["payload"], "schema");
  const format = text(message["schemaFormat"]) || text(own(message["payload"], "schemaFormat"));
  const headers = message["headers"] ?? traits.map((trait) => trait["headers"]).find((one) => one !== undefined);
  const name = text(message["name"]) || text(message["messageId"]) || reference || fallback;
  return {
    name,
    payload: scope.reader.node(payload ?? {}, at(found.place, "payload")),
    headers: scope.reader.node(headers ?? {}, at(found.place, "headers")),
    contentType: (text(message["contentType"]) || scope.defaultType || "application/json").toLowerCase(),
    format: /asyncapi|schema\+(?:json|yaml)/i.test(format) ? "" : format,
    place: found.place,
  };
}
