/** Two versions of an OpenAPI or Swagger document. */
import type { ContractDocument } from "#model/contract-source.js";
import type { ContractChange, Place } from "./change.js";
import { type ChangeLog, changeLog, plainChange, type RuleDraft } from "./change-log.js";
import { compareLifecycle, removalOf } from "./lifecycle.js";
import { lostReferences, malformed } from "./malformed.js";
import {
  type ApiBody,
  type ApiOperation,
  type ApiParameter,
  type ApiResponse,
  type OpenapiModel,
  readOpenapiModel,
} from "./openapi-model.js";
import { schemaMistakes } from "./schema-mistakes.js";
import {
  type SchemaComparer,
  type SchemaDirection,
  type SchemaNode,
  type SchemaReader,
  schemaComparer,
} from "./schemas/index.js";

export interface DocumentPair {
  readonly old: ContractDocument;
  readonly oldDocuments: ReadonlyMap<string, ContractDocument>;
  readonly new: ContractDocument;
  readonly newDocuments: ReadonlyMap<string, ContractDocument>;
  /** ISO date that counts as today. */
  readonly asOf: string;
}

export function compareOpenapi(pair: DocumentPair): ContractChange[] {
  const before = readOpenapiModel(pair.old, pair.oldDocuments, 0);
  const after = readOpenapiModel(pair.new, pair.newDocuments, 1_000_000_000);
  const log = changeLog();
  const context: Context = { log, schemas: schemaComparer(before.reader, after.reader), asOf: pair.asOf, reader: after.reader };
  for (const change of malformed(
    [...before.mistakes, ...schemaMistakes(pair.oldDocuments)],
    [...after.mistakes, ...schemaMistakes(pair.newDocuments)],
  ))
    log.add(change);
  compareOperations(context, before.operations, after.operations, "called");
  compareOperations(context, before.webhooks, after.webhooks, "sent");
  compareServers(log, before, after);
  compareSchemes(log, before, after);
  for (const change of lostReferences(before.reader, after.reader)) log.add(change);
  return log.changes();
}

interface Context {
  readonly log: ChangeLog;
  readonly schemas: SchemaComparer;
  readonly asOf: string;
  /** Of the new version. */
  readonly reader: SchemaReader;
}

/** called: by consumers. sent: by the provider, to webhooks and callbacks; what is a request there is what consumers get. */
type Role = "called" | "sent";

function compareOperations(context: Context, before: readonly ApiOperation[], after: readonly ApiOperation[], role: Role): void {
  const exact = new Map(after.map((operation) => [operation.name, operation]));
  const byKey = new Map(after.map((operation) => [operation.key, operation]));
  const paths = new Set(after.map(({ key }) => pathOf(key)));
  for (const old of before) {
    const next = exact.get(old.name) ?? byKey.get(old.key);
    if (next) compareOperation(context, old, next, role);
    else context.log.add(removed(old, role, paths.has(pathOf(old.key)), context.asOf));
  }
}

function pathOf(key: string): string {
  return key.slice(key.lastIndexOf(" ") + 1);
}

function removed(old: ApiOperation, role: Role, pathStays: boolean, asOf: string): ContractChange {
  const { level, why } = removalOf(old.lifecycle, asOf);
  const what = role === "called" ? (pathStays ? "the operation is gone" : "the path is gone") : "it is no longer sent";
  const draft: RuleDraft = {
    rule: role === "called" ? "operation-removed" : "callback-removed",
    level,
    message: why === null ? what : `${what}; ${why}`,
    fix: "mark it as deprecated with a date (x-sunset), tell its consumers, and remove it when nobody calls it",
  };
  return plainChange(draft, old.name, "", old.place, null);
}

function compareOperation(context: Context, old: ApiOperation, next: ApiOperation, role: Role): void {
  const { log } = context;
  const subject = old.name;
  for (const draft of compareLifecycle(old.lifecycle, next.lifecycle, context.asOf))
    log.add(plainChange(draft, subject, "", old.place, next.place));
  if (role === "called") {
    compareParameters(context, subject, old, next);
    compareSecurity(log, old, next);
  }
  compareBody(context, subject, old, next, role);
  compareResponses(context, subject, old, next, role);
  if (role === "called") compareOperations(context, old.callbacks, next.callbacks, "sent");
}

function compareParameters(
  { log, schemas, asOf, reader }: Context,
  subject: string,
  old: ApiOperation,
  next: ApiOperation,
): void {
  const before = new Map(old.parameters.map((parameter) => [parameter.key, parameter]));
  const after = new Map(next.parameters.map((parameter) => [parameter.key, parameter]));
  const tell = (draft: RuleDraft, where: string, oldPlace: Place | null, newPlace: Place | null) =>
    log.add(plainChange(draft, subject, where, oldPlace, newPlace, "request"));
  for (const [key, parameter] of before) {
    const now = after.get(key);
    const where = `${parameter.in} parameter "${parameter.name}"`;
    if (now === undefined) {
      if (isIgnoredHeader(parameter)) continue;
      const ended = removalOf(parameter.lifecycle, asOf);
      const fix = "keep accepting it, marked as deprecated, until nobody sends it";
      const early = parameter.lifecycle.sunset !== null && ended.level === "error";
      tell(
        {
          rule: "parameter-removed",
          level: early ? "error" : parameter.lifecycle.deprecated ? ended.level : "warning",
          message: early ? `it is gone; ${ended.why}` : "it is gone: whether it is ignored or refused cannot be told",
          fix,
        },
        where,
        parameter.place,
        next.place,
      );
      continue;
    }
    for (const draft of compareLifecycle(parameter.lifecycle, now.lifecycle, asOf))
      tell(draft, where, parameter.place, now.place);
    if (now.required && !parameter.required) tell(becameRequired, where, parameter.place, now.place);
    if (now.style !== parameter.style)
      tell(
        { ...styleChanged, message: `how it is written changed from ${parameter.style} to ${now.style}` },
        where,
        parameter.place,
        now.place,
      );
    if (parameter.allowsEmpty && !now.allowsEmpty) tell(emptyRefused, where, parameter.place, now.place);
    compareDefault(tell, where, parameter, now);
    if (isWrittenAsText(parameter, now)) continue;
    const items = itemsOfRepeated(parameter, now, reader);
    log.schema(schemas.compare("request", parameter.schema, items ?? now.schema), "request", subject, where);
  }
  for (const [key, parameter] of after) {
    if (before.has(key) || isIgnoredHeader(parameter) || !parameter.required) continue;
    tell(requiredParameter, `${parameter.in} parameter "${parameter.name}"`, old.place, parameter.place);
  }
}

/** In a path, a query or a header all is text: what takes any text takes numbers and `true` as well. */
function isWrittenAsText(old: ApiParameter, next: ApiParameter): boolean {
  const [before, after] = [old, next].map(({ schema }) => (typeof schema.value === "object" ? schema.value : {}));
  const isPlain =
    after?.["type"] === "string" &&
    !["enum", "const", "pattern", "format", "minLength", "maxLength", "allOf"].some((word) => word in after);
  return isPlain && typeof before?.["type"] === "string" && /^(?:integer|number|boolean)$/.test(before["type"]);
}

/** A parameter that may be repeated takes a single value as well: its items then. */
function itemsOfRepeated(old: ApiParameter, next: ApiParameter, reader: SchemaReader): SchemaNode | null {
  const [before, after] = [old.schema.value, next.schema.value];
  if (next.in !== "query" || !/^form.*explode true$/.test(next.style) || typeof before !== "object" || typeof after !== "object")
    return null;
  const wasList = [before["type"]].flat().includes("array");
  const least = typeof after["minItems"] === "number" ? after["minItems"] : 0;
  if (wasList || before["type"] === undefined || after["type"] !== "array" || least > 1 || after["items"] === undefined)
    return null;
  return reader.below(next.schema, after["items"], "items");
}

function isIgnoredHeader(parameter: ApiParameter): boolean {
  return parameter.in === "header" && /^(?:accept|content-type|authorization)$/i.test(parameter.name);
}

const becameRequired: RuleDraft = {
  rule: "parameter-became-required",
  level: "error",
  message: "it became required",
  fix: "keep it optional and let the provider fill in what was assumed so far",
};
const requiredParameter: RuleDraft = {
  rule: "required-parameter-added",
  level: "error",
  message: "it is new and required",
  fix: "make it optional; a default in the document does not help consumers that send nothing",
};
const emptyRefused: RuleDraft = {
  rule: "parameter-empty-value-refused",
  level: "error",
  message: "it is no longer taken without a value",
  fix: "keep allowEmptyValue until nobody sends it empty",
};
const styleChanged: Omit<RuleDraft, "message"> = {
  rule: "parameter-style-changed",
  level: "error",
  fix: "keep the old style, or add a parameter with another name",
};

/** Who sends nothing gets something else. */
function compareDefault(
  tell: (draft: RuleDraft, where: string, old: Place, next: Place) => void,
  where: string,
  old: ApiParameter,
  next: ApiParameter,
): void {
  if (next.required) return;
  const [before, after] = [old, next].map(({ schema }) =>
    typeof schema.value === "object" ? JSON.stringify(schema.value["default"]) : undefined,
  );
  if (before === after) return;
  tell(
    {
      rule: "parameter-default-changed",
      level: "error",
      message: `the default changed from ${before ?? "none"} to ${after ?? "none"}: who leaves it out gets something else`,
      fix: "keep the default, or add a parameter with another name",
    },
    where,
    old.place,
    next.place,
  );
}

function compareBody({ log, schemas }: Context, subject: string, old: ApiOperation, next: ApiOperation, role: Role): void {
  const direction: SchemaDirection = role === "called" ? "request" : "response";
  const tell = (draft: RuleDraft) =>
    log.add(plainChange(draft, subject, "request body", old.body?.place ?? old.place, next.body?.place ?? next.place, direction));
  if (role === "called") {
    if (next.body?.required && old.body === null)
      tell({ ...bodyRequired, rule: "required-body-added", message: "a body is asked for where there was none" });
    else if (next.body?.required && !old.body?.required) tell(bodyRequired);
    if (old.body !== null && next.body === null)
      tell({
        rule: "body-removed",
        level: "error",
        message: "no body is accepted any more",
        fix: "keep accepting it until nobody sends it",
      });
  }
  if (old.body === null || next.body === null) return;
  const { body } = next;
  for (const [type, schema] of old.body.media) {
    const now = mediaFor(body.media, type);
    if (now === null)
      tell({
        rule: "request-media-type-removed",
        level: role === "called" ? "error" : "warning",
        message: `${type} is no longer ${role === "called" ? "accepted" : "sent"}`,
        fix: "keep the media type until nobody uses it",
      });
    else log.schema(schemas.compare(direction, schema, now), direction, subject, whereMedia("request body", old.body, type));
  }
}

const bodyRequired: RuleDraft = {
  rule: "body-became-required",
  level: "error",
  message: "it became required",
  fix: "keep it optional",
};

function whereMedia(what: string, { media }: Pick<ApiBody, "media">, type: string): string {
  return media.size < 2 ? what : `${what} (${type})`;
}

/** `application/*` and anything else take a type that is not named itself. */
function mediaFor<Value>(media: ReadonlyMap<string, Value>, type: string): Value | null {
  return (
    media.get(type) ?? media.get(`${type.split("/")[0]}/*`) ?? media.get("*/*") ?? media.get(type.split(";")[0] ?? "") ?? null
  );
}

function compareResponses(context: Context, subject: string, old: ApiOperation, next: ApiOperation, role: Role): void {
  const { log } = context;
  for (const [status, response] of old.responses) {
    const now =
      next.responses.get(status) ??
      next.responses.get(`${status[0]}XX`) ??
      (isSuccess(status) ? undefined : next.responses.get("DEFAULT"));
    if (now) compareResponse(context, subject, status, response, now, role);
    else if (isSuccess(status))
      log.add(
        plainChange(
          {
            rule: "response-status-removed",
            level: "error",
            message: `the response ${status.toLowerCase()} is gone`,
            fix: "keep answering with the same status",
          },
          subject,
          "",
          response.place,
          next.place,
          "response",
        ),
      );
  }
}

function isSuccess(status: string): boolean {
  return /^[23]/.test(status);
}

function compareResponse(
  context: Context,
  subject: string,
  status: string,
  old: ApiResponse,
  next: ApiResponse,
  role: Role,
): void {
  const { log, schemas } = context;
  const direction: SchemaDirection = role === "called" ? "response" : "request";
  const where = `response ${status.toLowerCase()}`;
  const tell = (draft: RuleDraft, part: string, oldPlace: Place, newPlace: Place) =>
    log.add(plainChange(draft, subject, part, oldPlace, newPlace, direction));
  for (const [type, schema] of old.media) {
    const now = mediaFor(next.media, type);
    if (now === null)
      tell(
        {
          rule: "response-media-type-removed",
          level: isSuccess(status) ? "error" : "warning",
          message: `${type} is no longer ${role === "called" ? "sent" : "accepted"}`,
          fix: "keep the media type until nobody asks for it",
        },
        where,
        old.place,
        next.place,
      );
    else log.schema(schemas.compare(direction, schema, now), direction, subject, whereMedia(where, old, type));
  }
  if (role === "sent") return;
  for (const [name, header] of old.headers) {
    const now = next.headers.get(name);
    const part = `${where}, header "${header.name}"`;
    if (now === undefined)
      tell(
        {
          rule: "response-header-removed",
          level: header.required ? "error" : "warning",
          message: header.required ? "it always came and is gone" : "it is gone",
          fix: "keep sending it until nobody reads it",
        },
        part,
        header.place,
        next.place,
      );
    else {
      if (header.required && !now.required)
        tell(
          {
            rule: "response-header-became-optional",
            level: "error",
            message: "it always came and may be left out now",
            fix: "keep sending it",
          },
          part,
          header.place,
          now.place,
        );
      log.schema(schemas.compare("response", header.schema, now.schema), "response", subject, part);
    }
  }
}

/** Whoever was let in has to be let in. */
function compareSecurity(log: ChangeLog, old: ApiOperation, next: ApiOperation): void {
  const after = next.security ?? [];
  if (after.length === 0 || after.some((way) => way.size === 0)) return;
  const before = old.security === null || old.security.length === 0 ? [new Map<string, readonly string[]>()] : old.security;
  const lost = before.find(
    (way) =>
      !after.some((now) =>
        [...now].every(([scheme, scopes]) => scopes.every((scope) => way.get(scheme)?.includes(scope)) && way.has(scheme)),
      ),
  );
  if (lost === undefined) return;
  const needed = after.map(securityText).join(" or ");
  log.add(
    plainChange(
      {
        rule: "security-tightened",
        level: "warning",
        message: `${lost.size === 0 ? "no authentication" : securityText(lost)} was enough, now it takes ${needed}`,
        fix: "give every consumer what is needed before it is asked for",
      },
      old.name,
      "",
      old.place,
      next.place,
      "request",
    ),
  );
}

function securityText(way: ReadonlyMap<string, readonly string[]>): string {
  return (
    [...way].map(([scheme, scopes]) => (scopes.length === 0 ? scheme : `${scheme} (${scopes.join(", ")})`)).join(" and ") ||
    "nothing"
  );
}

function compareServers(log: ChangeLog, before: OpenapiModel, after: OpenapiModel): void {
  const kept = new Set(after.servers.map(basePath));
  const former = new Set(before.servers.map(basePath));
  const gone = [...former].filter((path) => !kept.has(path));
  if (gone.length === 0 || kept.size === 0 || gone.length < former.size) return;
  log.add(
    plainChange(
      {
        rule: "server-changed",
        level: "warning",
        message: `the path before all paths changed from ${gone.join(", ")} to ${[...kept].join(", ")}`,
        fix: "keep answering at the old place",
      },
      "",
      "servers",
      before.place,
      after.place,
    ),
  );
}

function basePath(url: string): string {
  const path = url.replace(/^[a-z]{2,10}:\/\/[^/]{0,300}/i, "").replace(/\/{1,10}$/, "");
  return path === "" ? "/" : path;
}

function compareSchemes(log: ChangeLog, before: OpenapiModel, after: OpenapiModel): void {
  for (const [name, old] of before.schemes) {
    const now = after.schemes.get(name);
    if (now === undefined || now === old) continue;
    log.add(
      plainChange(
        {
          rule: "security-scheme-changed",
          level: "warning",
          message: `the security scheme "${name}" changed from ${old} to ${now}`,
          fix: "accept both for a while",
        },
        "",
        "security",
        before.place,
        after.place,
        "request",
      ),
    );
  }
}
