/** `oneOf`: what matches two of its branches is valid for none. */

import { canonical, shown } from "../values.js";
import { accepts, areDisjoint } from "./accepts.js";
import { type BranchGroup, type Conjunction, type NormalSchema, part } from "./normal-schema.js";
import type { SchemaNode } from "./schema-reader.js";
import type { Walk } from "./walk.js";

const witnesses: readonly unknown[] = [{}, [], "", 0, 1, true, null];

/** Of `oneOf` only one branch may match: a branch that came new or changed could make it two. */
export function matchedTwice(
  walk: Walk,
  sender: NormalSchema,
  receiver: NormalSchema,
  group: BranchGroup,
  matched: SchemaNode,
): void {
  if (group.kind === "anyOf") return;
  const same = canonical(group.branches.map(({ value }) => value));
  if (sender.parts.some(({ node }) => typeof node.value === "object" && canonical(node.value["oneOf"] ?? []) === same)) return;
  const normalise = (parts: Conjunction) => walk.receiver(parts);
  const second = group.branches.find(
    (branch) => branch !== matched && !areDisjoint(sender, walk.receiver([part(branch)]), normalise),
  );
  if (second === undefined) return;
  const wasChoice = sender.given.some(({ node, bare }) => bare && typeof node.value === "object" && "oneOf" in node.value);
  const proof = wasChoice
    ? undefined
    : [...witnesses, smallObject(walk, sender, group)].find(
        (value) =>
          accepts(sender, value, (parts) => walk.sender(parts)) === true &&
          group.branches.filter((branch) => accepts(walk.receiver([part(branch)]), value, normalise) === true).length > 1,
      );
  walk.gap(
    {
      rule: proof === undefined ? "oneof-overlap" : "oneof-ambiguous",
      level: proof === undefined ? "note" : "error",
      message: `${proof === undefined ? "a value may match" : `${shown(proof)} matches`} more than one branch of oneOf, and then it is valid for none`,
      fix: "tell the branches apart by a property with a fixed value, or use anyOf",
    },
    walk.sender(sender.given.slice(0, 1)),
    receiver,
  );
}

/** An object with all that any branch requires. */
function smallObject(walk: Walk, sender: NormalSchema, group: BranchGroup): unknown {
  const names = new Set([...sender.required, ...group.branches.flatMap((branch) => [...walk.receiver([part(branch)]).required])]);
  return Object.fromEntries([...names].map((name) => [name, smallValue(walk.sender(sender.property(name)))]));
}

function smallValue({ values, types }: NormalSchema): unknown {
  if (values !== null) return values[0];
  if (types.has("string")) return "";
  if (types.has("integer")) return 0;
  return types.has("boolean") ? true : types.has("array") ? [] : types.has("object") ? {} : null;
}
