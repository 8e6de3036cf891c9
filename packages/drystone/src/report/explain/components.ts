import type { RelationFact, ResourceFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Measure, ModelComponent, Result } from "#model/result.js";
import {
  counted,
  evidenceCommand,
  evidenceText,
  isShare,
  listed,
  type NameOf,
  namesOf,
  type Page,
  percent,
  plainNumber,
  quantity,
  sampleText,
  strongestFirst,
  type TextOptions,
  tame,
} from "#report/_shared/index.js";
import { field, printEvidence } from "./finding.js";

/** What is known of one component, resource or team. */
export function printComponent(page: Page, ref: Ref, result: Result, people: TextOptions["people"]): void {
  const names = namesOf(result, people);
  page.heading(names(ref));
  printIdentity(page, ref, result, names, people);
  printMeasures(
    page,
    result.measures.filter(({ subjects }) => subjects.includes(ref)),
    names,
  );
  printRelations(
    page,
    result.model.relations.filter(({ from, to }) => from === ref || to === ref),
    result,
    names,
  );
  printFindings(page, [ref], result);
}

/** Everything that joins two components: measures, relations, tables and topics of both, libraries, findings with their evidence, and the owners of both. */
export function printPair(page: Page, one: Ref, other: Ref, result: Result, people: TextOptions["people"]): void {
  const names = namesOf(result, people);
  page.heading(`${names(one, 40)} and ${names(other, 40)}`);
  for (const ref of one === other ? [one] : [one, other]) printIdentity(page, ref, result, names, people);
  const joined = result.measures.filter(({ subjects }) => subjects.includes(one) && subjects.includes(other));
  printMeasures(page, joined, names);
  const relations = result.model.relations.filter(
    ({ from, to }) => (from === one && to === other) || (from === other && to === one),
  );
  printRelations(page, relations, result, names, shownPlaces);
  const meetings = meetingPlaces(one, other, result);
  printMeetings(page, meetings, result, names);
  printLibraries(page, one, other, result);
  const found = printFindings(page, [one, other], result);
  if (joined.length + relations.length + meetings.length + found > 0) return;
  page.text("Nothing in this result joins the two: no relation, no measure, no finding.", { indent: 2 });
}

const shownRows = 30;
const shownPlaces = 5;

function printIdentity(page: Page, ref: Ref, result: Result, names: NameOf, people: TextOptions["people"]): void {
  const component = result.model.components.find((each) => each.ref === ref);
  if (component === undefined) return field(page, "what", tame(ref, 100));
  const parts = [component.kind, component.technology, component.built ? null : "built elsewhere"].filter(
    (part) => part !== null,
  );
  field(
    page,
    names(ref, 40),
    `${tame(parts.join(", "), 80)}; ${listed(component.paths.slice(0, 5).map((path) => tame(path === "" ? "." : path, 60)))}`,
  );
  if (people !== "off") field(page, "owner", ownerText(component, names));
  if (component.inferredFrom.length > 0)
    field(
      page,
      "inferred",
      component.inferredFrom
        .slice(0, 3)
        .map((cue) => tame(cue, 120))
        .join("; "),
    );
}

function ownerText({ ownership: { state, declared, observed } }: ModelComponent, names: NameOf): string {
  const said =
    declared.length === 0
      ? "nobody declared"
      : `declared ${listed(declared.slice(0, 5).map(({ ref, source }) => `${names(ref, 40)} (${source})`))}`;
  if (observed === null) return `${state}: ${said}`;
  const { ref, share, interval, sample } = observed;
  const number = quantity({ value: share, unit: `share of ${sample.of}`, interval, sample }) ?? "";
  return `${state}: ${said}; observed ${names(ref, 40)} ${number}`;
}

function printMeasures(page: Page, measures: readonly Measure[], names: NameOf): void {
  if (measures.length === 0) return;
  page.text("measures:", { indent: 2, tone: "quiet" });
  const rows = rowsOf(measures);
  for (const row of rows.slice(0, shownRows)) {
    const [measure] = row;
    if (row.length > 1) {
      page.text(seriesText(row, names), { indent: 4 });
      continue;
    }
    const { id, subjects, window, detail, unit } = measure;
    const judged = judgedText(measure);
    if (judged !== null) {
      page.text(`${tame(id, 60)}: ${judged}`, { indent: 4 });
      continue;
    }
    const parts = new Set([quantity(measure) ?? "not measured", sampleText(measure), window === null ? null : tame(window, 40)]);
    page.text(`${tame(id, 60)}${aboutText(subjects, names)}: ${[...parts].filter((part) => part !== null).join(", ")}`, {
      indent: 4,
    });
    const details = Object.entries(detail ?? {})
      // Letters of a checklist and values of a whole series are for machines.
      .filter(([key, value]) => key.length > 1 && !/^[\d. ]{20,}$/.test(String(value)))
      .slice(0, 12)
      .map(([key, value]) => `${tame(key, 60)} ${detailText(value, unit)}`);
    if (details.length > 0) page.text(details.join(", "), { indent: 6, tone: "quiet" });
  }
  if (rows.length > shownRows) page.text(`${rows.length - shownRows} more in the JSON result`, { indent: 4 });
}

/** A value of many weeks or quarters takes one row. */
function rowsOf(measures: readonly Measure[]): (readonly [Measure, ...Measure[]])[] {
  const rows = new Map<string, [Measure, ...Measure[]]>();
  for (const measure of measures) {
    const { id, subjects, window } = measure;
    const key = JSON.stringify(window === null ? [id, subjects, rows.size] : [id, subjects]);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [measure]);
    else row.push(measure);
  }
  return [...rows.values()];
}

/** `deploy.week: 42 windows, 2021-11-08 to 2022-08-29: 0 to 1 deploys`. */
function seriesText(row: readonly [Measure, ...Measure[]], names: NameOf): string {
  const [{ id, subjects, unit }] = row;
  const windows = row.flatMap(({ window }) => window ?? []).sort();
  const values = row.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const texts = [values[0], values.at(-1)].map((value) =>
    value === undefined ? "not measured" : isShare(unit) ? percent(value) : plainNumber(value),
  );
  const range = texts[0] === texts[1] ? texts[0] : texts.join(" to ");
  return `${tame(id, 60)}${aboutText(subjects, names)}: ${row.length} windows, ${tame(windows[0] ?? "", 40)} to ${tame(windows.at(-1) ?? "", 40)}: ${range}${unit === null || isShare(unit) ? "" : ` ${tame(unit, 40)}`}`;
}

function aboutText(subjects: readonly string[], names: NameOf): string {
  return subjects.length > 1 ? ` (${listed(subjects.slice(0, 4).map((ref) => names(ref, 30)))})` : "";
}

/** An item of the baseline is a verdict with its reason and its place, no number. */
function judgedText({ detail }: Measure): string | null {
  const { verdict, says, at } = detail ?? {};
  if (typeof verdict !== "string" || typeof says !== "string") return null;
  const place = typeof at === "string" && at !== "" ? ` (${tame(at, 120)})` : "";
  return `${tame(verdict, 30).replace("-", " ")}, ${tame(says, 160)}${place}`;
}

function detailText(value: number | string, unit: string): string {
  if (typeof value === "string") return tame(value, 60);
  return isShare(unit) && value > 0 && value < 1 ? percent(value) : plainNumber(value);
}

function printRelations(page: Page, relations: readonly RelationFact[], result: Result, names: NameOf, places = 1): void {
  if (relations.length === 0) return;
  page.text("relations:", { indent: 2, tone: "quiet" });
  for (const { from, to, kind, protocol, detail, confidence, seen, evidence } of relations.slice(0, shownRows)) {
    const what = `${names(from, 30)} ${kind} ${names(to, 30)} over ${protocol}${detail === null ? "" : `: ${tame(detail, 100)}`}`;
    page.text(`${what} (${confidence}, ${seen.length === 0 ? "not seen" : listed(seen)})`, { indent: 4 });
    for (const each of evidence.slice(0, places)) page.text(evidenceText(each, page.columns - 6), { indent: 6, tone: "quiet" });
    if (evidence.length > places && places > 1)
      page.text(`${evidence.length - places} more in the JSON result`, { indent: 6, tone: "quiet" });
    const command = evidence[0] === undefined ? null : evidenceCommand(evidence[0], result, page.folders);
    if (command !== null) page.command(command, 6);
  }
  if (relations.length > shownRows) page.text(`${relations.length - shownRows} more in the JSON result`, { indent: 4 });
}

/** A table, topic or store that both use, with what each does there. */
interface Meeting {
  readonly resource: ResourceFact;
  readonly relations: readonly RelationFact[];
}

/** Tables and topics; a server only where nothing in it is shared. */
function meetingPlaces(one: Ref, other: Ref, { model }: Result): readonly Meeting[] {
  if (one === other) return [];
  const wholes = new Map(model.components.map(({ ref, partOf }) => [ref, partOf ?? ref]));
  const meetings = model.resources.flatMap((resource): Meeting[] => {
    const relations = model.relations.filter(
      ({ from, to, confidence }) =>
        to === resource.ref && confidence !== "hint" && [one, other].includes(wholes.get(from) ?? from),
    );
    return new Set(relations.map(({ from }) => wholes.get(from) ?? from)).size < 2 ? [] : [{ resource, relations }];
  });
  const holders = new Set(meetings.map(({ resource }) => resource.partOf));
  return meetings.filter(({ resource }) => !holders.has(resource.ref));
}

function printMeetings(page: Page, meetings: readonly Meeting[], result: Result, names: NameOf): void {
  if (meetings.length === 0) return;
  page.text("both use:", { indent: 2, tone: "quiet" });
  for (const { resource, relations } of meetings.slice(0, shownRows)) {
    const place = resource.partOf === null ? "" : ` of ${names(resource.partOf, 30)}`;
    page.text(`${resource.kind} ${names(resource.ref, 40)}${place}`, { indent: 4 });
    for (const { from, kind, confidence, evidence } of relations) {
      page.text(`${names(from, 30)} ${kind} (${confidence})`, { indent: 6 });
      for (const each of evidence.slice(0, 2)) page.text(evidenceText(each, page.columns - 8), { indent: 8, tone: "quiet" });
    }
    const [first] = relations.flatMap(({ evidence }) => evidence);
    const command = first === undefined ? null : evidenceCommand(first, result, page.folders);
    if (command !== null) page.command(command, 6);
  }
  if (meetings.length > shownRows) page.text(`${meetings.length - shownRows} more in the JSON result`, { indent: 4 });
}

function printLibraries(page: Page, one: Ref, other: Ref, { model }: Result): void {
  const shared = model.libraries.flatMap(({ name, internal, nature, uses }) => {
    const versions = [one, other].map((ref) => uses.find(({ component }) => component === ref)?.version);
    if (!internal || versions.includes(undefined)) return [];
    return [`${tame(name, 60)} (${nature}; versions ${versions.map((version) => tame(version ?? "", 30)).join(" and ")})`];
  });
  if (shared.length > 0) field(page, "libraries", listed(shared.slice(0, 10)));
}

function printFindings(page: Page, refs: readonly Ref[], result: Result): number {
  const all = result.assessments.flatMap(({ findings }) => findings);
  const about = strongestFirst(all.filter(({ subjects }) => refs.every((ref) => subjects.includes(ref))));
  if (about.length > 0) page.text(`${counted(about.length, "finding")}:`, { indent: 2, tone: "quiet" });
  for (const { code, message, evidence } of about.slice(0, shownRows)) {
    page.text(`${tame(code, 80)}: ${tame(message, 400)}`, { indent: 4 });
    if (refs.length > 1) printEvidence(page, evidence, result, 6);
  }
  return about.length;
}
