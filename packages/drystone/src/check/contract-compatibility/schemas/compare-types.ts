/** Types, and null among them. */
import { jsonTypes, type NormalSchema } from "./normal-schema.js";
import type { Walk } from "./walk.js";

/** False when the types have nothing in common, so that there is nothing more to compare. */
export function compareTypes(walk: Walk, sender: NormalSchema, receiver: NormalSchema): boolean {
  const refused = [...sender.types].filter((type) => !receiver.types.has(type));
  const shared = [...sender.types].some((type) => receiver.types.has(type));
  if (refused.length === 0) return shared;
  const guessed = !sender.typed && sender.implied.size > 0 && [...sender.implied].every((type) => receiver.types.has(type));
  if (refused.length === 1 && refused[0] === "null") {
    const request = walk.direction === "request";
    walk.gap(
      {
        rule: request ? "became-not-nullable" : "became-nullable",
        level: guessed ? "note" : "error",
        message: request ? "null is no longer accepted" : "null may come from now on",
        fix: request ? "keep accepting null" : "leave the value out instead, or put the change into a new version",
      },
      sender,
      receiver,
    );
    return shared;
  }
  const [before, after] = walk.direction === "request" ? [sender, receiver] : [receiver, sender];
  walk.gap(
    guessed
      ? {
          rule: "type-named",
          level: "note",
          message: `the type ${typesText(receiver)} is named now; what else it says spoke of that type already`,
          fix: "nothing, if nobody sends anything else",
        }
      : {
          rule: "type-changed",
          level: "error",
          message: `the type changed from ${typesText(before)} to ${typesText(after)}`,
          fix: "add a new property or operation with the new type and keep the old one until nobody uses it",
        },
    sender,
    receiver,
  );
  return shared;
}

function typesText({ types, typed }: NormalSchema): string {
  if (!typed || types.size === jsonTypes.length) return "anything";
  const names = [...types].flatMap((type) =>
    type === "fraction" ? "number" : type === "integer" && types.has("fraction") ? [] : type,
  );
  return names.sort().join(" or ");
}
