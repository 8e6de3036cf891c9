/** All values of one measure: what it is, on what it rests, and each value with its sample and margin. */
import type { Measure, Result } from "#model/result.js";
import {
  counted,
  namesOf,
  type Page,
  percent,
  plainNumber,
  sampleText,
  type TextOptions,
  tame,
  topicOf,
} from "#report/_shared/index.js";
import { field } from "./finding.js";
import { measureTopic } from "./measure-topics.js";

const most = 50;
/** With more values than this their further numbers are left to the JSON. */
const mostDetailed = 5;

export function printMeasures(
  page: Page,
  id: string,
  measures: readonly Measure[],
  result: Result,
  people: TextOptions["people"],
): void {
  const names = namesOf(result, people);
  const { meaning, question, source, parameters } = measureTopic(id);
  page.heading(`${tame(id, 60)}: ${counted(measures.length, "value")}`);
  field(page, "means", meaning);
  field(page, "unit", tame(measures[0]?.unit ?? "", 160));
  if (question !== null && question !== "") field(page, "belongs to", `${question} (${topicOf(question).title})`);
  field(page, "source", source);
  const shown = measures.toSorted((a, b) => (b.window ?? "").localeCompare(a.window ?? "") || (b.value ?? 0) - (a.value ?? 0));
  for (const measure of shown.slice(0, most)) {
    const about = measure.subjects.map((ref) => names(ref, 40)).join(", ");
    page.text(`${about}${measure.window === null ? "" : `, ${tame(measure.window, 40)}`}`, {
      indent: 2,
      first: `${valueOf(measure)}  `,
    });
    if (measures.length > mostDetailed) continue;
    for (const [key, value] of Object.entries(measure.detail ?? {}))
      page.text(tame(String(value), 400), { indent: 4, first: `${tame(key, 40)}: `, firstTone: "quiet" });
  }
  if (measures.length > most)
    page.text(`${measures.length - most} more stand in the result: drystone assess --format json`, { indent: 2 });
  for (const key of parameters.filter((name) => Object.hasOwn(result.parameters, name)))
    field(page, "parameters", `${key} ${tame(JSON.stringify(result.parameters[key] ?? null).replaceAll(",", ", "), 300)}`);
}

/** `0.53 (0.4 to 0.6), 18 change sets`; shares as per cent. */
function valueOf(measure: Measure): string {
  const { value, unit, interval } = measure;
  const number = (one: number): string => (unit.startsWith("share of") ? percent(one) : plainNumber(one));
  const margin = interval === null ? "" : ` (${number(interval[0])} to ${number(interval[1])})`;
  const sample = sampleText(measure);
  return `${value === null ? "not known" : number(value)}${margin}${sample === null ? "" : `, ${sample}`}`;
}
