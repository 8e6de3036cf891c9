/** Decisions: what speaks for and against, what it costs and brings, and what would change the answer. */
import type { JSX } from "preact";
import { clean } from "../../../drystone/src/report/_shared/index.js";
import { adviceView, type AdviceView as Decision } from "../../../drystone/src/report/advice/index.js";
import { type Advice, nameOf, type PageData } from "../model.js";
import type { ViewProps } from "../page.js";
import { AdviceRows } from "../parts/advice-rows.js";
import { Command } from "../parts/command.js";
import { Section, Title } from "../parts/heading.js";
import { HowTo } from "../parts/how-to.js";
import { SubjectLink } from "../parts/links.js";
import { Table } from "../parts/table.js";
import { Sentence } from "../parts/text.js";
import { hrefOf } from "../route.js";

/** More than these are a table first: the questions of forty services one below the other are read by nobody. */
const mostAtOnce = 2;

/** `#advice` is all decisions, `#advice/<decision>/<subject>` one of them. */
export function AdviceView({ data, result, parts }: ViewProps): JSX.Element {
  const [decision, subject] = parts;
  const chosen = result.advice.filter((each) => each.decision === decision && each.subject === subject);
  if (chosen.length > 0)
    return (
      <>
        <p class="above">
          <a href={hrefOf("advice")}>Advice</a>
        </p>
        {chosen.map((advice, index) => (
          <One key={index} advice={advice} data={data} heading="h1" />
        ))}
      </>
    );
  const shown = result.advice.length > mostAtOnce ? [] : result.advice;
  return (
    <>
      <Title lead="A boundary pays only where it removes more coordination than it costs. Any prerequisite that is missing makes a split premature.">
        Advice
      </Title>
      {result.advice.length === 0 && (
        <p class="waiting">
          This result holds no advice. It waits for: <Command text="drystone advise --path PATH --format html" />
        </p>
      )}
      {result.advice.length > mostAtOnce && <Overview data={data} />}
      {shown.map((advice, index) => (
        <One key={index} advice={advice} data={data} heading="h2" />
      ))}
    </>
  );
}

/** Every decision in one line: what is asked, what it comes to, and why. */
function Overview({ data: { result, people } }: { readonly data: PageData }): JSX.Element {
  const rows = result.advice.map((advice, index) => ({ advice, index, view: adviceView(advice, result, people) }));
  return (
    <Table
      caption="Decisions"
      rows={rows}
      keyOf={({ index }) => String(index)}
      columns={[
        {
          title: "Question",
          heads: true,
          order: ({ view }) => view.question,
          cell: ({ advice, view }) => (
            <a href={hrefOf("advice", advice.decision, advice.subject)}>
              <Sentence text={view.question} limit={160} />
            </a>
          ),
        },
        { title: "Answer", order: ({ view }) => view.label, cell: ({ view }) => <Outcome view={view} /> },
        { title: "Counted", cell: ({ view }) => (view.tone === "quiet" ? "" : <Sentence text={view.counts} limit={120} />) },
        { title: "Why", cell: ({ view }) => <Sentence text={view.sentence} limit={260} /> },
      ]}
    />
  );
}

function Outcome({ view }: { readonly view: Decision }): JSX.Element {
  return (
    <span class={`verdict tone-${view.tone}`}>
      <span aria-hidden="true" class="symbol">
        {view.symbol}
      </span>
      {view.label}
    </span>
  );
}

/** What stands below the answer of a page of advise: the one decision with all of it, or a table of several. */
export function Decided({ data }: { readonly data: PageData }): JSX.Element | null {
  const [first, ...others] = data.result.advice;
  if (first === undefined) return null;
  return others.length === 0 ? <One advice={first} data={data} heading={null} /> : <Decisions data={data} />;
}

/** Decisions as a table, on a page that is about something else, or about several. */
export function Decisions({ data }: { readonly data: PageData }): JSX.Element {
  const count = data.result.advice.length;
  return (
    <Section title={count === 1 ? "The decision" : `Decisions: ${count}`}>
      <Overview data={data} />
    </Section>
  );
}

function One({
  advice,
  data,
  heading,
}: {
  readonly advice: Advice;
  readonly data: PageData;
  /** Null where question and answer stand above it. */
  readonly heading: "h1" | "h2" | null;
}): JSX.Element {
  const { result, people } = data;
  const view = adviceView(advice, result, people);
  return (
    <div class="advice">
      {heading !== null && (
        <header class={`answer tone-${view.tone}`}>
          {heading === "h1" ? <h1 tabIndex={-1}>{view.question}</h1> : <h2>{view.question}</h2>}
          <p class="label">
            <span aria-hidden="true">{view.symbol}</span> {view.label}
          </p>
          <p class="sentence">
            <Sentence text={view.sentence} />
          </p>
          {advice.subject !== "system" && nameOf(result, advice.subject) !== "" && (
            <p class="quiet">
              {view.tone === "quiet" || view.counts === "" ? "" : `${view.counts} · `}
              <SubjectLink subject={advice.subject} result={result} />
            </p>
          )}
        </header>
      )}
      <Steps view={view} />
      {view.groups.map(({ heading, note, rows }, index) => (
        <Section
          key={index}
          title={heading !== "" ? sentenceCase(heading) : view.groups.length === 1 ? "How it was decided" : "Also asked"}
        >
          {note !== "" && <p class="quiet">{note}</p>}
          <AdviceRows rows={rows} />
        </Section>
      ))}
      <List title="What a boundary costs" note="Separate lines, never one score." texts={view.costs} />
      <List title="What it would remove" texts={view.benefits} />
      <Strips view={view} />
      <Missing view={view} />
      <List title="What would change this" texts={view.wouldChange} />
    </div>
  );
}

function sentenceCase(heading: string): string {
  return heading.charAt(0) + heading.slice(1).toLowerCase();
}

function Steps({ view: { steps } }: { readonly view: Decision }): JSX.Element | null {
  if (steps.length === 0) return null;
  return (
    <Section title="What to do next">
      <ol class="steps">
        {steps.map(({ text, commands }, index) => (
          <li key={index}>
            <Sentence text={text} />
            {commands.map((command) => (
              <HowTo key={command} text={command} />
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** How the answer holds when the settings are others: a word per setting stands beside every strip of marks. */
function Strips({ view: { strips } }: { readonly view: Decision }): JSX.Element | null {
  if (strips.length === 0) return null;
  return (
    <Section title="Would other settings answer otherwise?">
      <Table
        caption="Other settings"
        rows={strips}
        keyOf={({ title }) => title}
        columns={[
          { title: "Question", heads: true, cell: ({ title }) => title },
          { title: "Answers", cell: ({ strip }) => <span aria-hidden="true">{strip}</span> },
          { title: "In words", cell: ({ note }) => <Sentence text={note} limit={400} /> },
        ]}
      />
      <p class="quiet small">■ the same answer, □ another one, · too little to tell</p>
    </Section>
  );
}

function Missing({ view: { missing } }: { readonly view: Decision }): JSX.Element | null {
  if (missing.length === 0) return null;
  return (
    <Section title="What is unknown, and how to find out">
      <ul class="missing">
        {missing.map(({ input, decides, commands }) => (
          <li key={input}>
            <Sentence text={input} /> <span class="quiet">for {decides.join(", ")}</span>
            {commands.map((command) => (
              <HowTo key={command} text={command} />
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function List({
  title,
  note,
  texts,
}: {
  readonly title: string;
  readonly note?: string;
  readonly texts: readonly string[];
}): JSX.Element | null {
  if (texts.length === 0) return null;
  return (
    <Section title={title}>
      {note !== undefined && <p class="quiet">{note}</p>}
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
    </Section>
  );
}
