/** The first view: the answer in ten seconds, then what it rests on and what to do. */
import type { JSX } from "preact";
import {
  checklistCaveat,
  namesOf,
  type RowGroup,
  type RowView,
  strongestFirst,
  type UnknownView,
  verdictMark,
} from "../../../drystone/src/report/_shared/index.js";
import { adviceHeadline } from "../../../drystone/src/report/advice/index.js";
import { type Assessment, findingsOf, isWhole, type Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { Broken } from "../parts/broken.js";
import { Since } from "../parts/changes.js";
import { Command } from "../parts/command.js";
import { FindingList } from "../parts/finding-list.js";
import { Section } from "../parts/heading.js";
import { HowTo } from "../parts/how-to.js";
import { Later } from "../parts/later.js";
import { Row } from "../parts/row.js";
import { Code, Name, Sentence } from "../parts/text.js";
import { VerdictMark } from "../parts/verdict.js";
import { assessmentOf } from "../parts/waits.js";
import { SymptomBar, SymptomLegend } from "../pictures/index.js";
import { hrefOf } from "../route.js";
import { Decided, Decisions } from "./advice.js";
import { BaselineMatrix } from "./baseline.js";
import { Checklists } from "./contracts.js";

export function Answer({ data, result, report }: ViewProps): JSX.Element {
  const asked = adviceHeadline(result, data.people);
  const headline = asked ?? report.headline;
  const verdict = result.verdicts.find(({ id }) => id === "distributed-monolith");
  return (
    <>
      <header class={`answer tone-${headline.tone}`}>
        <p class="scope quiet">
          <Name text={result.inputs.system} />
          {[report.scope.contents, report.scope.window].map((part) => (part === null || part === "" ? "" : ` · ${part}`))}
        </p>
        <h1 tabIndex={-1}>{headline.question}</h1>
        {headline.label !== "" && (
          <p class="label">
            {headline.symbol !== "" && <span aria-hidden="true">{headline.symbol} </span>}
            {headline.label}
          </p>
        )}
        {headline.sentences.map((sentence) => (
          <p key={sentence} class="sentence">
            <Sentence text={sentence} />
          </p>
        ))}
        {headline.notApplicable !== null && (
          <p class="quiet">
            <Sentence text={headline.notApplicable} />
          </p>
        )}
        {verdict !== undefined && asked === null && <Rule verdict={verdict} />}
      </header>
      {data.diff !== null && <Since data={data} />}
      {asked !== null && <Decided data={data} />}
      {asked === null && result.advice.length > 0 && <Decisions data={data} />}
      {asked !== null && <Beside headline={report.headline} verdict={verdict} />}
      {!isWhole(result) && <Pictures data={data} />}
      {headline.lead !== null && (
        <Section title="What was measured instead">
          <Rows group={{ rows: [headline.lead], notApplicable: [] }} result={result} />
        </Section>
      )}
      {(report.symptoms.rows.length > 0 || report.symptoms.notApplicable.length > 0) && (
        <Section title="The six symptoms">
          <Rows group={report.symptoms} result={result} />
          <SymptomLegend />
          <p class="quiet small">{checklistCaveat}</p>
        </Section>
      )}
      <Later>
        {() => (
          <>
            <NextSteps {...{ data, result, report }} />
            {report.organisation.rows.length + report.organisation.notApplicable.length > 0 && (
              <Section title="Teams and ownership">
                <Rows group={report.organisation} result={result} />
              </Section>
            )}
            {report.leftOut !== null && <p class="quiet">{report.leftOut}</p>}
            {!isWhole(result) && (
              <p class="waiting">
                This page holds what <Code text={`drystone ${result.tool.command}`} limit={60} /> looked at, and nothing else. The
                whole picture: <Command text="drystone assess PATH --format html" />
              </p>
            )}
            {isWhole(result) && report.others.rows.length > 0 && (
              <Section title="Versions, boundaries and interfaces">
                <Rows group={report.others} result={result} />
              </Section>
            )}
            {report.unknowns.length > 0 && <Unknowns unknowns={report.unknowns} />}
          </>
        )}
      </Later>
    </>
  );
}

/** What was asked, as its picture, where one question was asked. */
function Pictures({ data: { result, people } }: Pick<ViewProps, "data">): JSX.Element {
  return (
    <>
      <BaselineMatrix result={result} />
      <Checklists result={result} />
      <Broken found={findingsOf(result)} names={namesOf(result, people)} result={result} />
    </>
  );
}

/** The question about the whole system, where another one was asked. */
function Beside({
  headline,
  verdict,
}: {
  readonly headline: ViewProps["report"]["headline"];
  readonly verdict: Result["verdicts"][number] | undefined;
}): JSX.Element {
  return (
    <Section title={`The system around it: ${sentenceStart(headline.question)}`}>
      <p>
        <strong>
          {headline.symbol} {headline.label}.
        </strong>{" "}
        {headline.sentences.map((sentence) => (
          <Sentence key={sentence} text={`${sentence} `} />
        ))}
      </p>
      {verdict !== undefined && <Rule verdict={verdict} />}
    </Section>
  );
}

function sentenceStart(question: string): string {
  return question.charAt(0).toLowerCase() + question.slice(1);
}

function allOf(count: number): string {
  return count === 1 ? "The finding, with its evidence" : `All ${count} findings`;
}

function Rule({ verdict }: { readonly verdict: Result["verdicts"][number] }): JSX.Element {
  return (
    <details class="rule">
      <summary>The rule behind this answer</summary>
      <p>
        <Sentence text={verdict.rule} limit={900} />
      </p>
      {verdict.wouldChange.length > 0 && (
        <>
          <p>What would change it:</p>
          <ul>
            {verdict.wouldChange.map((each) => (
              <li key={each}>
                <Sentence text={each} />
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

function Rows({ group, result }: { readonly group: RowGroup; readonly result: Result }): JSX.Element {
  return (
    <>
      <ul class="rows">
        {group.rows.map((row) => (
          <Question key={row.id} row={row} assessment={assessmentOf(result, row.id)} />
        ))}
      </ul>
      {group.notApplicable.map(({ titles, reason }) => (
        <p key={titles.join()} class="quiet">
          <VerdictMark verdict="not-applicable" /> {titles.join(", ")}
          {reason === null ? "" : ": "}
          {reason !== null && <Sentence text={reason} />}
        </p>
      ))}
    </>
  );
}

function Question({ row, assessment }: { readonly row: RowView; readonly assessment: Assessment | null }): JSX.Element {
  return (
    <Row
      row={row}
      title={<a href={hrefOf("method", row.id)}>{row.title}</a>}
      picture={assessment !== null && assessment.verdict !== "unknown" && <SymptomBar assessment={assessment} />}
    />
  );
}

const shownSteps = 5;

function NextSteps({ data, result, report }: Pick<ViewProps, "data" | "result" | "report">): JSX.Element {
  const top = topFindings(result, data.people);
  return (
    <Section title="What to do next">
      <ol class="steps">
        {report.next.map((step) => (
          <li key={step.text}>
            <Sentence text={step.text} />
            {step.commands.map((command) => (
              <HowTo key={command} text={command} />
            ))}
          </li>
        ))}
      </ol>
      {isWhole(result) && top.length > 0 && (
        <>
          <h3>The strongest findings</h3>
          <FindingList found={top} names={namesOf(result, data.people)} first={10} withFix />
          <p>
            <a href={hrefOf("findings")}>{allOf(findingsOf(result).length)}</a>
          </p>
        </>
      )}
    </Section>
  );
}

// One per assessment: five variants of one finding say less than five different ones.
function topFindings(result: Result, people: ViewProps["data"]["people"]): ReturnType<typeof findingsOf> {
  const decided = findingsOf(result).filter(
    ({ assessment, finding }) =>
      isProblemOrMixed(assessment.verdict) && finding.severity !== "note" && finding.state !== "accepted",
  );
  const ofPeople = new Set(people === "off" ? ["developer-spread", "ownership", "coordination", "team-shape", "flow"] : []);
  const best = new Map<string, (typeof decided)[number]>();
  for (const found of decided) {
    const known = best.get(found.assessment.id);
    const [stronger] = strongestFirst([...(known === undefined ? [] : [known.finding]), found.finding]);
    if (stronger === found.finding && !ofPeople.has(found.assessment.id)) best.set(found.assessment.id, found);
  }
  const order = strongestFirst([...best.values()].map(({ finding }) => finding));
  return [...best.values()].sort((one, other) => order.indexOf(one.finding) - order.indexOf(other.finding)).slice(0, shownSteps);
}

function isProblemOrMixed(verdict: string): boolean {
  return ["alarm", "between"].includes(verdictMark(verdict).tone);
}

function Unknowns({ unknowns }: { readonly unknowns: readonly UnknownView[] }): JSX.Element {
  return (
    <Section title="What is unknown, and how to find out">
      <p class="quiet">Unknown is not clean. The cheapest way out stands first.</p>
      <ul class="unknowns">
        {unknowns.map((unknown) => (
          <li key={unknown.input}>
            <p>
              <VerdictMark verdict="unknown" label={`Unknown: ${unknown.decides.join(", ")}`} />
            </p>
            <p>
              Needs <Sentence text={unknown.input} />
            </p>
            {unknown.commands.map((command) => (
              <HowTo key={command} text={command} />
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}
