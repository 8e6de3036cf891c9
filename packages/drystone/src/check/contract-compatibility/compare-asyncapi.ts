/** Two versions of an AsyncAPI document. */
import { type AsyncapiModel, type ChannelAct, type ChannelMessage, readAsyncapiModel } from "./asyncapi-model.js";
import type { ContractChange, Place } from "./change.js";
import { type ChangeLog, changeLog, plainChange, type RuleDraft } from "./change-log.js";
import { compareAvro } from "./compare-avro.js";
import type { DocumentPair } from "./compare-openapi.js";
import { lostReferences, malformed } from "./malformed.js";
import { schemaMistakes } from "./schema-mistakes.js";
import { type SchemaComparer, type SchemaDirection, schemaComparer } from "./schemas/index.js";
import { canonical } from "./values.js";

export function compareAsyncapi(pair: DocumentPair): ContractChange[] {
  const before = readAsyncapiModel(pair.old, pair.oldDocuments, 0);
  const after = readAsyncapiModel(pair.new, pair.newDocuments, 1_000_000_000);
  const log = changeLog();
  for (const change of malformed(
    [...before.mistakes, ...schemaMistakes(pair.oldDocuments)],
    [...after.mistakes, ...schemaMistakes(pair.newDocuments)],
  ))
    log.add(change);
  const schemas = schemaComparer(before.reader, after.reader);
  for (const old of before.acts) compareAct(log, schemas, old, after);
  for (const change of lostReferences(before.reader, after.reader)) log.add(change);
  return log.changes();
}

function compareAct(log: ChangeLog, schemas: SchemaComparer, old: ChannelAct, after: AsyncapiModel): void {
  const direction: SchemaDirection = old.role === "sends" ? "response" : "request";
  const same = after.acts.find(({ key }) => key === old.key);
  const moved = same ?? after.acts.find(({ id, role }) => id === old.id && role === old.role);
  const tell = (draft: RuleDraft, where: string, before: Place | null, now: Place | null) =>
    log.add(plainChange(draft, old.key, where, before, now, direction));
  if (moved === undefined) {
    tell(
      old.role === "sends"
        ? {
            rule: "channel-removed",
            level: "error",
            message: "nothing is sent to the channel any more",
            fix: "keep sending until nobody reads it",
          }
        : {
            rule: "channel-removed",
            level: "error",
            message: "nobody reads from the channel any more",
            fix: "keep reading until nobody sends to it",
          },
      "",
      old.place,
      null,
    );
    return;
  }
  if (same === undefined)
    tell(
      {
        rule: "address-changed",
        level: "error",
        message: `the address changed from ${old.address} to ${moved.address}`,
        fix: "serve both addresses for a while",
      },
      "",
      old.place,
      moved.place,
    );
  compareMessages(log, schemas, old, moved, direction);
}

function compareMessages(
  log: ChangeLog,
  schemas: SchemaComparer,
  old: ChannelAct,
  next: ChannelAct,
  direction: SchemaDirection,
): void {
  const subject = old.key;
  const only = old.messages.size === 1 && next.messages.size === 1 ? [...next.messages.values()][0] : undefined;
  const matched = new Set<ChannelMessage>();
  for (const [name, message] of old.messages) {
    const now = next.messages.get(name) ?? only;
    if (now) {
      matched.add(now);
      compareMessage(log, schemas, subject, message, now, direction, old.messages.size > 1);
    } else
      log.add(
        plainChange(
          direction === "request"
            ? {
                rule: "message-removed",
                level: "error",
                message: `the message "${name}" is no longer read`,
                fix: "keep reading it until nobody sends it",
              }
            : {
                rule: "message-removed",
                level: "warning",
                message: `the message "${name}" is no longer sent`,
                fix: "keep sending it until nobody waits for it",
              },
          subject,
          "",
          message.place,
          next.place,
          direction,
        ),
      );
  }
  if (direction === "request" || old.messages.size === 0) return;
  for (const [name, message] of next.messages)
    if (!matched.has(message))
      log.add(
        plainChange(
          {
            rule: "message-added",
            level: "warning",
            message: `the message "${name}" may come, which readers of the channel do not know`,
            fix: "tell readers first, or use a channel of its own",
          },
          subject,
          "",
          old.place,
          message.place,
          direction,
        ),
      );
}

function compareMessage(
  log: ChangeLog,
  schemas: SchemaComparer,
  subject: string,
  old: ChannelMessage,
  next: ChannelMessage,
  direction: SchemaDirection,
  several: boolean,
): void {
  const where = several ? `message "${old.name}"` : "message";
  const tell = (draft: RuleDraft, part: string) =>
    log.add(plainChange(draft, subject, part, old.payload.place, next.payload.place, direction));
  if (old.contentType !== next.contentType)
    tell(
      {
        rule: "content-type-changed",
        level: "error",
        message: `the content type changed from ${old.contentType} to ${next.contentType}`,
        fix: "use a channel of its own for the new type",
      },
      where,
    );
  log.schema(schemas.compare(direction, old.headers, next.headers), direction, subject, `${where}, headers`);
  if (old.format === "" && next.format === "")
    log.schema(schemas.compare(direction, old.payload, next.payload), direction, subject, where);
  else if (old.format !== next.format && kindOf(old.format) !== kindOf(next.format))
    tell(
      {
        rule: "format-changed",
        level: "error",
        message: `the format of the schema changed from ${old.format || "JSON Schema"} to ${next.format || "JSON Schema"}`,
        fix: "use a channel of its own for the new format",
      },
      where,
    );
  else if (kindOf(old.format) === "avro") {
    const [writer, reader] = direction === "request" ? [old, next] : [next, old];
    for (const draft of compareAvro(writer.payload.value, reader.payload.value)) tell(draft, where);
  } else if (canonical(old.payload.value) !== canonical(next.payload.value))
    tell(
      {
        rule: "not-compared",
        level: "warning",
        message: `the payload changed, and schemas of ${old.format} are not compared`,
        fix: "compare them by hand",
      },
      where,
    );
}

function kindOf(format: string): string {
  return /avro/i.test(format) ? "avro" : format;
}
