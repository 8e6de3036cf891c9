/** One line of what a boundary costs or removes: what it is, and what it rests on. */
import type { Measure, Result } from "#model/result.js";
import { namesOf, type Page, plainNumber, sampleText, type TextOptions, tame } from "#report/_shared/index.js";
import { field } from "./finding.js";

export function printMeasure(page: Page, measure: Measure, result: Result, people: TextOptions["people"]): void {
  const names = namesOf(result, people);
  page.heading(`${tame(measure.id, 60)}: ${measure.subjects.map((ref) => names(ref)).join(", ")}`);
  field(
    page,
    "measured",
    [measure.value === null ? "not known" : `${plainNumber(measure.value)} ${tame(measure.unit, 120)}`, sampleText(measure)]
      .filter((part) => part !== null)
      .join(", "),
  );
  for (const [key, value] of Object.entries(measure.detail ?? {})) field(page, tame(key, 30), tame(String(value), 200));
  const used = measure.id.startsWith("cost.") || measure.id.startsWith("benefit.") ? ["F", "E3"] : ["E"];
  for (const key of used.filter((name) => Object.hasOwn(result.parameters, name)))
    field(page, "parameters", `${key} ${tame(JSON.stringify(result.parameters[key] ?? null).replaceAll(",", ", "), 300)}`);
}
