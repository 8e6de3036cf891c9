import type { Problem } from "#model/facts.js";

/** A key with its value as the format has them, before placeholders are made equal. */
export interface RawEntry {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  /** Of the document or the key; null: that of the file. */
  readonly profile: string | null;
}

export interface RawFile {
  readonly entries: readonly RawEntry[];
  readonly problems: readonly Problem[];
}
