/** A sender that may choose: each choice has to be expected. */

import { canonical } from "../values.js";
import { stranger } from "./compare-branches.js";
import { compareDiscriminators } from "./compare-discriminators.js";
import { compareFlat } from "./compare-flat.js";
import { errorWeight, tooLarge, weightOf } from "./comparison.js";
import { type Conjunction, isAnything, type NormalSchema, part, type TypeNodes } from "./normal-schema.js";
import { referenceName } from "./schema-reader.js";
import type { Walk } from "./walk.js";

const maxAlternatives = 64;

/** Whatever the sender may choose from has to be expected, each for itself. */
export function compareAlternatives(walk: Walk, sender: NormalSchema, receiver: NormalSchema, types: TypeNodes): void {
  if (isAnything(receiver)) return;
  compareDiscriminators(walk, sender, receiver);
  const alternatives = alternativesOf(sender);
  if (alternatives === null) {
    if (groupsText(sender) !== groupsText(receiver)) walk.gap(tooLarge, sender, receiver);
    return;
  }
  if (sender.groups.length === 0) return compareFlat(walk, sender, receiver, types);
  const strangers = strangersIn(walk, alternatives, receiver);
  for (const alternative of alternatives) {
    if (strangers.has(alternative)) stranger(walk, walk.sender(alternative), receiver, sender.groups[0]?.kind ?? "anyOf");
    else walk.inner(alternative, receiver.given, "");
  }
}

const maxStrangers = 50;

/** Named kinds of objects beside the one that was there before the choice: that they come says more than which properties they lack. */
function strangersIn(walk: Walk, alternatives: readonly Conjunction[], receiver: NormalSchema): ReadonlySet<Conjunction> {
  if (receiver.groups.length > 0 || !receiver.types.has("object") || alternatives.length > maxStrangers) return new Set();
  const weights = alternatives.map((alternative) => weightOf(walk.trial(alternative, receiver.given)));
  const home = homeOf(receiver);
  const isKept = (alternative: Conjunction, index: number) =>
    (weights[index] ?? 0) < errorWeight || (home !== "" && homeOf(walk.sender(alternative)) === home);
  if (!alternatives.some(isKept)) return new Set();
  return new Set(
    alternatives.filter((alternative, index) => {
      const node = alternative.at(-1)?.node;
      const isNamed = node !== undefined && referenceName(node) !== null;
      const isObject = walk.sender(alternative).types.has("object");
      return isNamed && isObject && !isKept(alternative, index);
    }),
  );
}

/** Where a schema stands that has a place of its own, apart from the file; "" for others. */
function homeOf({ parts }: NormalSchema): string {
  const pointer = parts.at(-1)?.node.place.pointer ?? [];
  return ["schemas", "definitions", "$defs"].includes(pointer.at(-2) ?? "") ? pointer.join("/") : "";
}

/** Each choice of one branch of every group; null when there are too many. */
function alternativesOf(schema: NormalSchema): Conjunction[] | null {
  if (schema.groups.length === 0) return [schema.parts];
  const count = schema.groups.reduce((product, { branches }) => product * branches.length, 1);
  if (count > maxAlternatives) return null;
  const base = schema.parts.map(({ node }) => ({ node, bare: true }));
  return schema.groups.reduce<Conjunction[]>(
    (chosen, { branches }) => chosen.flatMap((parts) => branches.map((branch) => [...parts, part(branch)])),
    [base],
  );
}

function groupsText({ groups }: NormalSchema): string {
  return canonical(groups.map(({ kind, branches }) => [kind, branches.map(({ value }) => value)]));
}
