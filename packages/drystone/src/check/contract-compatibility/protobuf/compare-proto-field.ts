/** Two versions of a field with one number. */
import type { ProtoField, ProtoMessage } from "#model/contract-source.js";
import { type ProtoComparison, type ProtoDraft, type Spot, tell, type Universe } from "./proto-comparison.js";
import { isSameType, typeOf } from "./proto-types.js";

export interface FieldOf {
  readonly message: ProtoMessage;
  readonly field: ProtoField;
}

export function compareProtoField(comparison: ProtoComparison, old: FieldOf, next: FieldOf, spot: Spot): void {
  const drafts = [
    typeChanged(comparison, old, next),
    comparison.options.wireOnly ? null : nameChanged(old.field, next.field),
    labelChanged(old.field, next.field),
    defaultChanged(comparison, old, next),
    oneofChanged(old, next),
  ];
  for (const draft of drafts) if (draft !== null) tell(comparison, draft, spot);
}

const keepBoth = "add a field with a new number and keep this one";

function nameOf({ number, name }: ProtoField): string {
  return `field ${number} (${name})`;
}

function typeChanged(comparison: ProtoComparison, old: FieldOf, next: FieldOf): ProtoDraft | null {
  const before = typeOf(comparison.old, old.message.name, old.field);
  const after = typeOf(comparison.new, next.message.name, next.field);
  if (isSameType(before, after, comparison)) return null;
  return {
    rule: "type-changed",
    level: "error",
    message: `${nameOf(old.field)}: the type changed from ${typeText(old.field)} to ${typeText(next.field)}`,
    fix: keepBoth,
  };
}

function typeText({ type, keyType }: ProtoField): string {
  return keyType === null ? type : `map<${keyType}, ${type}>`;
}

function nameChanged(old: ProtoField, next: ProtoField): ProtoDraft | null {
  if (old.jsonName === next.jsonName) return null;
  const isRenamed = old.name !== next.name;
  return {
    rule: "name-changed",
    level: "error",
    message: isRenamed
      ? `${nameOf(old)} is called ${next.name} now, which is another name in JSON`
      : `${nameOf(old)} is called ${next.jsonName} in JSON now, not ${old.jsonName}`,
    fix: isRenamed ? "keep the name, or set json_name" : "keep json_name",
  };
}

function labelChanged(old: ProtoField, next: ProtoField): ProtoDraft | null {
  if (old.label === next.label) return null;
  const message = `${nameOf(old)} changed from ${labelText(old)} to ${labelText(next)}`;
  if ((old.label === "repeated") !== (next.label === "repeated"))
    return { rule: "label-changed", level: "error", message, fix: keepBoth };
  if ((old.label === "required") !== (next.label === "required"))
    return { rule: "label-changed", level: "error", message, fix: "keep the label" };
  return {
    rule: "presence-changed",
    level: "warning",
    message: `${message}: whether a default was set is told otherwise`,
    fix: "keep the label",
  };
}

function labelText({ label, keyType }: ProtoField): string {
  return keyType === null ? label : "map";
}

/** A default is not sent: each side reads its own. */
function defaultChanged(comparison: ProtoComparison, old: FieldOf, next: FieldOf): ProtoDraft | null {
  if (old.field.defaultValue === next.field.defaultValue || old.field.label === "repeated") return null;
  const before = defaultOf(comparison.old, old);
  const after = defaultOf(comparison.new, next);
  if (before === after || before === null || after === null) return null;
  return {
    rule: "default-changed",
    level: "error",
    message: `${nameOf(old.field)}: the default changed from ${before} to ${after}, and old clients go on reading ${before} where it is not set`,
    fix: "keep the default",
  };
}

/** As it reads when it is not set; null for messages and what is not known. */
function defaultOf(all: Universe, { message, field }: FieldOf): string | null {
  if (field.defaultValue !== null) return field.defaultValue;
  const type = typeOf(all, message.name, field);
  if (type.kind === "enum") return all.enums.get(type.name)?.value.values[0]?.name ?? null;
  if (type.kind !== "scalar") return null;
  if (type.name === "string" || type.name === "bytes") return '""';
  return type.name === "bool" ? "false" : "0";
}

function oneofChanged(old: FieldOf, next: FieldOf): ProtoDraft | null {
  const [before, after] = [old.field.oneof, next.field.oneof];
  if (before === after || (before !== null && after !== null && isSameOneof(old, next))) return null;
  const what =
    after === null
      ? `left the oneof ${before}`
      : before === null
        ? `moved into the oneof ${after}`
        : `moved from the oneof ${before} to ${after}`;
  return {
    rule: "oneof-changed",
    level: "error",
    message: `${nameOf(old.field)} ${what}: what could be set together no longer can, or the other way round`,
    fix: keepBoth,
  };
}

/** A oneof may be called otherwise; its members may not be parted. */
function isSameOneof(old: FieldOf, next: FieldOf): boolean {
  const kept = new Set(members(next));
  return members(old).every((number) => kept.has(number) || !next.message.fields.some((one) => one.number === number));
}

function members({ message, field }: FieldOf): number[] {
  return message.fields.filter((one) => one.oneof === field.oneof).map(({ number }) => number);
}
