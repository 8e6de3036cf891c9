/** Records of a JSON text, handed on as they are complete. */

/** `path` says in which list of the document the record stood: `data`, `data.result`; "" for the items of a list and for what stands alone. */
export type OnRecord = (path: string, value: unknown) => void;

export interface Counts {
  /** Records that were read. */
  records: number;
  /** Lines or records that are no JSON. */
  broken: number;
  /** Records left out because one alone is larger than 64 MB. */
  tooLarge: number;
  /** True when the text ends in the middle of a record. */
  cut: boolean;
}

export interface JsonReader {
  push(chunk: Buffer): void;
  end(): void;
}
