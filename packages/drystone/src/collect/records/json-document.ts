/** Takes a JSON document apart while it is read: the items of its outer lists one by one, so that a document larger than memory can be read. */
import type { Counts, JsonReader, OnRecord } from "./json-reader.js";

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openObject = 0x7b;
const closeObject = 0x7d;
const openList = 0x5b;
const closeList = 0x5d;

/** Objects and lists around a list whose items are records: two at most, as in `{"data":{"result":[…]}}`. */
const deepestList = 2;
const mostRest = 1 << 20;
const mostDepth = 10_000;

/** Records of lists first; at the end of each document the document itself, with its outer lists empty. */
export function documentReader(onRecord: OnRecord, counts: Counts, mostBytes: number): JsonReader {
  const closers: number[] = [];
  const keys: string[] = [];
  let inString = false;
  let escaped = false;
  let broken = false;
  /** Depth at which the record being collected started; 0 for none. */
  let recordDepth = 0;
  let rest: Buffer[] = [];
  let restBytes = 0;
  let record: Buffer[] = [];
  let recordBytes = 0;
  let text: number[] | null = null;
  let lastText = "";

  const isRecordList = (): boolean => {
    const depth = closers.length;
    return depth > 0 && depth <= deepestList + 1 && closers[depth - 1] === closeList && !closers.slice(0, -1).includes(closeList);
  };
  const pathOfList = (): string => keys.slice(1, closers.length).join(".");
  const keep = (piece: Buffer): void => {
    if (recordDepth > 0) {
      recordBytes += piece.length;
      if (recordBytes <= mostBytes) record.push(piece);
    } else if (restBytes <= mostRest) {
      restBytes += piece.length;
      rest.push(piece);
    }
  };
  const emitRecord = (): void => {
    if (recordBytes > mostBytes) counts.tooLarge++;
    else emit(Buffer.concat(record), pathOfList(), onRecord, counts);
    record = [];
    recordBytes = 0;
    recordDepth = 0;
  };
  const emitRest = (): void => {
    const value = restBytes <= mostRest ? Buffer.concat(rest) : null;
    rest = [];
    restBytes = 0;
    // A list has no rest.
    if (value !== null && value.toString("utf8", 0, 20).trimStart().startsWith("{")) emit(value, "", onRecord, counts);
  };

  const push = (chunk: Buffer): void => {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) {
          inString = false;
          if (text !== null) lastText = Buffer.from(text).toString("utf8");
          text = null;
          continue;
        }
        if (text !== null && text.length < 200) text.push(byte);
        continue;
      }
      if (byte === quote) {
        inString = true;
        text = recordDepth === 0 && closers.length <= deepestList ? [] : null;
      } else if (byte === colon) {
        if (recordDepth === 0) keys[closers.length] = lastText;
      } else if (byte === openObject || byte === openList) {
        if (recordDepth === 0 && isRecordList()) {
          keep(chunk.subarray(from, at));
          from = at;
          recordDepth = closers.length + 1;
        }
        if (closers.length >= mostDepth) broken = true;
        else closers.push(byte === openObject ? closeObject : closeList);
      } else if (byte === closeObject || byte === closeList) {
        if (closers.at(-1) !== byte) broken = true;
        closers.pop();
        if (recordDepth > 0 && closers.length === recordDepth - 1) {
          keep(chunk.subarray(from, at + 1));
          from = at + 1;
          emitRecord();
        } else if (closers.length === 0) {
          keep(chunk.subarray(from, at + 1));
          from = at + 1;
          emitRest();
        }
      } else if (byte === comma && recordDepth === 0 && isRecordList()) {
        // Separators of records that went away.
        keep(chunk.subarray(from, at));
        from = at + 1;
      }
      if (broken) return;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  };
  return {
    push: (chunk) => {
      if (!broken) push(chunk);
    },
    end: () => {
      if (broken) counts.broken++;
      else if (closers.length > 0 || inString) counts.cut = true;
      else if (rest.some((piece) => piece.toString("utf8").trim() !== "")) counts.broken++;
    },
  };
}

function emit(bytes: Buffer, path: string, onRecord: OnRecord, counts: Counts): void {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    counts.broken++;
    return;
  }
  counts.records++;
  onRecord(path, value);
}
