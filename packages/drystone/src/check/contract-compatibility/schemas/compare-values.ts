/** Lists of values: `enum`, `const`, and the open list of `x-extensible-enum`. */

import { canonical, shown } from "../values.js";
import { accepts } from "./accepts.js";
import type { NormalSchema } from "./normal-schema.js";
import type { Walk } from "./walk.js";

/** An open list still names what is accepted today. */
export function compareExtensible(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  if (walk.direction === "response" || sender.extensible === null || receiver.extensible === null) return;
  const kept = new Set(receiver.extensible.map((value) => canonical(value)));
  const gone = sender.extensible.filter((value) => !kept.has(canonical(value)));
  if (gone.length === 0) return;
  walk.gap(
    {
      rule: "enum-value-removed",
      level: "error",
      message: `${gone.slice(0, 5).map(shown).join(", ")} ${gone.length === 1 ? "is" : "are"} no longer accepted`,
      fix: "keep accepting what consumers send today; mark it as deprecated first",
    },
    sender,
    receiver,
  );
}

/** Each value for itself. True when that settles all. */
export function compareValues(walk: Walk, sender: NormalSchema, receiver: NormalSchema): boolean {
  // What other words of the sender refuse is never sent.
  const values = (sender.values ?? []).filter((value) => accepts(sender, value, (parts) => walk.sender(parts)) !== false);
  const answers = values.slice(0, 1000).map((value) => accepts(receiver, value, (parts) => walk.receiver(parts)));
  const refused = values.filter((_, index) => answers[index] === false);
  const open = receiver.extensible !== null || sender.extensible !== null;
  if (refused.length > 0 && !(walk.direction === "response" && open)) {
    const listed = `${refused.slice(0, 5).map(shown).join(", ")}${refused.length > 5 ? ` and ${refused.length - 5} more` : ""}`;
    const fixed = receiver.isConst || receiver.values === null;
    walk.gap(
      walk.direction === "request"
        ? {
            rule: fixed ? "value-refused" : "enum-value-removed",
            level: "error",
            message: `${values.length === refused.length && fixed ? "" : "the value "}${listed} ${refused.length === 1 ? "is" : "are"} no longer accepted`,
            fix: "keep accepting what consumers send today; mark it as deprecated first",
          }
        : {
            rule: fixed ? "value-unexpected" : "enum-value-added",
            level: fixed ? "error" : "warning",
            message: `${listed} may come, which the old contract did not name`,
            fix: "tell consumers first, or declare the list as open with x-extensible-enum",
          },
      sender,
      receiver,
    );
    return true;
  }
  return !answers.includes(null) && values.length <= 1000;
}

export function becameClosed(walk: Walk, sender: NormalSchema, receiver: NormalSchema): void {
  const values = (receiver.values ?? []).slice(0, 5).map(shown).join(", ");
  const onlyFinite = [...sender.types].every((type) => type === "boolean" || type === "null");
  const all = [true, false, null].filter((value) => sender.types.has(value === null ? "null" : "boolean"));
  if (onlyFinite && all.every((value) => receiver.values?.includes(value))) return;
  if (walk.direction === "response" && receiver.extensible !== null) return;
  walk.gap(
    walk.direction === "request"
      ? {
          rule: receiver.isConst ? "const-added" : "became-enum",
          level: "error",
          message: `only ${values} ${receiver.values?.length === 1 ? "is" : "are"} accepted from now on`,
          fix: "keep accepting other values, or put the change into a new version",
        }
      : {
          rule: receiver.isConst ? "const-removed" : "enum-opened",
          level: "error",
          message: `anything may come where it was ${receiver.values?.length === 1 ? "always" : "one of"} ${values}`,
          fix: "keep the list of values, or put the change into a new version",
        },
    sender,
    receiver,
  );
}
