/** Parts of a contract that are not what its format says: told with file and pointer, never passed over. */
import type { ContractChange, Place } from "./change.js";
import { plainChange } from "./change-log.js";
import type { Mistake } from "./openapi-model.js";
import type { SchemaReader } from "./schemas/index.js";
import { shown } from "./values.js";

const most = 50;

/** A mistake that was there before is a warning: nothing changed, but what it says could not be compared. */
export function malformed(before: readonly Mistake[], after: readonly Mistake[]): ContractChange[] {
  const known = new Set(before.map(mistakeText));
  return after.slice(0, most).map((mistake) =>
    plainChange(
      {
        rule: "malformed",
        level: known.has(mistakeText(mistake)) ? "warning" : "error",
        message: `${pointerText(mistake.place)} ${mistake.text}`,
        fix: "correct it; what stands there was not compared",
      },
      "",
      "",
      null,
      mistake.place,
    ),
  );
}

/** What a reference means that leads nowhere is unknown on either side: never taken to be fine. */
export function lostReferences(before: SchemaReader, after: SchemaReader): ContractChange[] {
  const known = new Set<string>();
  return [...after.lost().map((one) => [one, true] as const), ...before.lost().map((one) => [one, false] as const)].flatMap(
    ([{ reference, place }, isNew]) => {
      if (known.has(reference)) return [];
      known.add(reference);
      const draft = {
        rule: "reference-not-read",
        level: "warning",
        message: `${pointerText(place)} refers to ${shown(reference)}, which could not be read`,
        fix: "keep the file that it points to in the repository, or compare this part by hand",
      } as const;
      return [plainChange(draft, "", "", isNew ? null : place, isNew ? place : null)];
    },
  );
}

function mistakeText({ place, text }: Mistake): string {
  return `${place.pointer.join("/")} ${text}`;
}

/** `openapi.yaml#/paths/~1orders/get`. */
function pointerText({ file, pointer }: Place): string {
  return `${file}#${pointer.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
}
