/** What the comparisons of messages, fields, enums and services of two .proto trees share. */
import type { ProtoEnum, ProtoFile, ProtoMessage, ProtoService } from "#model/contract-source.js";
import { type ContractChange, type Level, maxChanges, type Place } from "../change.js";

export interface ProtobufOptions {
  /** Only the binary form counts: names of fields and values are nobody's business. */
  readonly wireOnly: boolean;
}

export interface Placed<Value> {
  readonly value: Value;
  readonly file: ProtoFile;
}

/** What is declared, by full name; of two with one name the one in the file that comes first. */
export interface Universe {
  readonly messages: ReadonlyMap<string, Placed<ProtoMessage>>;
  readonly enums: ReadonlyMap<string, Placed<ProtoEnum>>;
  readonly services: ReadonlyMap<string, Placed<ProtoService>>;
}

/** The package of the file changed on the way. */
export type Renamed = { readonly from: string; readonly to: string } | null;

export interface ProtoComparison {
  readonly old: Universe;
  readonly new: Universe;
  readonly renamed: Renamed;
  readonly options: ProtobufOptions;
  readonly changes: ContractChange[];
}

export function universe(files: readonly ProtoFile[]): Universe {
  const each = <Value extends { readonly name: string }>(of: (file: ProtoFile) => readonly Value[]) =>
    new Map(files.toReversed().flatMap((file) => of(file).map((value) => [value.name, { value, file }] as const)));
  return { messages: each((file) => file.messages), enums: each((file) => file.enums), services: each((file) => file.services) };
}

/** A full name as the new version calls it. */
export function inNew(name: string, { renamed }: Pick<ProtoComparison, "renamed">): string {
  return renamed !== null && name.startsWith(`${renamed.from}.`)
    ? `${renamed.to === "" ? "" : `${renamed.to}.`}${name.slice(renamed.from.length + 1)}`
    : name;
}

export interface ProtoDraft {
  readonly rule: string;
  readonly level: Level;
  /** A sentence without a full stop: what changed, and what that does to whom. */
  readonly message: string;
  readonly fix: string;
}

/** What a change is about, and where it stands in the two versions. */
export interface Spot {
  readonly subject: string;
  readonly old: Place;
  readonly new: Place | null;
}

export function lineIn({ file }: Pick<ProtoFile, "file">, line: number): Place {
  return { file, pointer: [`line ${line}`] };
}

export function tell({ changes }: ProtoComparison, { rule, ...draft }: ProtoDraft, { subject, old, new: next }: Spot): void {
  if (changes.length >= maxChanges) return;
  changes.push({
    ...draft,
    rule: `proto-${rule}`,
    direction: "none",
    subjects: subject === "" ? [] : [subject],
    where: "",
    old,
    new: next,
  });
}
