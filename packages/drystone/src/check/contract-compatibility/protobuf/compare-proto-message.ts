/** Two versions of a message. */
import type { ProtoField, ProtoMessage } from "#model/contract-source.js";
import { compareProtoField } from "./compare-proto-field.js";
import { inNew, lineIn, type Placed, type ProtoComparison, type ProtoDraft, type Spot, tell } from "./proto-comparison.js";
import { compareReserved, isReservedName, isReservedNumber } from "./proto-reserved.js";

export function compareProtoMessage(comparison: ProtoComparison, old: Placed<ProtoMessage>): void {
  const { value: before, file } = old;
  const next = comparison.new.messages.get(inNew(before.name, comparison));
  if (next === undefined)
    return tell(
      comparison,
      {
        rule: "message-removed",
        level: "note",
        message: "the message is gone; what still uses it is told on its own",
        fix: "keep it until nobody uses it",
      },
      { subject: before.name, old: lineIn(file, before.line), new: null },
    );
  const { value: after } = next;
  const spot = (oldLine: number, newLine: number): Spot => ({
    subject: before.name,
    old: lineIn(file, oldLine),
    new: lineIn(next.file, newLine),
  });
  const byNumber = new Map(after.fields.map((field) => [field.number, field]));
  for (const field of before.fields) {
    const now = byNumber.get(field.number);
    if (now)
      compareProtoField(comparison, { message: before, field }, { message: after, field: now }, spot(field.line, now.line));
    else {
      const draft = fieldRemoved(field, after, comparison.options.wireOnly);
      if (draft !== null) tell(comparison, draft, spot(field.line, after.line));
    }
  }
  const numbers = new Set(before.fields.map(({ number }) => number));
  for (const field of after.fields)
    if (!numbers.has(field.number))
      for (const draft of fieldAdded(field, before, comparison.options.wireOnly))
        tell(comparison, draft, spot(before.line, field.line));
  compareReserved(comparison, old, next, new Set(byNumber.keys()), spot(before.line, after.line));
}

function fieldRemoved(field: ProtoField, next: ProtoMessage, wireOnly: boolean): ProtoDraft | null {
  const renumbered = next.fields.find((now) => now.name === field.name);
  if (renumbered !== undefined)
    return {
      rule: "number-changed",
      level: "error",
      message: `field ${field.name} has number ${renumbered.number}, not ${field.number}: old and new messages do not read each other`,
      fix: "keep the number of a field for ever",
    };
  if (field.label === "required")
    return {
      rule: "required-removed",
      level: "error",
      message: `field ${field.name} was required and is gone: old readers refuse messages without it`,
      fix: "keep it",
    };
  const number = isReservedNumber(next.reserved, field.number);
  const name = wireOnly || isReservedName(next.reserved, field.name);
  if (number && name) return null;
  return {
    rule: "field-removed",
    level: "error",
    message: `field ${field.number} (${field.name}) is gone and its ${number ? "name" : name ? "number" : "number and name"} not reserved`,
    fix: `reserved ${field.number}; reserved "${field.name}";`,
  };
}

function fieldAdded(field: ProtoField, { reserved }: ProtoMessage, wireOnly: boolean): ProtoDraft[] {
  const drafts: ProtoDraft[] = [];
  if (isReservedNumber(reserved, field.number))
    drafts.push({
      rule: "number-reused",
      level: "error",
      message: `field ${field.number} (${field.name}) uses a number that was reserved: old messages may hold something else under it`,
      fix: "take the next free number",
    });
  if (!wireOnly && isReservedName(reserved, field.name))
    drafts.push({
      rule: "name-reused",
      level: "error",
      message: `field ${field.name} uses a name that was reserved: old JSON may hold something else under it`,
      fix: "take another name",
    });
  if (field.label === "required")
    drafts.push({
      rule: "required-added",
      level: "error",
      message: `field ${field.name} is new and required: messages of others do not hold it`,
      fix: "make it optional",
    });
  return drafts;
}
