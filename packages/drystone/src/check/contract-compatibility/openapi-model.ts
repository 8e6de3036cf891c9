/** What an OpenAPI or Swagger document promises, operation by operation, in one shape for 2.0, 3.0 and 3.1. */
import type { ContractDocument } from "#model/contract-source.js";
import type { Place } from "./change.js";
import { type Dialect, type SchemaNode, type SchemaReader, schemaReader } from "./schemas/index.js";
import { type Fields, fields, isFields, list, own, text, texts } from "./values.js";

export interface OpenapiModel {
  readonly reader: SchemaReader;
  readonly operations: readonly ApiOperation[];
  /** Sent by the provider. */
  readonly webhooks: readonly ApiOperation[];
  readonly servers: readonly string[];
  readonly schemes: ReadonlyMap<string, string>;
  readonly place: Place;
  /** Parts that are not what the format says. */
  readonly mistakes: readonly Mistake[];
}

export interface Mistake {
  readonly place: Place;
  /** `must be a list`. */
  readonly text: string;
}

export interface ApiOperation {
  /** `GET /orders/{}`: names of path parameters are nobody's business. */
  readonly key: string;
  /** `GET /orders/{id}`. */
  readonly name: string;
  readonly place: Place;
  readonly lifecycle: Lifecycle;
  readonly parameters: readonly ApiParameter[];
  readonly body: ApiBody | null;
  readonly responses: ReadonlyMap<string, ApiResponse>;
  /** Ways to be let in; each names schemes with their scopes. Null: nothing is said. */
  readonly security: readonly ReadonlyMap<string, readonly string[]>[] | null;
  readonly callbacks: readonly ApiOperation[];
}

export interface Lifecycle {
  readonly deprecated: boolean;
  readonly sunset: string | null;
  readonly stability: string | null;
}

export interface ApiParameter {
  /** `query limit`; of a path parameter `path 1`, since callers see its position only. */
  readonly key: string;
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: SchemaNode;
  readonly style: string;
  /** `?name=` alone is taken. */
  readonly allowsEmpty: boolean;
  readonly lifecycle: Lifecycle;
  readonly place: Place;
}

export interface ApiBody {
  readonly required: boolean;
  readonly media: ReadonlyMap<string, SchemaNode>;
  readonly place: Place;
}

export interface ApiResponse {
  readonly media: ReadonlyMap<string, SchemaNode>;
  readonly headers: ReadonlyMap<
    string,
    { readonly name: string; readonly required: boolean; readonly schema: SchemaNode; readonly place: Place }
  >;
  readonly place: Place;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;

/** @param base see `schemaReader`. */
export function readOpenapiModel(
  document: ContractDocument,
  documents: ReadonlyMap<string, ContractDocument>,
  base: number,
): OpenapiModel {
  const root = fields(document.value);
  const reader = schemaReader(documents, dialectOf(root), base);
  const mistakes: Mistake[] = [];
  const place: Place = { file: document.file, pointer: [] };
  const scope: Scope = { root, reader, mistakes };
  if (root["paths"] !== undefined && !isFields(root["paths"]))
    mistakes.push({ place: at(place, "paths"), text: "must be an object of paths" });
  const schemes = own(root["components"], "securitySchemes") ?? root["securityDefinitions"];
  return {
    reader,
    operations: operationsBelow(scope, root["paths"], at(place, "paths"), null),
    webhooks: operationsBelow(scope, root["webhooks"], at(place, "webhooks"), "webhook"),
    servers: serversOf(root),
    schemes: new Map(Object.entries(fields(schemes)).map(([name, scheme]) => [name, schemeText(scheme)])),
    place,
    mistakes,
  };
}

interface Scope {
  readonly root: Fields;
  readonly reader: SchemaReader;
  readonly mistakes: Mistake[];
}

function dialectOf(root: Fields): Dialect {
  if (text(root["swagger"]).startsWith("2")) return "swagger-2";
  return text(root["openapi"]).startsWith("3.0") ? "openapi-3.0" : "json-schema";
}

function serversOf(root: Fields): string[] {
  const servers = list(root["servers"]).map((server) => text(own(server, "url")));
  return "swagger" in root ? [text(root["basePath"]) || "/"] : servers;
}

/** What consumers have to know to get in: where the key goes, where tokens come from. */
function schemeText(scheme: unknown): string {
  const flows = { ...fields(own(scheme, "flows")), "": scheme };
  const places = Object.values(flows).flatMap((flow) =>
    ["authorizationUrl", "tokenUrl", "refreshUrl"].map((word) => text(own(flow, word))),
  );
  return [
    ...["type", "scheme", "in", "name"].map((word) => text(own(scheme, word)).slice(0, 100)),
    ...[...places, text(own(scheme, "openIdConnectUrl"))].map((place) => place.slice(0, 200)),
  ]
    .filter((part) => part !== "")
    .join(" ");
}

export function at(place: Place, ...steps: readonly string[]): Place {
  return { file: place.file, pointer: [...place.pointer, ...steps] };
}

const maxOperations = 20_000;

function operationsBelow(scope: Scope, paths: unknown, place: Place, prefix: string | null): ApiOperation[] {
  const operations: ApiOperation[] = [];
  for (const [path, given] of Object.entries(fields(paths))) {
    if (path.startsWith("x-")) continue;
    const item = scope.reader.resolve(given, at(place, path));
    if (!isFields(item.value)) {
      scope.mistakes.push({ place: at(place, path), text: "must be an object of operations" });
      continue;
    }
    if (typeof own(item.value, "$ref") === "string")
      scope.mistakes.push({ place: at(place, path), text: "refers to nothing that could be read" });
    for (const method of methods) {
      const value = own(item.value, method);
      if (value === undefined || operations.length >= maxOperations) continue;
      const here = at(item.place, method);
      if (isFields(value)) operations.push(operationOf(scope, method, path, value, here, item, prefix));
      else scope.mistakes.push({ place: here, text: "must be an operation" });
    }
  }
  return operations;
}

function operationOf(
  scope: Scope,
  method: string,
  path: string,
  value: Fields,
  place: Place,
  item: { readonly value: unknown; readonly place: Place },
  prefix: string | null,
): ApiOperation {
  const lead = prefix === null ? "" : `${prefix} `;
  const inherited = rawParameters(scope, own(item.value, "parameters"), at(item.place, "parameters"));
  const parameters = [...inherited, ...rawParameters(scope, value["parameters"], at(place, "parameters"))];
  const plain = parameters.filter(({ value: { in: where } }) => where !== "body" && where !== "formData");
  return {
    key: `${lead}${method} ${path.replace(/\{[^{}]{0,200}\}/g, "{}")}`,
    name: `${lead}${method.toUpperCase()} ${path}`,
    place,
    lifecycle: lifecycleOf(value),
    parameters: [...new Map(plain.map((raw) => parameterOf(scope, raw, path)).map((one) => [one.key, one])).values()],
    body:
      "swagger" in scope.root
        ? swaggerBody(scope, parameters, value, place)
        : bodyOf(scope, value["requestBody"], at(place, "requestBody")),
    responses: responsesOf(scope, value, at(place, "responses")),
    security: securityOf(value["security"] ?? scope.root["security"]),
    callbacks: callbacksOf(scope, value["callbacks"], at(place, "callbacks")),
  };
}

function lifecycleOf(value: Fields): Lifecycle {
  return {
    deprecated: value["deprecated"] === true,
    sunset: text(value["x-sunset"]) || null,
    stability: text(value["x-stability-level"]) || null,
  };
}

interface Raw {
  readonly value: Fields;
  readonly place: Place;
}

function rawParameters(scope: Scope, value: unknown, place: Place): Raw[] {
  if (value !== undefined && value !== null && !Array.isArray(value))
    scope.mistakes.push({ place, text: "must be a list of parameters" });
  return list(value).flatMap((one, index): Raw[] => {
    const found = scope.reader.resolve(one, at(place, String(index)));
    const parameter = fields(found.value);
    if (text(parameter["name"]) !== "" && text(parameter["in"]) !== "") return [{ value: parameter, place: found.place }];
    scope.mistakes.push({
      place: at(place, String(index)),
      text: "$ref" in parameter ? "refers to nothing that could be read" : "must be a parameter with `name` and `in`",
    });
    return [];
  });
}

function parameterOf(scope: Scope, { value, place }: Raw, path: string): ApiParameter {
  const name = text(value["name"]);
  const where = text(value["in"]);
  const [media] = Object.entries(fields(value["content"]));
  const inContent = media === undefined ? undefined : own(media[1], "schema");
  const schema =
    value["schema"] !== undefined
      ? scope.reader.node(value["schema"], at(place, "schema"))
      : inContent !== undefined
        ? scope.reader.node(inContent, at(place, "content", media?.[0] ?? "", "schema"))
        : // In 2.0 type and bounds stand in the parameter itself.
          scope.reader.node("swagger" in scope.root ? { ...value, required: [] } : {}, place);
  const templates: readonly string[] = path.match(/\{[^{}]{0,200}\}/g) ?? [];
  const position = templates.indexOf(`{${name}}`);
  const style = text(value["style"]) || (where === "query" || where === "cookie" ? "form" : "simple");
  return {
    key:
      where === "path" && position >= 0 ? `path ${position + 1}` : `${where} ${where === "header" ? name.toLowerCase() : name}`,
    name,
    in: where,
    required: value["required"] === true || where === "path",
    schema,
    style: `${style}${text(value["collectionFormat"])}, explode ${typeof value["explode"] === "boolean" ? value["explode"] : style === "form"}`,
    allowsEmpty: value["allowEmptyValue"] === true,
    lifecycle: lifecycleOf(value),
    place,
  };
}

function bodyOf(scope: Scope, value: unknown, place: Place): ApiBody | null {
  if (value === undefined || value === null) return null;
  const found = scope.reader.resolve(value, place);
  if (!isFields(found.value)) {
    scope.mistakes.push({ place, text: "must be a request body" });
    return null;
  }
  return {
    required: found.value["required"] === true,
    media: mediaOf(scope, found.value["content"], at(found.place, "content")),
    place: found.place,
  };
}

function mediaOf(scope: Scope, content: unknown, place: Place): Map<string, SchemaNode> {
  if (content !== undefined && content !== null && !isFields(content))
    scope.mistakes.push({ place, text: "must be an object of media types" });
  return new Map(
    Object.entries(fields(content)).map(([type, media]) => [
      type
        .toLowerCase()
        .replace(/\s/g, "")
        .replace(/;charset=[\w-]{1,30}$/, ""),
      scope.reader.node(own(media, "schema") ?? {}, at(place, type, "schema")),
    ]),
  );
}

/** Parameters `in: body` and `in: formData` of 2.0 as the body of 3.x. */
function swaggerBody(scope: Scope, parameters: readonly Raw[], operation: Fields, place: Place): ApiBody | null {
  const consumes = texts(operation["consumes"] ?? scope.root["consumes"]);
  const whole = parameters.find(({ value }) => value["in"] === "body");
  const form = parameters.filter(({ value }) => value["in"] === "formData");
  if (whole === undefined && form.length === 0) return null;
  const schema = whole
    ? scope.reader.node(whole.value["schema"] ?? {}, at(whole.place, "schema"))
    : scope.reader.node(
        {
          type: "object",
          properties: Object.fromEntries(form.map(({ value }) => [text(value["name"]), { ...value, required: [] }])),
          required: form.filter(({ value }) => value["required"] === true).map(({ value }) => text(value["name"])),
        },
        at(place, "parameters"),
      );
  const types = consumes.length > 0 ? consumes : ["application/json"];
  return {
    required: whole ? whole.value["required"] === true : form.some(({ value }) => value["required"] === true),
    media: new Map(types.map((type) => [type.toLowerCase(), schema])),
    place: whole?.place ?? at(place, "parameters"),
  };
}

function responsesOf(scope: Scope, operation: Fields, place: Place): Map<string, ApiResponse> {
  const given = operation["responses"];
  if (given !== undefined && !isFields(given)) scope.mistakes.push({ place, text: "must be an object of responses by status" });
  const produces = texts(operation["produces"] ?? scope.root["produces"]);
  const responses = new Map<string, ApiResponse>();
  for (const [status, one] of Object.entries(fields(given))) {
    if (status.startsWith("x-")) continue;
    const found = scope.reader.resolve(one, at(place, status));
    if (!isFields(found.value)) {
      scope.mistakes.push({ place: at(place, status), text: "must be a response" });
      continue;
    }
    const { value } = found;
    const media =
      "swagger" in scope.root && value["schema"] !== undefined
        ? new Map(
            (produces.length > 0 ? produces : ["application/json"]).map((type) => [
              type.toLowerCase(),
              scope.reader.node(value["schema"], at(found.place, "schema")),
            ]),
          )
        : mediaOf(scope, value["content"], at(found.place, "content"));
    responses.set(status.toUpperCase(), {
      media,
      headers: headersOf(scope, value["headers"], at(found.place, "headers")),
      place: found.place,
    });
  }
  return responses;
}

function headersOf(scope: Scope, value: unknown, place: Place): ApiResponse["headers"] {
  return new Map(
    Object.entries(fields(value)).map(([name, one]) => {
      const found = scope.reader.resolve(one, at(place, name));
      const header = fields(found.value);
      const schema =
        header["schema"] === undefined
          ? scope.reader.node({ ...header, required: [] }, found.place)
          : scope.reader.node(header["schema"], at(found.place, "schema"));
      return [name.toLowerCase(), { name, required: header["required"] === true, schema, place: found.place }];
    }),
  );
}

function securityOf(value: unknown): ApiOperation["security"] {
  if (!Array.isArray(value)) return null;
  return value.map((one) => new Map(Object.entries(fields(one)).map(([scheme, scopes]) => [scheme, texts(scopes)])));
}

function callbacksOf(scope: Scope, value: unknown, place: Place): ApiOperation[] {
  return Object.entries(fields(value)).flatMap(([name, one]) => {
    const found = scope.reader.resolve(one, at(place, name));
    return operationsBelow(scope, found.value, found.place, `callback ${name}`);
  });
}
