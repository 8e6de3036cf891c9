/** `not`: what is kept away. */

import { canonical, shown } from "../values.js";
import { areDisjoint } from "./accepts.js";
import { type NormalSchema, part } from "./normal-schema.js";
import type { Walk } from "./walk.js";

export function compareNots(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  for (const not of receiver.nots) {
    const excluded = walk.receiver([part(not)]);
    const text = canonical(not.value);
    if (sender.nots.some((own) => canonical(own.value) === text && !text.includes('"$ref"'))) continue;
    if (areDisjoint(sender, excluded, (parts) => walk.receiver(parts))) continue;
    walk.gap(
      {
        rule: sender.nots.length > 0 ? "not-changed" : walk.direction === "request" ? "not-added" : "not-removed",
        level: "error",
        message:
          walk.direction === "request"
            ? `what \`not\` describes (${shown(not.value)}) is refused from now on`
            : `what \`not\` kept away (${shown(not.value)}) may come from now on`,
        fix: "keep the old rule, or put the change into a new version",
      },
      sender,
      receiver,
    );
  }
}
