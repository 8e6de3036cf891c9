/** OTLP as protobuf, read field by field (opentelemetry/proto/trace/v1/trace.proto): only what says who talked to whom is decoded. */
import { type AttributePicker, attributePicker } from "./attributes.js";
import { serviceName } from "./otlp-json.js";
import { type Span, type SpanKind, spanKinds } from "./span.js";

/** Reads one ResourceSpans message. @returns false when the bytes are no such message. */
export function otlpProtobufReader(onSpan: (span: Span) => void): (bytes: Buffer) => boolean {
  const picker = attributePicker();
  return (bytes) => {
    try {
      readResourceSpans(bytes, picker, onSpan);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
}

/** Walks over the fields of a message. @throws RangeError for bytes that are none. */
function fieldsOf(
  bytes: Buffer,
  start: number,
  end: number,
  onField: (field: number, from: number, to: number, value: number) => void,
): void {
  let at = start;
  while (at < end) {
    let tag = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) throw new RangeError("tag");
      const byte = bytes[at++] as number;
      tag += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    const field = Math.floor(tag / 8);
    switch (tag & 7) {
      case 0: {
        let value = 0;
        for (let shift = 0; ; shift += 7) {
          if (at >= end || shift > 63) throw new RangeError("varint");
          const byte = bytes[at++] as number;
          value += (byte & 127) * 2 ** shift;
          if (byte < 128) break;
        }
        onField(field, 0, 0, value);
        break;
      }
      case 1:
        if (at + 8 > end) throw new RangeError("fixed64");
        onField(field, at, at + 8, 0);
        at += 8;
        break;
      case 2: {
        let length = 0;
        for (let shift = 0; ; shift += 7) {
          if (at >= end || shift > 28) throw new RangeError("length");
          const byte = bytes[at++] as number;
          length += (byte & 127) * 2 ** shift;
          if (byte < 128) break;
        }
        if (at + length > end) throw new RangeError("length");
        onField(field, at, at + length, 0);
        at += length;
        break;
      }
      case 5:
        if (at + 4 > end) throw new RangeError("fixed32");
        at += 4;
        break;
      default:
        throw new RangeError("wire type");
    }
  }
}

interface Resource {
  service: string | null;
  meshService: string | null;
}

function readResourceSpans(bytes: Buffer, picker: AttributePicker, onSpan: (span: Span) => void): void {
  const resource: Resource = { service: null, meshService: null };
  const scopes: [number, number][] = [];
  fieldsOf(bytes, 0, bytes.length, (field, from, to) => {
    if (field === 1) readResource(bytes, from, to, picker, resource);
    else if (field === 2) scopes.push([from, to]);
  });
  for (const [start, end] of scopes) {
    fieldsOf(bytes, start, end, (field, from, to) => {
      if (field === 2 && to > from) readSpan(bytes, from, to, resource, picker, onSpan);
    });
  }
}

function readResource(bytes: Buffer, start: number, end: number, picker: AttributePicker, resource: Resource): void {
  fieldsOf(bytes, start, end, (field, from, to) => {
    if (field !== 1) return;
    readAttribute(bytes, from, to, (key, value) => {
      const slot = picker.slotOf(key);
      if (key === "service.name") resource.service = serviceName(value());
      else if (slot !== undefined) picker.put(slot, value());
    });
  });
  resource.meshService = picker.done().meshService ?? null;
}

function readAttribute(bytes: Buffer, start: number, end: number, onAttribute: (key: string, value: () => string) => void): void {
  let key = "";
  let [valueFrom, valueTo] = [0, 0];
  fieldsOf(bytes, start, end, (field, from, to) => {
    if (field === 1) key = bytes.toString("latin1", from, to);
    else if (field === 2) [valueFrom, valueTo] = [from, to];
  });
  if (key !== "") onAttribute(key, () => anyValue(bytes, valueFrom, valueTo));
}

function anyValue(bytes: Buffer, start: number, end: number): string {
  let text = "";
  fieldsOf(bytes, start, end, (field, from, to, value) => {
    if (field === 1) text = bytes.toString("utf8", from, Math.min(to, from + 1000));
    else if (field === 2) text = value === 0 ? "false" : "true";
    else if (field === 3) text = String(value);
    else if (field === 4) text = String(bytes.readDoubleLE(from));
  });
  return text;
}

function readSpan(
  bytes: Buffer,
  start: number,
  end: number,
  resource: Resource,
  picker: AttributePicker,
  onSpan: (span: Span) => void,
): void {
  let trace = "";
  let id = "";
  let parent = "";
  let name = "";
  let kind: SpanKind = spanKinds.unspecified;
  let began = 0;
  let ended = 0;
  let failed = false;
  const links: (readonly [string, string])[] = [];
  fieldsOf(bytes, start, end, (field, from, to, value) => {
    switch (field) {
      case 1:
        trace = idOf(bytes, from, to, 16);
        break;
      case 2:
        id = idOf(bytes, from, to, 8);
        break;
      case 4:
        parent = idOf(bytes, from, to, 8);
        break;
      case 5:
        name = bytes.toString("utf8", from, Math.min(to, from + 200));
        break;
      case 6:
        if (value <= 5) kind = value as SpanKind;
        break;
      case 7:
        began = milliseconds(bytes, from);
        break;
      case 8:
        ended = milliseconds(bytes, from);
        break;
      case 9:
        readAttribute(bytes, from, to, (key, text) => {
          const slot = picker.slotOf(key);
          if (slot !== undefined) picker.put(slot, text());
        });
        break;
      case 13: {
        const link = linkOf(bytes, from, to);
        if (link !== null && links.length < 128) links.push(link);
        break;
      }
      case 15:
        fieldsOf(bytes, from, to, (part, _from, _to, code) => {
          if (part === 3) failed = code === 2;
        });
        break;
      default:
    }
  });
  const attributes = picker.done();
  if (trace === "" || id === "") return;
  onSpan({
    trace,
    id,
    parent,
    service: attributes.meshService ?? resource.meshService ?? resource.service,
    kind,
    name,
    start: began,
    end: Math.max(began, ended),
    failed,
    attributes,
    links,
  });
}

function linkOf(bytes: Buffer, start: number, end: number): readonly [string, string] | null {
  let [trace, span] = ["", ""];
  fieldsOf(bytes, start, end, (field, from, to) => {
    if (field === 1) trace = idOf(bytes, from, to, 16);
    else if (field === 2) span = idOf(bytes, from, to, 8);
  });
  return trace === "" || span === "" ? null : [trace, span];
}

function idOf(bytes: Buffer, from: number, to: number, length: number): string {
  if (to - from !== length) return "";
  const text = bytes.toString("hex", from, to);
  return /[^0]/.test(text) ? text : "";
}

function milliseconds(bytes: Buffer, from: number): number {
  const value = (bytes.readUInt32LE(from) + bytes.readUInt32LE(from + 4) * 2 ** 32) / 1e6;
  return value < 4.1e12 ? value : 0;
}
