/** Interfaces: which are written down, which uses lead to them, and what is missing before outsiders may use them. */
import type { JSX } from "preact";
import { externalizableItems } from "../../../drystone/src/model/externalizable.js";
import { clean, namesOf } from "../../../drystone/src/report/_shared/index.js";
import { type Assessment, type Measure, measuresOf, nameOf, type Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { Conditions } from "../parts/assessment.js";
import { Broken } from "../parts/broken.js";
import { Section, Title } from "../parts/heading.js";
import { Folded, Later } from "../parts/later.js";
import { SubjectLink } from "../parts/links.js";
import { Table } from "../parts/table.js";
import { Code } from "../parts/text.js";
import { VerdictMark } from "../parts/verdict.js";
import { assessmentOf, Standings } from "../parts/waits.js";
import { shownFindings } from "./findings.js";

export function Contracts({ data, result }: ViewProps): JSX.Element {
  const { contracts, operations } = result.model;
  const checklists = measuresOf(result, "mandate.externalisable");
  const mandate = assessmentOf(result, "interface-mandate");
  return (
    <>
      <Title lead="Teams that reach each other only through written interfaces can change what is behind them without asking.">
        Contracts
      </Title>
      <Standings result={result} ids={["interface-mandate"]} />
      {mandate !== null && <Conditions assessment={mandate} />}
      <Standings result={result} ids={["contract-compatibility"]} />
      <Section title={`Contracts: ${contracts.length}`}>
        {contracts.length === 0 ? (
          <p class="quiet">No machine-readable contract (OpenAPI, AsyncAPI, gRPC, GraphQL, JSON Schema, TypeScript) was found.</p>
        ) : (
          <Table
            caption="Contracts"
            rows={contracts.map((contract, index) => ({ ...contract, key: `${contract.ref} ${index}` }))}
            keyOf={({ key }) => key}
            columns={[
              { title: "Contract", heads: true, order: ({ ref }) => ref, cell: ({ ref }) => clean(nameOf(result, ref), 60) },
              { title: "Kind", order: ({ kind }) => kind, cell: ({ kind }) => clean(kind, 20) },
              {
                title: "Provider",
                order: ({ provider }) => provider,
                cell: ({ provider }) => (provider === null ? "unknown" : <SubjectLink subject={provider} result={result} />),
              },
              { title: "Version", order: ({ version }) => version, cell: ({ version }) => clean(version ?? "unknown", 20) },
              {
                title: "Operations",
                numeric: true,
                order: ({ ref }) => operations.filter(({ contract }) => contract === ref).length,
                cell: ({ ref }) => operations.filter(({ contract }) => contract === ref).length,
              },
              { title: "File", cell: ({ file }) => <Code text={file} limit={90} /> },
            ]}
          />
        )}
      </Section>
      <Later>
        {() => (
          <>
            {checklists.length > 0 && <ServiceChecklist checklists={checklists} result={result} />}
            <Checklists result={result} />
            <Broken
              found={shownFindings(data).filter(({ assessment }) => assessment.id === "contract-compatibility")}
              names={namesOf(result, data.people)}
              result={result}
            />
          </>
        )}
      </Later>
    </>
  );
}

/** The measures of `mandate.externalisable`: one row per service. */
function ServiceChecklist({
  checklists,
  result,
}: {
  readonly checklists: readonly Measure[];
  readonly result: Result;
}): JSX.Element {
  return (
    <Section title="Could it be opened to outsiders?">
      <p class="quiet">
        Ten items per service; it can only be yes with documentation, versions, authorisation and no way past it. Unknown means
        that the files at hand do not tell: <code>drystone contracts externalizable</code> reads the contracts. ✓ yes, ✗ no, ?
        unknown.
      </p>
      <Table
        caption="Externalisable checklist"
        compact
        rows={checklists}
        keyOf={({ subjects }) => subjects.join()}
        columns={[
          {
            title: "Service",
            heads: true,
            order: ({ subjects }) => nameOf(result, subjects[0] ?? ""),
            cell: ({ subjects }) => <SubjectLink subject={subjects[0] ?? ""} result={result} />,
          },
          {
            title: "Could be opened",
            order: (measure) => answer(measure, "externalisable"),
            cell: (measure) => <Answer word={answer(measure, "externalisable")} />,
          },
          ...externalizableItems.map(({ id, question }) => ({
            title: question,
            order: (measure: Measure) => answer(measure, id),
            cell: (measure: Measure) => <Answer word={answer(measure, id)} />,
          })),
        ]}
      />
      <details>
        <summary>What the ten items ask</summary>
        <dl class="facts">
          {externalizableItems.map(({ id, question, asks }) => (
            <div key={id}>
              <dt>{question}</dt>
              <dd>{asks}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Section>
  );
}

/** The ten rows of `drystone contracts externalizable`: one row per contract. */
export function Checklists({ result }: { readonly result: Result }): JSX.Element | null {
  const sheets = result.assessments.filter(({ id, subject }) => id === "interface-mandate" && /^api:/i.test(subject));
  if (sheets.length === 0) return null;
  const rows = sheets[0]?.conditions.map(({ text }) => text.split(":")[0] ?? "") ?? [];
  return (
    <Section title={`Could these contracts be opened to outsiders? ${sheets.length}`}>
      <p class="quiet small">✓ met, ✗ not met, ? unknown: the files at hand do not tell.</p>
      <Table
        caption="What each contract still needs before outsiders may use it"
        compact
        rows={sheets}
        keyOf={({ subject }) => subject}
        columns={[
          {
            title: "Contract",
            heads: true,
            order: ({ subject }) => nameOf(result, subject),
            cell: ({ subject }) => clean(nameOf(result, subject), 60),
          },
          {
            title: "Open to outsiders",
            order: ({ verdict }) => verdict,
            cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
          },
          ...rows.map((row, index) => ({
            title: clean(row, 40),
            cell: ({ conditions }: Assessment) => <Condition condition={conditions[index]} />,
          })),
        ]}
      />
      {sheets.slice(0, 12).map((sheet) => (
        <Folded key={sheet.subject} summary={`${clean(nameOf(result, sheet.subject), 60)}: why`}>
          {() => <Conditions assessment={sheet} />}
        </Folded>
      ))}
    </Section>
  );
}

function Condition({ condition }: { readonly condition: Assessment["conditions"][number] | undefined }): JSX.Element {
  const met = condition?.met ?? null;
  const word = met === null ? "unknown" : met ? "met" : "not met";
  return (
    <span class={`item item-${word.replaceAll(" ", "-")}`} title={clean(condition?.text ?? "", 300)}>
      <span aria-hidden="true">{met === null ? "?" : met ? "✓" : "✗"}</span>
      <span class="unseen">{word}</span>
    </span>
  );
}

function answer({ detail }: Measure, key: string): "yes" | "no" | "unknown" {
  const value = detail?.[key];
  return value === "yes" || value === "no" ? value : "unknown";
}

function Answer({ word }: { readonly word: "yes" | "no" | "unknown" }): JSX.Element {
  const symbol = { yes: "✓", no: "✗", unknown: "?" }[word];
  return (
    <span class={`item item-${{ yes: "met", no: "not-met", unknown: "unknown" }[word]}`}>
      <span aria-hidden="true">{symbol}</span>
      <span class="unseen">{word}</span>
    </span>
  );
}
