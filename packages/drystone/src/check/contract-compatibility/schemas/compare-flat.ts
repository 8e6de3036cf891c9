/** A sender without a choice against all that the receiver asks for, one word after the other. */
import { compareArrays } from "./compare-arrays.js";
import { compareGroup } from "./compare-branches.js";
import { compareConditions } from "./compare-conditions.js";
import { compareNots } from "./compare-nots.js";
import { compareObjects } from "./compare-objects.js";
import { compareScalars } from "./compare-scalars.js";
import { compareTypes } from "./compare-types.js";
import { becameClosed, compareExtensible, compareValues } from "./compare-values.js";
import type { NormalSchema, TypeNodes } from "./normal-schema.js";
import type { Walk } from "./walk.js";

export function compareFlat(walk: Walk, sender: NormalSchema, receiver: NormalSchema, types: TypeNodes): void {
  if (sender.never) return;
  if (receiver.never) {
    walk.gap(
      {
        rule: "nothing-allowed",
        level: "error",
        message:
          walk.direction === "request" ? "nothing is accepted here any more" : "something may come where nothing was allowed",
        fix: "allow it again, or put the change into a new version",
      },
      sender,
      receiver,
    );
    return;
  }
  compareExtensible(walk, sender, receiver);
  if (sender.values !== null && compareValues(walk, sender, receiver)) return;
  if (!compareTypes(walk, sender, receiver)) return;
  if (sender.values === null && receiver.values !== null) becameClosed(walk, sender, receiver);
  if (sender.values === null) {
    compareScalars(walk, sender, receiver);
    if (sender.types.has("array") && receiver.types.has("array")) compareArrays(walk, sender, receiver);
    if (sender.types.has("object") && receiver.types.has("object")) compareObjects(walk, sender, receiver);
  }
  for (const group of receiver.groups) compareGroup(walk, sender, receiver, group, types);
  compareNots(walk, sender, receiver);
  compareConditions(walk, sender, receiver);
}
