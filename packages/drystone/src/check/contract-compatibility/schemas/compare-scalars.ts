/** Bounds, lengths, patterns and formats of numbers and texts. */

import type { Level } from "../change.js";
import { shown } from "../values.js";
import { isMultiple } from "./accepts.js";
import { type Bound, isAnything, type JsonType, type NormalSchema } from "./normal-schema.js";
import type { Walk } from "./walk.js";

export function compareScalars(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const both = (...types: readonly JsonType[]) => types.some((type) => sender.types.has(type) && receiver.types.has(type));
  if (both("integer", "fraction")) compareNumbers(walk, sender, receiver);
  if (both("string")) compareTexts(walk, sender, receiver);
  if (both("string", "integer", "fraction")) compareFormats(walk, sender, receiver);
}

function compareNumbers(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const whole = !sender.types.has("fraction") || !receiver.types.has("fraction");
  compareBound(walk, sender, receiver, "minimum", whole);
  compareBound(walk, sender, receiver, "maximum", whole);
  for (const wanted of receiver.multiples) {
    if (whole && Number.isInteger(1 / wanted)) continue;
    if (sender.multiples.some((multiple) => isMultiple(multiple, wanted) === true)) continue;
    limit(walk, sender, receiver, {
      rule: "multiple-of",
      before: sender.multiples.length === 0 ? null : sender.multiples.join(", "),
      after: String(wanted),
      name: "multipleOf",
    });
  }
}

function compareBound(
  walk: Walk,
  sender: NormalSchema,
  receiver: NormalSchema,
  name: "minimum" | "maximum",
  whole: boolean,
): void {
  const wanted = receiver[name];
  if (wanted === null) return;
  const given = sender[name];
  if (given !== null && isInside(given, wanted, name === "minimum" ? 1 : -1, whole)) return;
  limit(walk, sender, receiver, { rule: name, before: given === null ? null : boundText(given), after: boundText(wanted), name });
}

/** @param whole only whole numbers come: above 4 and from 5 on are the same. */
function isInside(given: Bound, wanted: Bound, sign: 1 | -1, whole: boolean): boolean {
  const edge = ({ value, exclusive }: Bound) => {
    if (!whole) return sign * value;
    const next = sign === 1 ? Math.ceil(value) : Math.floor(value);
    return sign * next + (exclusive && next === value ? 1 : 0);
  };
  if (edge(given) !== edge(wanted)) return edge(given) > edge(wanted);
  return whole || given.exclusive || !wanted.exclusive;
}

function boundText({ value, exclusive }: Bound): string {
  return exclusive ? `${value} (exclusive)` : String(value);
}

function compareTexts(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  countLimits(walk, sender, receiver, "minLength", "maxLength");
  const given = sender.patterns.filter((pattern) => !matchesAll.has(pattern));
  for (const pattern of receiver.patterns) {
    if (given.includes(pattern) || matchesAll.has(pattern)) continue;
    walk.gap(patternGap(walk.direction, given[0] ?? null, pattern), sender, receiver);
  }
}

const matchesAll: ReadonlySet<string> = new Set(["", ".*", "^.*$", "^", "$", "^.*", ".*$"]);

/** Whether one pattern holds what another does cannot be told in general; that a first one refuses something can. */
function patternGap(direction: "request" | "response", given: string | null, pattern: string): Parameters<Walk["gap"]>[0] {
  const fix = "check the values that are in use against both patterns";
  if (direction === "request")
    return given === null
      ? {
          rule: "pattern-added",
          level: "error",
          message: `only text that matches ${shown(pattern)} is accepted from now on`,
          fix,
        }
      : {
          rule: "pattern-changed",
          level: "warning",
          message: `the pattern changed from ${shown(given)} to ${shown(pattern)}; whether all that was sent still matches cannot be told`,
          fix,
        };
  return {
    rule: given === null ? "pattern-removed" : "pattern-changed",
    level: "warning",
    message: `the pattern ${shown(pattern)} is no longer promised${given === null ? "" : `, but ${shown(given)}`}`,
    fix,
  };
}

/** Formats of which one is part of the other: what is narrower may be sent where the wider is expected. */
const wider: ReadonlyMap<string, readonly string[]> = new Map([
  ["int32", ["int64", "float", "double", "decimal"]],
  ["float", ["double", "decimal"]],
  ["uri", ["uri-reference", "iri", "iri-reference"]],
  ["email", ["idn-email"]],
  ["hostname", ["idn-hostname"]],
  ["int16", ["int32", "int64"]],
  ["int8", ["int16", "int32", "int64"]],
]);

function compareFormats(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const request = walk.direction === "request";
  if (
    receiver.format !== null &&
    receiver.format !== sender.format &&
    !wider.get(sender.format ?? "")?.includes(receiver.format)
  ) {
    const [before, after] = request ? [sender.format, receiver.format] : [receiver.format, sender.format];
    walk.gap(
      {
        rule: "format-changed",
        level: "error",
        message: `the format changed from ${before ?? "none"} to ${after ?? "none"}`,
        fix: "keep the old format, or add a new property with the new one",
      },
      sender,
      receiver,
    );
  }
  for (const [name, wanted, given] of [
    ["contentEncoding", receiver.encoding, sender.encoding],
    ["contentMediaType", receiver.mediaType, sender.mediaType],
  ] as const) {
    if (wanted === null || wanted === given) continue;
    const [before, after] = request ? [given, wanted] : [wanted, given];
    walk.gap(
      {
        rule: "content-changed",
        level: "error",
        message: `${name} changed from ${before ?? "none"} to ${after ?? "none"}`,
        fix: "keep the old encoding, or add a new property with the new one",
      },
      sender,
      receiver,
    );
  }
  if (receiver.contentSchema === null) return;
  if (sender.contentSchema !== null) walk.inner(sender.contentSchema, receiver.contentSchema, "(content)");
  else if (!isAnything(walk.receiver(receiver.contentSchema)))
    walk.gap(
      {
        rule: request ? "content-schema-added" : "content-schema-removed",
        level: "error",
        message: request ? "a schema is asked of the content from now on" : "the content no longer keeps to a schema",
        fix: "keep the old promise, or put the change into a new version",
      },
      sender,
      receiver,
    );
}

const counts = {
  minLength: "text",
  maxLength: "text",
  minItems: "list",
  maxItems: "list",
  minProperties: "object",
  maxProperties: "object",
} as const;
type Count = keyof typeof counts;

/** @param tight what the sender keeps to anyhow, e.g. at least as many properties as are required. */
export function countLimits(
  walk: Walk,
  sender: NormalSchema,
  receiver: NormalSchema,
  least: Count,
  most: Count,
  tight: { readonly least: number; readonly most: number } = { least: 0, most: Number.POSITIVE_INFINITY },
): void {
  if (receiver[least] > Math.max(sender[least], tight.least))
    limit(walk, sender, receiver, {
      rule: least,
      before: sender[least] === 0 ? null : String(sender[least]),
      after: String(receiver[least]),
      name: least,
    });
  if (receiver[most] < Math.min(sender[most], tight.most))
    limit(walk, sender, receiver, {
      rule: most,
      before: Number.isFinite(sender[most]) ? String(sender[most]) : null,
      after: String(receiver[most]),
      name: most,
    });
}

interface Limit {
  readonly rule: string;
  /** What the sender keeps to; null for no limit. */
  readonly before: string | null;
  readonly after: string;
  readonly name: string;
}

/** A limit that comes new in a request is a warning: providers often enforced it before they wrote it down. */
function limit(walk: Walk, sender: NormalSchema, receiver: NormalSchema, { rule, before, after, name }: Limit): void {
  const request = walk.direction === "request";
  const word = rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const level: Level = request && before === null ? "warning" : "error";
  walk.gap(
    request
      ? {
          rule: before === null ? `${word}-set` : `${word}-tightened`,
          level,
          message:
            before === null ? `${name} ${after} is asked for from now on` : `${name} became tighter, from ${before} to ${after}`,
          fix: "keep accepting what the old limit allowed",
        }
      : {
          rule: before === null ? `${word}-removed` : `${word}-loosened`,
          level,
          message:
            before === null ? `${name} ${after} is no longer promised` : `${name} became looser, from ${after} to ${before}`,
          fix: "keep to the old limit, or put the change into a new version",
        },
    sender,
    receiver,
  );
}
