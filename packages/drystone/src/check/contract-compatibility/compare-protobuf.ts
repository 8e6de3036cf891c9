/**
 * Two versions of .proto files, after the WIRE_JSON rules of Buf (or WIRE, when nobody uses JSON).
 * A definition may move to another file of the same package: what counts is its full name.
 */
import type { ProtoEnum, ProtoField, ProtoFile, ProtoMessage, ProtoReserved, ProtoService } from "#model/contract-source.js";
import type { ContractChange, Level, Place } from "./change.js";

export interface ProtobufOptions {
  /** Only the binary form counts: names of fields and values are nobody's business. */
  readonly wireOnly: boolean;
}

/** @param old the file itself first, then what it imports. */
export function compareProtobuf(
  old: readonly ProtoFile[],
  next: readonly ProtoFile[],
  options: ProtobufOptions,
): ContractChange[] {
  const [main] = old;
  if (main === undefined) return [];
  const changes: ContractChange[] = [];
  const universes = { old: universe(old), new: universe(next) };
  const context: Context = {
    ...universes,
    options,
    newFile: next[0]?.file ?? main.file,
    add: (change) => void (changes.length < 2000 && changes.push(change)),
  };
  if (next[0] && next[0].package !== main.package)
    tell(
      context,
      {
        rule: "package-changed",
        level: "error",
        message: `the package changed from ${main.package || "none"} to ${next[0].package || "none"}`,
        fix: "keep the package; put a new version into a package of its own",
      },
      "",
      main.file,
      1,
      next[0].file,
      1,
    );
  const renamed = next[0] === undefined || next[0].package === main.package ? null : { from: main.package, to: next[0].package };
  for (const message of main.messages) compareMessage(context, main, message, renamed);
  for (const each of main.enums) compareEnum(context, main, each, renamed);
  for (const service of main.services) compareService(context, main, service, renamed);
  return changes;
}

interface Universe {
  readonly messages: ReadonlyMap<string, Placed<ProtoMessage>>;
  readonly enums: ReadonlyMap<string, Placed<ProtoEnum>>;
  readonly services: ReadonlyMap<string, Placed<ProtoService>>;
}

interface Placed<Value> {
  readonly value: Value;
  readonly file: ProtoFile;
}

interface Context {
  readonly old: Universe;
  readonly new: Universe;
  readonly options: ProtobufOptions;
  readonly newFile: string;
  add(change: ContractChange): void;
}

type Renamed = { readonly from: string; readonly to: string } | null;

function universe(files: readonly ProtoFile[]): Universe {
  const each = <Value extends { readonly name: string }>(of: (file: ProtoFile) => readonly Value[]) =>
    new Map(files.toReversed().flatMap((file) => of(file).map((value) => [value.name, { value, file }] as const)));
  return { messages: each((file) => file.messages), enums: each((file) => file.enums), services: each((file) => file.services) };
}

function inNew(name: string, renamed: Renamed): string {
  return renamed !== null && name.startsWith(`${renamed.from}.`)
    ? `${renamed.to === "" ? "" : `${renamed.to}.`}${name.slice(renamed.from.length + 1)}`
    : name;
}

interface Draft {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly fix: string;
}

function tell(
  context: Context,
  draft: Draft,
  subject: string,
  oldFile: string,
  oldLine: number,
  newFile: string | null,
  newLine: number,
): void {
  context.add({
    ...draft,
    rule: `proto-${draft.rule}`,
    direction: "none",
    subjects: subject === "" ? [] : [subject],
    where: "",
    old: place(oldFile, oldLine),
    new: newFile === null ? null : place(newFile, newLine),
  });
}

/** What stays behind of it and breaks somebody is told where it is used. */
function tellGone(
  context: Context,
  what: "message" | "enum",
  old: { readonly name: string; readonly line: number },
  file: string,
): void {
  const message = `the ${what} is gone; what still uses it is told on its own`;
  tell(
    context,
    { rule: `${what}-removed`, level: "note", message, fix: "keep it until nobody uses it" },
    old.name,
    file,
    old.line,
    null,
    1,
  );
}

function place(file: string, line: number): Place {
  return { file, pointer: [`line ${line}`] };
}

function compareMessage(context: Context, file: ProtoFile, old: ProtoMessage, renamed: Renamed): void {
  const found = context.new.messages.get(inNew(old.name, renamed));
  if (found === undefined) {
    return tellGone(context, "message", old, file.file);
  }
  const next = found.value;
  const byNumber = new Map(next.fields.map((field) => [field.number, field]));
  for (const field of old.fields) {
    const now = byNumber.get(field.number);
    if (now) compareField(context, { file, old, next, newFile: found.file, renamed }, field, now);
    else fieldRemoved(context, file, old, next, field, found.file);
  }
  const numbers = new Set(old.fields.map(({ number }) => number));
  for (const field of next.fields) {
    if (numbers.has(field.number)) continue;
    const at = [old.name, file.file, old.line, found.file.file, field.line] as const;
    if (isReserved(old.reserved, field.number, null))
      tell(
        context,
        {
          rule: "number-reused",
          level: "error",
          message: `field ${field.number} (${field.name}) uses a number that was reserved`,
          fix: "take the next free number",
        },
        ...at,
      );
    if (!context.options.wireOnly && isReserved(old.reserved, null, field.name))
      tell(
        context,
        {
          rule: "name-reused",
          level: "error",
          message: `field ${field.name} uses a name that was reserved`,
          fix: "take another name",
        },
        ...at,
      );
    if (field.label === "required")
      tell(
        context,
        {
          rule: "required-added",
          level: "error",
          message: `field ${field.name} is new and required: messages of others do not hold it`,
          fix: "make it optional",
        },
        ...at,
      );
  }
  reservedKept(context, file, old, next.reserved, new Set(next.fields.map(({ number }) => number)), found.file);
}

function isReserved({ ranges, names }: ProtoReserved, number: number | null, name: string | null): boolean {
  return (
    (number !== null && ranges.some(([from, to]) => number >= from && number <= to)) || (name !== null && names.includes(name))
  );
}

function reservedKept(
  context: Context,
  file: ProtoFile,
  old: ProtoMessage | ProtoEnum,
  next: ProtoReserved,
  used: ReadonlySet<number>,
  newFile: ProtoFile,
): void {
  const gone = old.reserved.ranges.filter(
    ([from, to]) => !used.has(from) && !(isReserved(next, from, null) && isReserved(next, to, null)),
  );
  const names = context.options.wireOnly ? [] : old.reserved.names.filter((name) => !next.names.includes(name));
  if (gone.length + names.length === 0) return;
  const what = [...gone.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)), ...names].slice(0, 5).join(", ");
  tell(
    context,
    {
      rule: "reserved-removed",
      level: "error",
      message: `${what} ${gone.length + names.length === 1 ? "is" : "are"} no longer reserved and could be used again for something else`,
      fix: "keep the reserved line",
    },
    old.name,
    file.file,
    old.line,
    newFile.file,
    1,
  );
}

function fieldRemoved(
  context: Context,
  file: ProtoFile,
  old: ProtoMessage,
  next: ProtoMessage,
  field: ProtoField,
  newFile: ProtoFile,
): void {
  const number = isReserved(next.reserved, field.number, null);
  const name = isReserved(next.reserved, null, field.name) || context.options.wireOnly;
  const at = [old.name, file.file, field.line, newFile.file, next.line] as const;
  const renumbered = next.fields.find((now) => now.name === field.name);
  if (renumbered !== undefined)
    tell(
      context,
      {
        rule: "number-changed",
        level: "error",
        message: `field ${field.name} has number ${renumbered.number}, not ${field.number}`,
        fix: "keep the number of a field for ever",
      },
      ...at,
    );
  else if (field.label === "required")
    tell(
      context,
      {
        rule: "required-removed",
        level: "error",
        message: `field ${field.name} was required and is gone: old readers refuse messages without it`,
        fix: "keep it",
      },
      ...at,
    );
  else if (!number || !name)
    tell(
      context,
      {
        rule: "field-removed",
        level: "error",
        message: `field ${field.number} (${field.name}) is gone and its ${number ? "name" : name ? "number" : "number and name"} not reserved`,
        fix: `reserved ${field.number}; reserved "${field.name}";`,
      },
      ...at,
    );
}

interface FieldContext {
  readonly file: ProtoFile;
  readonly old: ProtoMessage;
  readonly next: ProtoMessage;
  readonly newFile: ProtoFile;
  readonly renamed: Renamed;
}

function compareField(
  context: Context,
  { file, old, next, newFile, renamed }: FieldContext,
  field: ProtoField,
  now: ProtoField,
): void {
  const at = [old.name, file.file, field.line, newFile.file, now.line] as const;
  const name = `field ${field.number} (${field.name})`;
  const fix = "add a field with a new number and keep this one";
  const before = typeOf(context.old, old.name, field);
  const after = typeOf(context.new, next.name, now);
  if (!isSameType(before, after, context, renamed))
    tell(
      context,
      {
        rule: "type-changed",
        level: "error",
        message: `${name}: the type changed from ${typeText(field)} to ${typeText(now)}`,
        fix,
      },
      ...at,
    );
  if (!context.options.wireOnly && field.jsonName !== now.jsonName)
    tell(
      context,
      {
        rule: "name-changed",
        level: "error",
        message: `${name} is called ${now.name} now, which is another name in JSON`,
        fix: "keep the name, or set json_name",
      },
      ...at,
    );
  if ((field.label === "repeated") !== (now.label === "repeated"))
    tell(
      context,
      { rule: "label-changed", level: "error", message: `${name} changed from ${labelText(field)} to ${labelText(now)}`, fix },
      ...at,
    );
  else if ((field.label === "required") !== (now.label === "required"))
    tell(
      context,
      {
        rule: "label-changed",
        level: "error",
        message: `${name} changed from ${labelText(field)} to ${labelText(now)}`,
        fix: "keep the label",
      },
      ...at,
    );
  else if (field.label !== now.label)
    tell(
      context,
      {
        rule: "presence-changed",
        level: "warning",
        message: `${name} changed from ${labelText(field)} to ${labelText(now)}: whether a default was set is told otherwise`,
        fix: "keep the label",
      },
      ...at,
    );
  if (field.oneof !== now.oneof && (field.oneof === null || now.oneof === null || !isSameOneof(old, next, field, now)))
    tell(
      context,
      {
        rule: "oneof-changed",
        level: "error",
        message: `${name} ${now.oneof === null ? `left the oneof ${field.oneof}` : field.oneof === null ? `moved into the oneof ${now.oneof}` : `moved from the oneof ${field.oneof} to ${now.oneof}`}`,
        fix,
      },
      ...at,
    );
}

/** A oneof may be called otherwise; its members may not be parted. */
function isSameOneof(old: ProtoMessage, next: ProtoMessage, field: ProtoField, now: ProtoField): boolean {
  const kept = new Set(members(next, now.oneof));
  return members(old, field.oneof).every((number) => kept.has(number) || !next.fields.some((one) => one.number === number));
}

function members(message: ProtoMessage, oneof: string | null): number[] {
  return message.fields.filter((one) => one.oneof === oneof).map(({ number }) => number);
}

function labelText({ label, keyType }: ProtoField): string {
  return keyType === null ? label : "map";
}

function typeText({ type, keyType }: ProtoField): string {
  return keyType === null ? type : `map<${keyType}, ${type}>`;
}

interface ResolvedType {
  readonly kind: "scalar" | "message" | "enum" | "unknown";
  readonly name: string;
  readonly keyType: string | null;
}

const scalars = new Set([
  "double",
  "float",
  "int32",
  "int64",
  "uint32",
  "uint64",
  "sint32",
  "sint64",
  "fixed32",
  "fixed64",
  "sfixed32",
  "sfixed64",
  "bool",
  "string",
  "bytes",
]);

/** Looks for the name in the message, then in what holds it, as the language does. */
function typeOf(all: Universe, message: string, { type, keyType }: ProtoField): ResolvedType {
  if (scalars.has(type)) return { kind: "scalar", name: type, keyType };
  for (const name of scoped(message, type)) {
    if (all.messages.has(name)) return { kind: "message", name, keyType };
    if (all.enums.has(name)) return { kind: "enum", name, keyType };
  }
  return { kind: "unknown", name: type, keyType };
}

function scoped(scope: string, name: string): string[] {
  const parts = scope.split(".");
  return Array.from({ length: parts.length + 1 }, (_, left) => [...parts.slice(0, parts.length - left), name].join("."));
}

/** Types that read each other's bytes. JSON writes numbers of 64 bits as text, so there the groups are smaller. */
const wireGroups = [
  ["int32", "int64", "uint32", "uint64", "bool"],
  ["sint32", "sint64"],
  ["fixed32", "sfixed32"],
  ["fixed64", "sfixed64"],
  ["string", "bytes"],
];
const jsonGroups = [
  ["int32", "uint32"],
  ["int64", "uint64"],
  ["fixed32", "sfixed32"],
  ["fixed64", "sfixed64"],
];

function isSameType(before: ResolvedType, after: ResolvedType, { options, old, new: next }: Context, renamed: Renamed): boolean {
  if ((before.keyType === null) !== (after.keyType === null)) return false;
  if (before.keyType !== null && after.keyType !== null && !isSameScalar(before.keyType, after.keyType, options)) return false;
  if (before.kind === "scalar" && after.kind === "scalar") return isSameScalar(before.name, after.name, options);
  if (before.kind === "enum" && after.kind === "scalar")
    return options.wireOnly && ["int32", "int64", "uint32", "uint64"].includes(after.name);
  if (before.kind === "scalar" && after.kind === "enum")
    return options.wireOnly && ["int32", "int64", "uint32", "uint64"].includes(before.name);
  if (before.kind === "unknown" || after.kind === "unknown") return lastName(before.name) === lastName(after.name);
  if (before.kind !== after.kind) return false;
  if (inNew(before.name, renamed) === after.name) return true;
  // Another name on the wire is no other type, if what it holds is the same.
  const [a, b] = [shape(old, before), shape(next, after)];
  return a !== null && a === b;
}

function isSameScalar(before: string, after: string, { wireOnly }: ProtobufOptions): boolean {
  return (
    before === after || (wireOnly ? wireGroups : jsonGroups).some((group) => group.includes(before) && group.includes(after))
  );
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function shape(all: Universe, { name }: ResolvedType): string | null {
  const message = all.messages.get(name)?.value;
  if (message)
    return message.fields
      .map((field) => `${field.number} ${field.jsonName} ${lastName(field.type)} ${field.label}`)
      .sort()
      .join(";");
  const values = all.enums.get(name)?.value.values;
  return values
    ? values
        .map((value) => `${value.number} ${value.name}`)
        .sort()
        .join(";")
    : null;
}

function compareEnum(context: Context, file: ProtoFile, old: ProtoEnum, renamed: Renamed): void {
  const found = context.new.enums.get(inNew(old.name, renamed));
  if (found === undefined) {
    return tellGone(context, "enum", old, file.file);
  }
  const next = found.value;
  const at = [old.name, file.file, old.line, found.file.file, next.line] as const;
  const numbers = new Set(old.values.map(({ number }) => number));
  for (const number of numbers) {
    const [before, after] = [old, next].map((each) =>
      each.values.filter((value) => value.number === number).map(({ name }) => name),
    );
    const names = (before ?? []).join(", ");
    if (after?.length === 0) {
      const kept =
        isReserved(next.reserved, number, null) &&
        (context.options.wireOnly || (before ?? []).every((name) => isReserved(next.reserved, null, name)));
      if (!kept || number === 0)
        tell(
          context,
          {
            rule: "enum-value-removed",
            level: "error",
            message: `value ${number} (${names}) is gone${number === 0 ? ", which is the default" : " and not reserved"}`,
            fix: `reserved ${number}; reserved "${before?.[0] ?? ""}";`,
          },
          ...at,
        );
    } else if (!context.options.wireOnly && !(before ?? []).some((name) => after?.includes(name)))
      tell(
        context,
        {
          rule: "enum-value-renamed",
          level: "error",
          message: `value ${number} is called ${(after ?? []).join(", ")} now, not ${names}: JSON writes the name`,
          fix: "keep the name",
        },
        ...at,
      );
  }
  reservedKept(context, file, old, next.reserved, new Set(next.values.map(({ number }) => number)), found.file);
}

function compareService(context: Context, file: ProtoFile, old: ProtoService, renamed: Renamed): void {
  const found = context.new.services.get(inNew(old.name, renamed));
  if (found === undefined) {
    tell(
      context,
      { rule: "service-removed", level: "error", message: "the service is gone", fix: "keep it until nobody calls it" },
      old.name,
      file.file,
      old.line,
      null,
      1,
    );
    return;
  }
  for (const method of old.methods) {
    const subject = `${old.name}/${method.name}`;
    const now = found.value.methods.find(({ name }) => name === method.name);
    if (now === undefined) {
      tell(
        context,
        {
          rule: "rpc-removed",
          level: "error",
          message: "the method is gone",
          fix: "keep it, marked as deprecated, until nobody calls it",
        },
        subject,
        file.file,
        method.line,
        found.file.file,
        found.value.line,
      );
      continue;
    }
    const at = [subject, file.file, method.line, found.file.file, now.line] as const;
    for (const [word, before, after] of [
      ["request", method.request, now.request],
      ["response", method.response, now.response],
    ] as const) {
      if (
        !isSameType(
          typeOf(context.old, old.name, plainField(before)),
          typeOf(context.new, found.value.name, plainField(after)),
          context,
          renamed,
        )
      )
        tell(
          context,
          {
            rule: `rpc-${word}-changed`,
            level: "error",
            message: `the ${word} changed from ${before} to ${after}`,
            fix: "add a method with the new type",
          },
          ...at,
        );
    }
    if (method.requestStream !== now.requestStream || method.responseStream !== now.responseStream)
      tell(
        context,
        {
          rule: "rpc-streaming-changed",
          level: "error",
          message: "whether it streams changed",
          fix: "add a method that streams",
        },
        ...at,
      );
  }
}

/** A field of one type and nothing else, to look the type up. */
function plainField(type: string): ProtoField {
  return { name: "", jsonName: "", number: 0, type, keyType: null, label: "singular", oneof: null, line: 1 };
}
