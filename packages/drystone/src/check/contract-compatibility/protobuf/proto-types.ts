/** Types of fields: what a name means, and which types read what the other wrote. */
import type { ProtoField } from "#model/contract-source.js";
import { inNew, type ProtobufOptions, type ProtoComparison, type Universe } from "./proto-comparison.js";

export interface ResolvedType {
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
export function typeOf(all: Universe, scope: string, { type, keyType }: Pick<ProtoField, "type" | "keyType">): ResolvedType {
  if (scalars.has(type)) return { kind: "scalar", name: type, keyType };
  for (const name of scoped(scope, type)) {
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

export function isSameType(before: ResolvedType, after: ResolvedType, comparison: ProtoComparison): boolean {
  const { options, old, new: next } = comparison;
  if ((before.keyType === null) !== (after.keyType === null)) return false;
  if (before.keyType !== null && after.keyType !== null && !isSameScalar(before.keyType, after.keyType, options)) return false;
  if (before.kind === "scalar" && after.kind === "scalar") return isSameScalar(before.name, after.name, options);
  if (before.kind === "enum" && after.kind === "scalar") return options.wireOnly && enumLike.has(after.name);
  if (before.kind === "scalar" && after.kind === "enum") return options.wireOnly && enumLike.has(before.name);
  if (before.kind === "unknown" || after.kind === "unknown") return lastName(before.name) === lastName(after.name);
  if (before.kind !== after.kind) return false;
  if (inNew(before.name, comparison) === after.name) return true;
  // Another name on the wire is no other type, if what it holds is the same.
  const [first, second] = [shape(old, before), shape(next, after)];
  return first !== null && first === second;
}

/** Numbers that an enum is written as. */
const enumLike: ReadonlySet<string> = new Set(["int32", "int64", "uint32", "uint64"]);

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
