/** `if`, `then` and `else`. */

import { canonical, shown } from "../values.js";
import { isFine } from "./comparison.js";
import { isAnything, type NormalSchema, part } from "./normal-schema.js";
import type { Walk } from "./walk.js";

export function compareConditions(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  for (const condition of receiver.conditions) {
    const same = sender.conditions.find((own) => canonical(own.condition.value) === canonical(condition.condition.value));
    for (const [word, side] of [
      ["then", "holds"],
      ["else", "fails"],
    ] as const) {
      const wanted = condition[side];
      if (wanted === null) continue;
      const given = same?.[side] ?? null;
      const schema = walk.receiver([part(wanted)]);
      if (isAnything(schema)) continue;
      if (given !== null) walk.inner([...sender.parts, part(given)], [part(wanted)], "");
      else if (!isFine(walk.trial(sender.parts, [part(wanted)])))
        walk.gap(
          {
            rule: walk.direction === "request" ? `${same ? word : "if"}-added` : `${same ? word : "if"}-removed`,
            level: sender.conditions.length > 0 && same === undefined ? "warning" : "error",
            message:
              walk.direction === "request"
                ? `a condition (if/${word}) asks for more than before: ${shown(wanted.value)}`
                : `what a condition (if/${word}) promised is no longer promised: ${shown(wanted.value)}`,
            fix: "keep the old condition, or put the change into a new version",
          },
          sender,
          receiver,
        );
    }
  }
}
