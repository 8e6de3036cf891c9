/**
 * Two versions of .proto files, after the WIRE_JSON rules of Buf (or WIRE, when nobody uses JSON).
 * A definition may move to another file of the same package: what counts is its full name.
 */
import type { ProtoFile } from "#model/contract-source.js";
import type { ContractChange } from "../change.js";
import { compareProtoEnum } from "./compare-proto-enum.js";
import { compareProtoMessage } from "./compare-proto-message.js";
import { compareProtoService } from "./compare-proto-service.js";
import { lineIn, type ProtobufOptions, type ProtoComparison, tell, type Universe, universe } from "./proto-comparison.js";
import { typeOf } from "./proto-types.js";

/** @param old the file itself first, then what it imports: of that only what the file uses is compared. */
export function compareProtobuf(
  old: readonly ProtoFile[],
  next: readonly ProtoFile[],
  options: ProtobufOptions,
): ContractChange[] {
  const [[before], [after]] = [old, next];
  if (before === undefined) return [];
  const isRenamed = after !== undefined && after.package !== before.package;
  const comparison: ProtoComparison = {
    old: universe(old),
    new: universe(next),
    renamed: isRenamed ? { from: before.package, to: after.package } : null,
    options,
    changes: [],
  };
  if (isRenamed)
    tell(
      comparison,
      {
        rule: "package-changed",
        level: "error",
        message: `the package changed from ${before.package || "none"} to ${after.package || "none"}: every full name and path of a call changes with it`,
        fix: "keep the package; put a new version into a package of its own",
      },
      { subject: "", old: lineIn(before, 1), new: lineIn(after, 1) },
    );
  const used = usedBy(before, comparison.old);
  for (const message of comparison.old.messages.values())
    if (message.file === before || used.has(message.value.name)) compareProtoMessage(comparison, message);
  for (const each of comparison.old.enums.values())
    if (each.file === before || used.has(each.value.name)) compareProtoEnum(comparison, each);
  for (const service of before.services) compareProtoService(comparison, { value: service, file: before });
  return comparison.changes;
}

/** Full names of all messages and enums that can be reached from a file. */
function usedBy(file: ProtoFile, all: Universe): ReadonlySet<string> {
  const used = new Set<string>();
  const note = (scope: string, type: string) => {
    const { kind, name } = typeOf(all, scope, { type, keyType: null });
    if (kind === "message" || kind === "enum") used.add(name);
  };
  for (const { name, methods } of file.services)
    for (const { request, response } of methods) for (const type of [request, response]) note(name, type);
  for (const { name, fields } of file.messages) for (const { type } of fields) note(name, type);
  for (const name of used) for (const { type } of all.messages.get(name)?.value.fields ?? []) note(name, type);
  return used;
}
