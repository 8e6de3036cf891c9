/** How every number came about: definitions, thresholds, sources, parameters as used, inputs read and not read. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { clean, explainCommand, namesOf, topicOf, unitWords } from "../../../drystone/src/report/_shared/index.js";
import type { Assessment, Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { AssessmentBlock } from "../parts/assessment.js";
import { Command } from "../parts/command.js";
import { FindingList } from "../parts/finding-list.js";
import { Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { Parameters } from "../parts/parameters.js";
import { sampleWords } from "../parts/sample.js";
import { Table } from "../parts/table.js";
import { Code, Sentence } from "../parts/text.js";
import { VerdictMark } from "../parts/verdict.js";
import { hrefOf } from "../route.js";
import { shownFindings } from "./findings.js";

export function Method(props: ViewProps): JSX.Element {
  const { data, result, parts } = props;
  const [id] = parts;
  const chosen =
    id === undefined
      ? undefined
      : result.assessments.find((assessment) => assessment.id === id && assessment.subject === "system");
  if (chosen !== undefined) return <OneMethod {...props} assessment={chosen} />;
  return (
    <>
      <Title lead="Nothing is averaged into a score. Every verdict follows rules that are counted and printed; every number has its sample, its interval and its definition.">
        Method
      </Title>
      <Section title="Questions">
        <Table
          caption="Questions"
          rows={result.assessments.filter(({ subject }) => subject === "system")}
          keyOf={({ id }) => id}
          columns={[
            {
              title: "Question",
              heads: true,
              order: ({ id }) => topicOf(id).title,
              cell: ({ id }) => <a href={hrefOf("method", id)}>{topicOf(id).title}</a>,
            },
            { title: "Answer", order: ({ verdict }) => verdict, cell: ({ verdict }) => <VerdictMark verdict={verdict} /> },
            { title: "Confidence in the method", order: ({ grade }) => grade, cell: ({ grade }) => gradeText(grade) },
            { title: "Sample", cell: ({ sample }) => sampleWords(sample) },
            {
              title: "Findings",
              numeric: true,
              order: ({ findings }) => findings.length,
              cell: ({ findings }) => findings.length,
            },
          ]}
        />
      </Section>
      <Later>
        {() => (
          <>
            <Repositories result={result} />
            <Sources result={result} />
            <Problems result={result} />
          </>
        )}
      </Later>
      <Later>
        {() => (
          <>
            <Section title="Parameters as used">
              <Parameters groups={Object.entries(result.parameters)} />
            </Section>
            <p class="quiet">
              {data.diff === null ? "" : "Compared with an earlier result. "}The whole document:{" "}
              <Command text="drystone assess PATH --format json" />, its shape: <Command text="drystone schema result" />
            </p>
          </>
        )}
      </Later>
    </>
  );
}

function OneMethod({ data, result, assessment }: ViewProps & { readonly assessment: Assessment }): JSX.Element {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.scrollIntoView({ block: "nearest" }), []);
  const topic = topicOf(assessment.id);
  const names = namesOf(result, data.people);
  const findings = shownFindings(data).filter((found) => found.assessment === assessment);
  const parameters = topic.parameters.flatMap((key) =>
    Object.hasOwn(result.parameters, key) ? [[key, result.parameters[key]] as const] : [],
  );
  return (
    <div ref={heading}>
      <p class="above">
        <a href={hrefOf("method")}>Method</a>
      </p>
      <Title lead={topic.definition}>{topic.title}</Title>
      <p>
        <Command text={explainCommand({ code: assessment.id, subjects: [] }, names)} what="the command that prints this" />
      </p>
      <AssessmentBlock assessment={assessment} result={result} />
      <Section title="Where it comes from">
        {topic.source !== "" && <p>{topic.source}</p>}
        {topic.contested !== "" && (
          <p>
            <strong>Contested: </strong>
            {topic.contested}
          </p>
        )}
        <p class="quiet">
          Confidence in the method: {gradeText(assessment.grade)}. Intervals at {Math.round(assessment.level * 100)} %.
        </p>
        {parameters.length > 0 && <Parameters groups={parameters} />}
      </Section>
      <Section title={`Findings: ${findings.length}`}>
        {findings.length === 0 && <p class="quiet">None.</p>}
        <FindingList found={findings} names={names} first={40} />
      </Section>
    </div>
  );
}

function gradeText(grade: Assessment["grade"]): string {
  if (grade === "A") return "A, two independent inputs agree";
  if (grade === "B") return "B, observed directly";
  if (grade === "C") return "C, indirect evidence";
  return grade === "D" ? "D, only declared" : "nothing was measured";
}

function Repositories({ result }: { readonly result: Result }): JSX.Element {
  return (
    <Section title={`Repositories: ${result.inputs.repositories.length}`}>
      {result.inputs.repositories.map((repository) => (
        <div key={repository.id} class="assessment">
          <h3>
            <Sentence text={repository.id} limit={80} />
          </h3>
          <p>
            {repository.commits} commits
            {repository.commits > 0 && (
              <>
                , {clean(repository.window.from, 12)} to {clean(repository.window.to, 12)} (
                <Sentence text={repository.window.reason} limit={120} />)
              </>
            )}
            {repository.head !== null && (
              <>
                , at <Code text={repository.head.slice(0, 12)} />
              </>
            )}
            {repository.shallow && <strong> The clone is shallow: history is cut.</strong>}
            {repository.partial && <span class="quiet"> The clone is partial.</span>}
          </p>
          <p>
            A change set is {unitWords[repository.changeSetUnit] ?? "a group of commits"}:{" "}
            <Sentence text={repository.changeSetUnitReason} limit={200} />.
          </p>
          <ul>
            {repository.hygiene.map((step) => (
              <li key={step}>
                <Sentence text={step} limit={160} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function Sources({ result }: { readonly result: Result }): JSX.Element {
  const { sources } = result.inputs;
  const unread = sources.filter(({ read }) => !read).length;
  return (
    <Section title={`Inputs: ${sources.length - unread} read, ${unread} not read`}>
      <Table
        caption="Inputs"
        rows={sources
          .map((source, index) => ({ ...source, key: `${index}` }))
          .toSorted((one, other) => Number(one.read) - Number(other.read))}
        keyOf={({ key }) => key}
        first={20}
        columns={[
          { title: "Kind", heads: true, order: ({ kind }) => kind, cell: ({ kind }) => clean(kind, 20) },
          { title: "Repository", order: ({ repository }) => repository, cell: ({ repository }) => clean(repository, 40) },
          { title: "File", order: ({ path }) => path, cell: ({ path }) => <Code text={path} limit={100} /> },
          {
            title: "Read",
            order: ({ read }) => (read ? "yes" : "no"),
            cell: ({ read, problem }) => (read ? "yes" : <strong>no{problem === null ? "" : `: ${clean(problem, 120)}`}</strong>),
          },
          { title: "Facts", numeric: true, order: ({ facts }) => facts, cell: ({ facts }) => facts },
        ]}
      />
    </Section>
  );
}

function Problems({ result }: { readonly result: Result }): JSX.Element | null {
  const { problems } = result.inputs;
  if (problems.length === 0) return null;
  return (
    <Section title={`What could not be read or trusted: ${problems.length}`}>
      <Table
        caption="Problems"
        rows={problems.map((problem, index) => ({ ...problem, key: `${index}` }))}
        keyOf={({ key }) => key}
        first={20}
        columns={[
          {
            title: "Place",
            heads: true,
            order: ({ path }) => path,
            cell: ({ path, line }) => <Code text={line === null ? path : `${path}:${line}`} limit={100} />,
          },
          { title: "What", cell: ({ message }) => <Sentence text={message} limit={240} /> },
          { title: "What to do", cell: ({ hint }) => <Sentence text={hint} limit={240} /> },
        ]}
      />
    </Section>
  );
}
