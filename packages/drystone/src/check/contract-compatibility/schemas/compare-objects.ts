/** Objects: what has to be there, what may be there, and what each property has to be. */

import { countLimits } from "./compare-scalars.js";
import { isFine } from "./comparison.js";
import { compareGapOf } from "./gap-texts.js";
import { matches } from "./matches.js";
import { type Conjunction, isAnything, type NormalSchema, part } from "./normal-schema.js";
import type { Walk } from "./walk.js";

export function compareObjects(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const isClosed = sender.additional !== null && walk.sender(sender.additional).never && sender.patternProperties.size === 0;
  countLimits(walk, sender, receiver, "minProperties", "maxProperties", {
    least: sender.required.size,
    most: isClosed ? sender.properties.size : Number.POSITIVE_INFINITY,
  });
  const sent = [...sender.properties].filter(([, parts]) => !isKeptBack(walk, walk.sender(parts)) && !walk.sender(parts).never);
  for (const [name, parts] of sent) compareProperty(walk, sender, receiver, name, parts);
  if (walk.direction === "response") compareKeptBack(walk, sender, receiver);
  for (const [name, parts] of receiver.properties) {
    if (!sender.properties.has(name)) compareUndeclared(walk, sender, receiver, name, parts);
  }
  for (const name of receiver.required) compareRequired(walk, sender, receiver, name);
  comparePatterns(walk, sender, receiver, isClosed);
  compareAdditional(walk, sender, receiver);
  compareNames(walk, sender, receiver);
  compareDependents(walk, sender, receiver);
}

/** What is read-only is not sent in requests, what is write-only not in responses. */
function isKeptBack({ direction }: Walk, schema: NormalSchema): boolean {
  return direction === "request" ? schema.readOnly : schema.writeOnly;
}

/** Optional properties that could come and are write-only now; required ones are told of with what is required. */
function compareKeptBack(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  for (const [name, parts] of receiver.properties) {
    if (receiver.required.has(name) || !sender.properties.has(name) || isKeptBack(walk, walk.receiver(parts))) continue;
    if (isKeptBack(walk, walk.sender(sender.property(name)))) becameWriteOnly(walk, sender, receiver, name, "warning");
  }
}

function compareProperty(walk: Walk, sender: NormalSchema, receiver: NormalSchema, name: string, parts: Conjunction): void {
  const expected = receiver.property(name);
  if (receiver.properties.has(name)) {
    const wanted = walk.receiver(expected);
    if (isKeptBack(walk, wanted)) {
      // Response: a consumer that reads the old contract never sees it, and nothing is promised.
      walk.gap(
        {
          rule: walk.direction === "request" ? "property-became-readable-only" : "property-no-longer-write-only",
          level: walk.direction === "request" ? "warning" : "note",
          message:
            walk.direction === "request"
              ? `${quoted(name)} became read-only: what consumers send for it may be refused or ignored`
              : `${quoted(name)} was write-only and may come now`,
          fix: "ignore what is sent, do not refuse it",
          at: name,
        },
        sender,
        receiver,
      );
      return;
    }
    walk.inner(parts, expected, name);
    return;
  }
  if (walk.receiver(expected).never) return notExpected(walk, sender, receiver, name);
  if (!isAnything(walk.receiver(expected))) walk.inner(parts, expected, name);
  const reached =
    [...receiver.patternProperties.keys()].some((pattern) => matches(pattern, name) === true) ||
    isNamedInside(receiver, name, (parts) => walk.receiver(parts));
  // Where there are branches, the one that fits tells of it.
  if (walk.direction === "request" && !reached && receiver.additional === null && receiver.groups.length === 0)
    walk.gap(
      {
        rule: "property-removed",
        level: "warning",
        message: `${quoted(name)} is gone: whether it is ignored or refused cannot be told`,
        fix: "keep accepting it, marked as deprecated, until nobody sends it",
        at: name,
      },
      sender,
      receiver,
    );
}

/** True when a branch or a condition names the property: it is compared there. */
function isNamedInside(schema: NormalSchema, name: string, normalise: (parts: Conjunction) => NormalSchema, depth = 0): boolean {
  if (depth > 5) return true;
  const inner = [
    ...schema.groups.flatMap(({ branches }) => branches),
    ...schema.conditions.flatMap(({ holds, fails }) => [holds, fails].filter((node) => node !== null)),
    ...[...schema.dependentSchemas.values()].flatMap((parts) => parts.map(({ node }) => node)),
  ];
  return inner.some((node) => {
    const own = normalise([part(node)]);
    return own.properties.has(name) || isNamedInside(own, name, normalise, depth + 1);
  });
}

function notExpected(walk: Walk, sender: NormalSchema, receiver: NormalSchema, name: string): void {
  walk.gap(
    walk.direction === "request"
      ? {
          rule: "property-removed",
          level: "error",
          message: `${quoted(name)} is gone and no other property is accepted (additionalProperties: false)`,
          fix: "keep accepting it, marked as deprecated, until nobody sends it",
          at: name,
        }
      : {
          rule: "property-unexpected",
          level: "error",
          message: `${quoted(name)} may come, where the old contract allowed no other property (additionalProperties: false)`,
          fix: "allow other properties in responses before adding one: a closed response cannot grow",
          at: name,
        },
    sender,
    receiver,
  );
}

/** A property that only the receiver names. In a request it is new, and by convention nobody has sent anything under that name. */
function compareUndeclared(walk: Walk, sender: NormalSchema, receiver: NormalSchema, name: string, wanted: Conjunction): void {
  const schema = walk.receiver(wanted);
  const given = sender.property(name);
  if (given.length > 0 && !walk.sender(given).never && !isAnything(walk.sender(given))) walk.inner(given, wanted, name);
  if (walk.direction === "request") {
    if (schema.never)
      walk.gap(
        {
          rule: "property-forbidden",
          level: "warning",
          message: `${quoted(name)} is refused from now on`,
          fix: "ignore it instead",
          at: name,
        },
        sender,
        receiver,
      );
    return;
  }
  if (schema.never && !(given.length > 0 && walk.sender(given).never)) return notExpected(walk, sender, receiver, name);
  if (schema.writeOnly || schema.never || isNamedInside(sender, name, (parts) => walk.sender(parts))) return;
  const required = receiver.required.has(name);
  // It still comes, as anything.
  if (required && sender.required.has(name)) {
    if (given.length === 0 || isAnything(walk.sender(given))) walk.inner(given, wanted, name);
    return;
  }
  const ended = schema.deprecated;
  walk.gap(
    {
      rule: "property-removed",
      level: required ? "error" : ended ? "note" : "warning",
      message: required
        ? `${quoted(name)} was always there and is gone`
        : `${quoted(name)} is gone${ended ? "; it was deprecated" : ""}`,
      fix: "keep sending it, marked as deprecated, until nobody reads it",
      at: name,
    },
    sender,
    receiver,
  );
}

function compareRequired(walk: Walk, sender: NormalSchema, receiver: NormalSchema, name: string): void {
  const keptBack = sender.properties.has(name) && isKeptBack(walk, walk.sender(sender.property(name)));
  if (sender.required.has(name) && !keptBack) return;
  const wanted = walk.receiver(receiver.property(name));
  if (isKeptBack(walk, wanted)) return;
  if (keptBack && walk.direction === "response") return becameWriteOnly(walk, sender, receiver, name, "error");
  const declared = sender.properties.has(name);
  // The property itself was told of where it is declared.
  if (walk.direction === "response" && !declared && receiver.properties.has(name)) return;
  // A read-only property was never sent: requiring it is as new as if it were.
  walk.gap(
    walk.direction === "request"
      ? {
          rule: declared ? "property-became-required" : "required-property-added",
          level: "error",
          message: declared ? `${quoted(name)} became required` : `${quoted(name)} is new and required`,
          fix: "make it optional and let the provider fill in a default",
          at: name,
        }
      : {
          rule: "property-became-optional",
          level: "error",
          message: `${quoted(name)} was always there and may be left out now`,
          fix: "keep sending it",
          at: name,
        },
    sender,
    receiver,
  );
}

/** Required or not, it is no longer sent. */
function becameWriteOnly(
  walk: Walk,
  sender: NormalSchema,
  receiver: NormalSchema,
  name: string,
  level: "error" | "warning",
): void {
  walk.gap(
    {
      rule: "property-became-write-only",
      level,
      message: `${quoted(name)} became write-only: ${level === "error" ? "it always came" : "it could come"} and no longer does`,
      fix: "keep sending it, marked as deprecated, until nobody reads it",
      at: name,
    },
    sender,
    receiver,
  );
}

function comparePatterns(walk: Walk, sender: NormalSchema, receiver: NormalSchema, isClosed: boolean): void {
  for (const [pattern, wanted] of receiver.patternProperties) {
    const given = sender.patternProperties.get(pattern);
    if (given !== undefined) {
      walk.inner(given, wanted, `/${pattern}/`);
      continue;
    }
    if (isClosed || isAnything(walk.receiver(wanted))) continue;
    if (sender.additional !== null && isFine(walk.trial(sender.additional, wanted)) && sender.patternProperties.size === 0)
      continue;
    walk.gap(
      walk.direction === "request"
        ? {
            rule: "pattern-property-added",
            level: "error",
            message: `more is asked of properties whose names match ${quoted(pattern)}`,
            fix: "keep accepting what was accepted under such names",
          }
        : {
            rule: "pattern-property-removed",
            level: "error",
            message: `nothing is promised any more of properties whose names match ${quoted(pattern)}`,
            fix: "keep the promise, or put the change into a new version",
          },
      sender,
      receiver,
    );
  }
  if (receiver.additional === null) return;
  for (const [pattern, parts] of sender.patternProperties)
    if (!receiver.patternProperties.has(pattern)) walk.inner(parts, receiver.additional, `/${pattern}/`);
}

function compareAdditional(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  if (receiver.additional === null) return;
  const wanted = walk.receiver(receiver.additional);
  if (isAnything(wanted)) return;
  const given = sender.additional === null ? null : walk.sender(sender.additional);
  if (given?.never) return;
  if (given !== null && !wanted.never && sender.additional !== null)
    return walk.inner(sender.additional, receiver.additional, "*");
  walk.gap(
    walk.direction === "request"
      ? {
          rule: "additional-properties-restricted",
          level: "error",
          message: wanted.never
            ? "other properties are refused from now on"
            : "other properties have to be of a certain kind from now on",
          fix: "keep ignoring what is not known",
        }
      : {
          rule: "additional-properties-opened",
          level: "error",
          message: wanted.never
            ? "other properties may come, where the old contract allowed none"
            : "other properties may be anything, where the old contract named their kind",
          fix: "tell consumers first, or put the change into a new version",
        },
    sender,
    receiver,
  );
}

function compareNames(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  if (receiver.names.length === 0 || isAnything(walk.receiver(receiver.names))) return;
  if (sender.names.length === 0) walk.gap(compareGapOf(walk.direction, "property-names"), sender, receiver);
  else walk.inner(sender.names, receiver.names, "(names)");
}

function compareDependents(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  for (const [name, needs] of receiver.dependentRequired) {
    const given = new Set([...(sender.dependentRequired.get(name) ?? []), ...sender.required]);
    const more = needs.filter((need) => !given.has(need));
    if (more.length === 0 || walk.sender(sender.property(name)).never) continue;
    const request = walk.direction === "request";
    walk.gap(
      {
        rule: request ? "dependent-required-added" : "dependent-required-removed",
        level: "error",
        message: request
          ? `with ${quoted(name)}, ${more.map(quoted).join(" and ")} ${more.length === 1 ? "is" : "are"} required too`
          : `${more.map(quoted).join(" and ")} no longer always ${more.length === 1 ? "comes" : "come"} with ${quoted(name)}`,
        fix: request ? "keep accepting one without the other" : "keep sending both",
        at: name,
      },
      sender,
      receiver,
    );
  }
  for (const [name, wanted] of receiver.dependentSchemas) {
    if (walk.sender(sender.property(name)).never) continue;
    const given = sender.dependentSchemas.get(name);
    if (given !== undefined) {
      walk.inner([...sender.parts, ...given], wanted, "");
      continue;
    }
    if (isAnything(walk.receiver(wanted)) || isFine(walk.trial(sender.parts, wanted))) continue;
    const request = walk.direction === "request";
    walk.gap(
      {
        rule: request ? "dependent-schema-added" : "dependent-schema-removed",
        level: "error",
        message: request
          ? `more is asked of the whole when ${quoted(name)} is there`
          : `what was promised of the whole when ${quoted(name)} is there is promised no longer`,
        fix: "keep the old rule, or put the change into a new version",
        at: name,
      },
      sender,
      receiver,
    );
  }
}

function quoted(name: string): string {
  return `"${name.length > 80 ? `${name.slice(0, 77)}...` : name}"`;
}
