/** The operational baseline: every service against every item, as the files say. */
import type { JSX } from "preact";
import { clean } from "../../../drystone/src/report/_shared/index.js";
import { findingsAbout, type Measure, measuresOf, nameOf, type Ref, type Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { Conditions } from "../parts/assessment.js";
import { Command } from "../parts/command.js";
import { Section, Title } from "../parts/heading.js";
import { SubjectLink } from "../parts/links.js";
import { Table } from "../parts/table.js";
import { assessmentOf, Standings } from "../parts/waits.js";
import { findingHref } from "../route.js";

/** Items as heads of columns; the last three are asked before a split and are no part of the baseline. */
const items: readonly (readonly [id: string, short: string])[] = [
  ["liveness", "Alive"],
  ["readiness", "Ready"],
  ["metrics", "Metrics"],
  ["request-histogram", "Durations"],
  ["json-logs", "JSON log"],
  ["log-fields", "Log fields"],
  ["trace-context", "Trace context"],
  ["alert-errors", "Alert: errors"],
  ["alert-latency", "Alert: p99"],
  ["alert-unavailable", "Alert: down"],
  ["pipeline", "Pipeline"],
  ["runbook", "Runbook"],
  ["timeouts", "Time limits"],
];

export function Baseline({ result }: ViewProps): JSX.Element {
  const assessment = assessmentOf(result, "operational-baseline");
  return (
    <>
      <Title lead="What a service needs before somebody can operate it alone: it must stand before a split, not after it.">
        Operational baseline
      </Title>
      <Standings result={result} ids={["operational-baseline"]} />
      <BaselineMatrix result={result} />
      {assessment !== null && assessment.conditions.length > 0 && (
        <Section title="What each item asks">
          <Conditions assessment={assessment} />
        </Section>
      )}
      <p class="quiet">
        Files do not show what runs. Ask a running service: <Command text="drystone ops probe URL" />, write what is missing:{" "}
        <Command text="drystone ops generate --output DIR" />
      </p>
    </>
  );
}

interface Sheet {
  readonly ref: Ref;
  readonly verdicts: ReadonlyMap<string, Measure>;
}

/** Nothing without sheets: then the assessment says what it waits for. */
export function BaselineMatrix({ result }: { readonly result: Result }): JSX.Element | null {
  const sheets = sheetsOf(result);
  if (sheets.length === 0) return null;
  return (
    <Section title={`Services and items: ${sheets.length} × ${items.length}`}>
      <p class="quiet small">✓ met, ✗ not met, ? not to be told from the files, – does not apply. A mark leads to its finding.</p>
      <Table
        caption="Services and items of the operational baseline"
        compact
        rows={sheets}
        keyOf={({ ref }) => ref}
        columns={[
          {
            title: "Service",
            heads: true,
            order: ({ ref }) => nameOf(result, ref),
            cell: ({ ref }) => <SubjectLink subject={ref} result={result} />,
          },
          {
            title: "Met",
            numeric: true,
            order: (sheet) => metOf(sheet),
            cell: (sheet) => `${metOf(sheet)} of ${askedOf(sheet)}`,
          },
          ...items.map(([id, short]) => ({
            title: short,
            order: ({ verdicts }: Sheet) => wordOf(verdicts.get(id)),
            cell: ({ ref, verdicts }: Sheet) => <Cell id={id} subject={ref} measure={verdicts.get(id)} result={result} />,
          })),
        ]}
      />
    </Section>
  );
}

/** The items of one service, each with what was seen. */
export function BaselineList({ subject, result }: { readonly subject: Ref; readonly result: Result }): JSX.Element | null {
  const verdicts = sheetsOf(result).find(({ ref }) => ref === subject)?.verdicts;
  if (verdicts === undefined) return null;
  return (
    <Section title={`Operational baseline: ${metOf({ ref: subject, verdicts })} of ${askedOf({ ref: subject, verdicts })} met`}>
      <ul class="conditions">
        {items.map(([id, short]) => (
          <li key={id}>
            <Cell id={id} subject={subject} measure={verdicts.get(id)} result={result} /> {short}{" "}
            <span class="quiet">{saysOf(verdicts.get(id))}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function saysOf(measure: Measure | undefined): string {
  return clean([measure?.detail?.["says"], measure?.detail?.["at"]].filter((part) => typeof part === "string").join(", "), 300);
}

function sheetsOf(result: Result): readonly Sheet[] {
  const sheets = new Map<Ref, Map<string, Measure>>();
  for (const [id] of items) {
    for (const measure of measuresOf(result, `baseline.${id}`)) {
      const ref = measure.subjects[0] ?? "";
      const sheet = sheets.get(ref) ?? new Map<string, Measure>();
      sheets.set(ref, sheet.set(id, measure));
    }
  }
  return [...sheets]
    .map(([ref, verdicts]) => ({ ref, verdicts }))
    .sort((one, other) => (nameOf(result, one.ref) < nameOf(result, other.ref) ? -1 : 1));
}

function wordOf(measure: Measure | undefined): "met" | "not met" | "unknown" | "does not apply" {
  const verdict = measure?.detail?.["verdict"];
  if (verdict === "met") return "met";
  if (verdict === "not-met") return "not met";
  return verdict === "not-applicable" ? "does not apply" : "unknown";
}

const symbols = { met: "✓", "not met": "✗", unknown: "?", "does not apply": "–" } as const;

function metOf({ verdicts }: Sheet): number {
  return [...verdicts.values()].filter((measure) => wordOf(measure) === "met").length;
}

function askedOf({ verdicts }: Sheet): number {
  return [...verdicts.values()].filter((measure) => wordOf(measure) !== "does not apply").length;
}

function Cell({
  id,
  subject,
  measure,
  result,
}: {
  readonly id: string;
  readonly subject: Ref;
  readonly measure: Measure | undefined;
  readonly result: Result;
}): JSX.Element {
  const word = wordOf(measure);
  const says = saysOf(measure);
  const found = findingsAbout(result, subject).find(({ finding }) => finding.code === `operational-baseline/${id}`);
  const mark = (
    <>
      <span aria-hidden="true">{symbols[word]}</span>
      <span class="unseen">{word}</span>
    </>
  );
  return (
    <span class={`item item-${word.replaceAll(" ", "-")}`} title={says === "" ? undefined : says}>
      {found === undefined ? mark : <a href={findingHref(found.finding.fingerprint)}>{mark}</a>}
    </span>
  );
}
