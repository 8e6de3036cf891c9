/** What an AsyncAPI document promises, channel by channel, in one shape for 2.x and 3.x. */
import type { ContractDocument } from "#model/contract-source.js";
import type { Place } from "./change.js";
import { at, type Mistake } from "./openapi-model.js";
import { type SchemaNode, type SchemaReader, schemaReader } from "./schemas/index.js";
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
    const [role, answer] = action === "send" ? (["sends", "receives"] as const) : (["receives", "sends"] as const);
    const act = actOn(scope, operation, role, id);
    const reply = scope.reader.resolve(own(operation.value, "reply"), at(operation.place, "reply"));
    if (!isFields(reply.value)) return act === null ? [] : [act];
    // An answer without a channel of its own comes where the question went, or where the question says.
    const replied =
      own(reply.value, "channel") === undefined
        ? act && {
            ...act,
            role: answer,
            messages: own(reply.value, "messages") === undefined ? act.messages : messagesOf(scope, reply),
          }
        : actOn(scope, reply, answer, id);
    const told = replied && { ...replied, key: `${answer} ${replied.address} as the reply of ${id}`, id: `reply of ${id}` };
    return [act, told].filter((one) => one !== null);
  });
}

interface Found {
  readonly value: unknown;
  readonly place: Place;
}

/** Of an operation or of its reply: both name a channel and may name some of its messages. */
function actOn(scope: Scope, operation: Found, role: ChannelAct["role"], id: string): ChannelAct | null {
  const channel = scope.reader.resolve(own(operation.value, "channel"), at(operation.place, "channel"));
  if (!isFields(channel.value) || "$ref" in channel.value) {
    scope.mistakes.push({ place: at(operation.place, "channel"), text: "refers to no channel" });
    return null;
  }
  const address = text(channel.value["address"]) || (channel.place.pointer.at(-1) ?? id);
  const messages =
    own(operation.value, "messages") === undefined
      ? byName(
          Object.entries(fields(channel.value["messages"])).map(([name, one]) =>
            messageOf(scope, one, at(channel.place, "messages", name), name),
          ),
        )
      : messagesOf(scope, operation);
  return { key: `${role} ${address}`, id, address, role, messages, place: operation.place };
}

function messagesOf(scope: Scope, operation: Found): Map<string, ChannelMessage> {
  return byName(
    list(own(operation.value, "messages")).map((one, index) =>
      messageOf(scope, one, at(operation.place, "messages", String(index)), String(index)),
    ),
  );
}

function byName(messages: readonly ChannelMessage[]): Map<string, ChannelMessage> {
  return new Map(messages.map((message) => [message.name, message]));
}

function messageOf(scope: Scope, given: unknown, place: Place, fallback: string): ChannelMessage {
  const found = scope.reader.resolve(given, place);
  const message = fields(found.value);
  const reference = text(own(given, "$ref")).split("/").at(-1) ?? "";
  const traits = list(message["traits"]).map((trait, index) =>
    scope.reader.resolve(trait, at(found.place, "traits", String(index))),
  );
  const said = (word: string): string =>
    text(message[word]) || (traits.map(({ value }) => text(own(value, word))).find((one) => one !== "") ?? "");
  const payload = own(message["payload"], "schemaFormat") === undefined ? message["payload"] : own(message["payload"], "schema");
  const format = said("schemaFormat") || text(own(message["payload"], "schemaFormat"));
  return {
    name: said("name") || said("messageId") || reference || fallback,
    payload: scope.reader.node(payload ?? {}, at(found.place, "payload")),
    headers: headersOf(scope, [found, ...traits]),
    contentType: (said("contentType") || scope.defaultType || "application/json").toLowerCase(),
    format: /asyncapi|schema\+(?:json|yaml)/i.test(format) ? "" : format,
    place: found.place,
  };
}

/** Those of the message and of its traits: word by word, as a merge patch puts them together. From 3.0 on the message wins, before that the trait. */
function headersOf(scope: Scope, sources: readonly { readonly value: unknown; readonly place: Place }[]): SchemaNode {
  const given = sources.flatMap(({ value, place }) => {
    const headers = own(value, "headers");
    return headers === undefined ? [] : [{ headers, place: at(place, "headers") }];
  });
  const [first, ...others] = given;
  if (first === undefined) return scope.reader.node({}, at(sources[0]?.place ?? { file: "", pointer: [] }, "headers"));
  if (others.length === 0) return scope.reader.node(first.headers, first.place);
  const ordered = text(scope.root["asyncapi"]).startsWith("2") ? given : given.toReversed();
  const merged = ordered.map(({ headers }): unknown => headers).reduce((target, patch) => mergePatch(target, patch, 0));
  return scope.reader.node(merged, first.place);
}

const maxDepth = 20;

function mergePatch(target: unknown, patch: unknown, depth: number): unknown {
  if (!isFields(patch) || !isFields(target) || depth > maxDepth) return patch;
  const merged = new Map(Object.entries(target));
  for (const [word, value] of Object.entries(patch)) merged.set(word, mergePatch(merged.get(word), value, depth + 1));
  return Object.fromEntries(merged);
}
