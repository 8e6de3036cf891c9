/** Lists: how many items, which at which place, and what one of them has to be. */

import { countLimits } from "./compare-scalars.js";
import { isFine } from "./comparison.js";
import { compareGapOf } from "./gap-texts.js";
import { isAnything, type NormalSchema } from "./normal-schema.js";
import type { Walk } from "./walk.js";

export function compareArrays(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const places = Math.max(sender.prefix.length, receiver.prefix.length);
  const longest = Math.min(sender.maxItems, walk.sender(sender.rest).never ? sender.prefix.length : Number.POSITIVE_INFINITY);
  countLimits(walk, sender, receiver, "minItems", "maxItems", { least: 0, most: longest });
  if (receiver.unique && !sender.unique && longest > 1) walk.gap(compareGapOf(walk.direction, "unique"), sender, receiver);
  for (let index = 0; index < Math.min(places, longest); index++)
    walk.inner(sender.prefix[index] ?? sender.rest, receiver.prefix[index] ?? receiver.rest, `[${index}]`);
  if (longest > places) walk.inner(sender.rest, receiver.rest, "[]");
  for (const wanted of receiver.contains) {
    if (wanted.least === 0 && !Number.isFinite(wanted.most)) continue;
    const given = sender.contains.find((own) => isFine(walk.trial(own.schema, wanted.schema)));
    if (given === undefined) {
      const allMatch = wanted.least <= sender.minItems && wanted.most >= longest;
      if (!(allMatch && isFine(walk.trial(sender.rest, wanted.schema)) && sender.prefix.length === 0))
        walk.gap(compareGapOf(walk.direction, "contains"), sender, receiver);
      continue;
    }
    if (wanted.least > given.least) walk.gap(compareGapOf(walk.direction, "min-contains"), sender, receiver);
    // Fewer than `most` of the narrower kind says nothing of the wider one, unless both are the same.
    if (wanted.most < given.most || (Number.isFinite(wanted.most) && !isSame(walk, given.schema, wanted.schema)))
      walk.gap(compareGapOf(walk.direction, "max-contains"), sender, receiver);
  }
}

function isSame(walk: Walk, sender: NormalSchema["rest"], receiver: NormalSchema["rest"]): boolean {
  const texts = [walk.sender(sender), walk.receiver(receiver)].map(({ parts }) =>
    JSON.stringify(parts.map(({ node }) => node.value)),
  );
  return texts[0] === texts[1] || isAnything(walk.receiver(receiver));
}
