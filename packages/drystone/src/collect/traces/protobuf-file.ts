/** Files of OTLP protobuf: one message, or messages with their length in front (four bytes as the file exporter writes them, or a varint). */
import type { Counts } from "#collect/records/index.js";
import { otlpProtobufReader } from "./otlp-protobuf.js";
import type { Span } from "./span.js";

const resourceSpansTag = 0x0a;
const mostBytes = 64 * 1024 * 1024;

/** True for bytes that start with a ResourceSpans field, with or without a length in front. Text that starts with an empty line does not pass. */
export function isProtobuf(start: Buffer): boolean {
  return framingOf(start) !== null;
}

type Framing = "fixed" | "varint" | "none";

function framingOf(start: Buffer): Framing | null {
  if (start.length >= 12 && start.readUInt32BE(0) <= mostBytes && start[4] === resourceSpansTag && holdsResource(start, 5))
    return "fixed";
  if (start[0] === resourceSpansTag && holdsResource(start, 1)) return "none";
  const length = varint(start, 0);
  if (
    length !== null &&
    length.value <= mostBytes &&
    start[length.end] === resourceSpansTag &&
    holdsResource(start, length.end + 1)
  )
    return "varint";
  return null;
}

/** Length of a ResourceSpans, then its first field: resource, scope spans or schema. */
function holdsResource(bytes: Buffer, at: number): boolean {
  const length = varint(bytes, at);
  return length !== null && length.value > 0 && [0x0a, 0x12, 0x1a].includes(bytes[length.end] ?? 0);
}

export function protobufFileReader(onSpan: (span: Span) => void, counts: Counts): { push(chunk: Buffer): void; end(): void } {
  const read = otlpProtobufReader(onSpan);
  let framing: Framing | null = null;
  let held: Buffer[] = [];
  let length = 0;
  let wanted = 0;
  let skip = 0;
  const take = (message: Buffer): void => {
    if (read(message)) counts.records++;
    else counts.broken++;
  };
  /** Takes whole messages off the front; @returns how many bytes they had. */
  const consume = (bytes: Buffer): number => {
    let at = 0;
    for (;;) {
      const frame = frameAt(bytes, at, framing);
      if (frame === null) return at;
      if (frame.to - frame.from > mostBytes) {
        counts.tooLarge++;
        skip = Math.max(0, frame.to - bytes.length);
        return bytes.length;
      }
      if (frame.to > bytes.length) {
        wanted = frame.to - at;
        return at;
      }
      const message = bytes.subarray(frame.from, frame.to);
      if (framing === "none") {
        if (frame.isSpans) take(message);
      } else each(message, take, counts);
      at = frame.to;
    }
  };
  return {
    push: (chunk) => {
      framing ??= framingOf(chunk);
      const passed = Math.min(skip, chunk.length);
      skip -= passed;
      if (passed < chunk.length) held.push(chunk.subarray(passed));
      length += chunk.length - passed;
      if (length < wanted) return;
      const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
      wanted = 0;
      const used = consume(all);
      const rest = all.subarray(used);
      held = rest.length === 0 ? [] : [rest];
      length = rest.length;
    },
    end: () => {
      if (length > 0 || skip > 0) counts.cut = true;
    },
  };
}

interface Frame {
  readonly from: number;
  readonly to: number;
  readonly isSpans: boolean;
}

/** The next message at a place; null where its length is not there yet. */
function frameAt(bytes: Buffer, at: number, framing: Framing | null): Frame | null {
  if (framing === "fixed") {
    if (at + 4 > bytes.length) return null;
    return { from: at + 4, to: at + 4 + bytes.readUInt32BE(at), isSpans: true };
  }
  const isSpans = bytes[at] === resourceSpansTag;
  const size = varint(bytes, framing === "none" ? at + 1 : at);
  return size === null ? null : { from: size.end, to: size.end + size.value, isSpans };
}

/** The ResourceSpans of one request. */
function each(message: Buffer, take: (spans: Buffer) => void, counts: Counts): void {
  let at = 0;
  while (at < message.length) {
    const frame = frameAt(message, at, "none");
    if (frame === null || frame.to > message.length || message[at] !== resourceSpansTag) {
      counts.broken++;
      return;
    }
    take(message.subarray(frame.from, frame.to));
    at = frame.to;
  }
}

function varint(bytes: Buffer, start: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let at = start, shift = 0; at < bytes.length && shift <= 28; at++, shift += 7) {
    const byte = bytes[at] as number;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, end: at + 1 };
  }
  return null;
}
