/** Records of a JSON export, whether it is one object per line, one large document, or several documents one after the other. */
import { documentReader } from "./json-document.js";
import type { Counts, JsonReader, OnRecord } from "./json-reader.js";

const mostBytes = 64 * 1024 * 1024;
const newline = 10;
/** Lines looked at to tell one object per line from one document. */
const triedLines = 20;

/** Takes chunks of UTF-8 and hands on records as they are complete; memory is bounded by the largest record. Never throws on bad input. */
export function jsonReader(onRecord: OnRecord, counts: Counts): JsonReader {
  let held: Buffer[] = [];
  let reader: JsonReader | null = null;
  const decide = (isEnd: boolean): void => {
    const start = Buffer.concat(held);
    const kind = kindOf(start, isEnd);
    if (kind === null && start.length < mostBytes) {
      held = [start];
      return;
    }
    reader = kind === "lines" ? lineReader(onRecord, counts) : documentReader(onRecord, counts, mostBytes);
    held = [];
    reader.push(start);
  };
  return {
    push: (chunk) => {
      if (reader) reader.push(chunk);
      else {
        held.push(chunk);
        decide(false);
      }
    },
    end: () => {
      if (reader === null) decide(true);
      reader?.end();
    },
  };
}

/** Lines where one of the first starts at the margin and is a JSON value of its own; null when that cannot be told yet. */
function kindOf(start: Buffer, isEnd: boolean): "lines" | "document" | null {
  let from = 0;
  for (let line = 0; line < triedLines; line++) {
    const at = start.indexOf(newline, from);
    if (at < 0 && !isEnd) return line === 0 || from === start.length ? null : undecided(start, from);
    const text = start.subarray(from, at < 0 ? start.length : at);
    if (isRecordLine(text)) return "lines";
    if (at < 0) return "document";
    from = at + 1;
  }
  return "document";
}

/** A document over several lines has short ones; a long unfinished one may be a record. */
function undecided(start: Buffer, from: number): "document" | null {
  return isMargin(start[from]) ? null : "document";
}

function isRecordLine(line: Buffer): boolean {
  if (line.length < 3 || !isMargin(line[0])) return false;
  try {
    return typeof JSON.parse(line.toString("utf8")) === "object";
  } catch {
    return false;
  }
}

function isMargin(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function lineReader(onRecord: OnRecord, counts: Counts): JsonReader {
  let parts: Buffer[] = [];
  let length = 0;
  let skipping = false;
  const finish = (last: Buffer, isEnd: boolean): void => {
    const line = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    parts = [];
    length = 0;
    if (skipping) skipping = false;
    else readLine(line, isEnd, onRecord, counts);
  };
  return {
    push: (chunk) => {
      let from = 0;
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
        finish(chunk.subarray(from, at), false);
        from = at + 1;
      }
      if (from === chunk.length || skipping) return;
      parts.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length <= mostBytes) return;
      counts.tooLarge++;
      skipping = true;
      parts = [];
    },
    end: () => {
      if (length > 0 && !skipping) finish(Buffer.alloc(0), true);
    },
  };
}

function readLine(line: Buffer, isEnd: boolean, onRecord: OnRecord, counts: Counts): void {
  const text = line.toString("utf8");
  if (text.trim() === "") return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (isEnd) counts.cut = true;
    else counts.broken++;
    return;
  }
  counts.records++;
  unwrap(value, onRecord);
}

/** Hands on the items of lists at the top of a value, then the value itself where it is an object: as a large document is taken apart. */
function unwrap(value: unknown, onRecord: OnRecord): void {
  if (Array.isArray(value)) {
    for (const item of value) onRecord("", item);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (Array.isArray(inner)) for (const item of inner) onRecord(key, item);
    else if (typeof inner === "object" && inner !== null) {
      for (const [name, deep] of Object.entries(inner))
        if (Array.isArray(deep)) for (const item of deep) onRecord(`${key}.${name}`, item);
    }
  }
  onRecord("", value);
}
