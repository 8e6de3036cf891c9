/** Decisions: what speaks for and against, what it costs and brings, and what would change the answer. */
import type { JSX } from "preact";
import { clean, quantity } from "../../../drystone/src/report/_shared/index.js";
import { type Advice, type Measure, nameOf, type Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { AssessmentBlock } from "../parts/assessment.js";
import { Command } from "../parts/command.js";
import { Section, Title } from "../parts/heading.js";
import { SubjectLink } from "../parts/links.js";
import { Table } from "../parts/table.js";
import { Sentence } from "../parts/text.js";

const decisions = new Map<string, string>([
  ["split", "Split out"],
  ["merge", "Merge"],
  ["stay", "Stay as it is"],
  ["boundary", "Boundary"],
  ["own", "Own"],
  ["team", "Team"],
]);

const outcomes = new Map<string, string>([
  ["premature", "Premature: a prerequisite is not there"],
  ["not-demonstrated", "Not demonstrated: something that decides it is unknown"],
  ["does-not-pay", "Does not pay"],
  ["pays", "Pays"],
  ["stay", "Stay"],
  ["merge", "Merge"],
  ["no-structure", "No structure that would carry it"],
]);

export function AdviceView({ result }: ViewProps): JSX.Element {
  return (
    <>
      <Title lead="A boundary pays only where it removes more coordination than it costs. Any prerequisite that is missing makes a split premature.">
        Advice
      </Title>
      {result.advice.length === 0 && (
        <p class="waiting">
          This result holds no advice. It waits for: <Command text="drystone advise PATH --format html" />
        </p>
      )}
      {result.advice.map((advice, index) => (
        <One key={`${advice.decision} ${advice.subject} ${index}`} advice={advice} result={result} />
      ))}
    </>
  );
}

function One({ advice, result }: { readonly advice: Advice; readonly result: Result }): JSX.Element {
  const about = advice.subject === "system" ? "the system" : clean(nameOf(result, advice.subject), 60);
  return (
    <Section title={`${decisions.get(advice.decision) ?? "Decide"}: ${about}`}>
      <p class="outcome">
        <strong>{outcomes.get(advice.outcome) ?? "unknown"}</strong>
        {advice.subject !== "system" && (
          <>
            {" · "}
            <SubjectLink subject={advice.subject} result={result} />
          </>
        )}
      </p>
      {advice.assessments.map((assessment) => (
        <AssessmentBlock key={`${assessment.id} ${assessment.subject}`} assessment={assessment} result={result} />
      ))}
      <Lines title="What it would cost" measures={advice.costs} />
      <Lines title="What it would bring" measures={advice.benefits} />
      <List title="Steps" texts={advice.steps} />
      <List title="What would change this" texts={advice.wouldChange} />
    </Section>
  );
}

function Lines({ title, measures }: { readonly title: string; readonly measures: readonly Measure[] }): JSX.Element | null {
  if (measures.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <Table
        caption={title}
        rows={measures.map((measure, index) => ({ ...measure, key: `${measure.id} ${index}` }))}
        keyOf={({ key }) => key}
        columns={[
          { title: "Line", heads: true, cell: ({ id, detail }) => clean(String(detail?.["text"] ?? id), 120) },
          { title: "Value", numeric: true, cell: (measure) => quantity(measure) ?? "unknown" },
        ]}
      />
    </>
  );
}

function List({ title, texts }: { readonly title: string; readonly texts: readonly string[] }): JSX.Element | null {
  if (texts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            {text.includes("\n") ? (
              <pre>
                {text
                  .split("\n")
                  .map((line) => clean(line, 1000))
                  .join("\n")}
              </pre>
            ) : (
              <Sentence text={text} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
