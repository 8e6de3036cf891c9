/** Kinds that a discriminator tells apart: which value of its property stands for which schema. */

import { fields, isFields, list, own, text } from "../values.js";
import type { NormalSchema } from "./normal-schema.js";
import type { Walk } from "./walk.js";

/** By the specification a discriminator is a hint that changes nothing of what is valid, so all of this is a warning: whoever relies on the hint breaks. */
export function compareDiscriminators(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const [given, expected] = [discriminatorOf(sender), discriminatorOf(receiver)];
  if (given === null || expected === null) return;
  if (given.property !== expected.property) {
    const [before, after] = walk.direction === "request" ? [given, expected] : [expected, given];
    return walk.gap(
      {
        rule: "discriminator-changed",
        level: "warning",
        message: `what tells the kinds apart changed from "${shortened(before.property)}" to "${shortened(after.property)}"`,
        fix: "keep the property, or put the change into a new version",
      },
      sender,
      receiver,
    );
  }
  for (const [value, kind] of given.kinds) {
    const now = expected.kinds.get(value);
    if (now === kind) continue;
    const names = valuesFor(expected.kinds, kind);
    // A kind that the other side does not know at all is told of with its schema, or the schema was only called otherwise.
    if (names.length === 0 && (now === undefined || valuesFor(given.kinds, now).length === 0)) continue;
    walk.gap(
      {
        rule: walk.direction === "request" ? "discriminator-value-removed" : "discriminator-value-added",
        level: "warning",
        message: messageOf(walk, given.property, value, kind, now ?? null, names),
        fix:
          walk.direction === "request"
            ? "keep the old value in the mapping beside the new one"
            : "keep sending the old value, or put the change into a new version",
      },
      sender,
      receiver,
    );
  }
}

interface Discriminator {
  readonly property: string;
  /** Value of the property to the name of its schema. */
  readonly kinds: ReadonlyMap<string, string>;
}

const maxKinds = 500;

/** What the mapping names, and the names of the other branches themselves. */
function discriminatorOf({ parts }: NormalSchema): Discriminator | null {
  // Where a branch was chosen already, the choice itself was compared.
  const whole = parts.flatMap(({ node, bare }) => (bare ? [] : [fields(node.value)]));
  const schema = whole.findLast((value) => isFields(value["discriminator"]));
  const property = text(own(schema?.["discriminator"], "propertyName"));
  if (schema === undefined || property === "") return null;
  const mapped = Object.entries(fields(own(schema["discriminator"], "mapping")))
    .slice(0, maxKinds)
    .map(([value, target]) => [value, schemaName(text(target))] as const);
  const named = new Set(mapped.map(([, kind]) => kind));
  const branches = [...list(schema["oneOf"]), ...list(schema["anyOf"])].slice(0, maxKinds);
  const implied = branches
    .map((branch) => schemaName(text(own(branch, "$ref"))))
    .filter((name) => name !== "" && !named.has(name))
    .map((name) => [name, name] as const);
  return { property, kinds: new Map([...implied, ...mapped]) };
}

/** `#/components/schemas/Cat`, `cat.json` and `Cat` by their last name. */
function schemaName(reference: string): string {
  return (reference.split("/").at(-1) ?? "").replace(/\.(?:json|ya?ml)$/i, "");
}

function valuesFor(kinds: ReadonlyMap<string, string>, kind: string): string[] {
  return [...kinds].filter(([, one]) => one === kind).map(([value]) => value);
}

function messageOf(
  { direction }: Walk,
  property: string,
  value: string,
  kind: string,
  now: string | null,
  names: readonly string[],
): string {
  const spot = `"${shortened(property)}"`;
  const other = names
    .slice(0, 3)
    .map((name) => `"${shortened(name)}"`)
    .join(" or ");
  if (now !== null)
    return direction === "request"
      ? `"${shortened(value)}" in ${spot} stood for ${shortened(kind)} and stands for ${shortened(now)} now`
      : `"${shortened(value)}" in ${spot} stood for ${shortened(now)} and stands for ${shortened(kind)} now`;
  return direction === "request"
    ? `"${shortened(value)}" in ${spot} is no longer known for ${shortened(kind)}, which is called ${other} now`
    : `"${shortened(value)}" may come in ${spot} for ${shortened(kind)}, which the old contract called ${other}`;
}

function shortened(name: string): string {
  return name.length > 80 ? `${name.slice(0, 77)}...` : name;
}
