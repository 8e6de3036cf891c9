/** Sentences for rules that say the same in both directions, once as something asked for and once as something promised. */
import type { Gap, SchemaDirection } from "./walk.js";

type Draft = Pick<Gap, "rule" | "level" | "message" | "fix">;

const subjects = {
  unique: "that no item comes twice (uniqueItems)",
  contains: "that the list holds a certain item (contains)",
  "min-contains": "more of the items that contains describes (minContains)",
  "max-contains": "fewer of the items that contains describes (maxContains)",
  "property-names": "a form of the names of properties (propertyNames)",
} as const;

export function compareGapOf(direction: SchemaDirection, rule: keyof typeof subjects): Draft {
  const what = subjects[rule];
  return direction === "request"
    ? {
        rule: `${rule}-added`,
        level: "error",
        message: `${what} is asked for from now on`,
        fix: "keep accepting what was accepted",
      }
    : {
        rule: `${rule}-removed`,
        level: "error",
        message: `${what} is no longer promised`,
        fix: "keep the promise, or put the change into a new version",
      };
}
