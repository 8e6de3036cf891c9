/** Everything about one component, store or queue. */
import type { JSX } from "preact";
import { clean, namesOf, percent, quantity, shellQuoted } from "../../../drystone/src/report/_shared/index.js";
import { adviceView } from "../../../drystone/src/report/advice/index.js";
import {
  componentsByRef,
  findingsAbout,
  type ModelComponent,
  measuresOf,
  type Ref,
  type Result,
  relationsOf,
  resourcesByRef,
} from "../model.js";
import type { ViewProps } from "../page.js";
import { AssessmentBlock } from "../parts/assessment.js";
import { Command } from "../parts/command.js";
import { EvidenceList } from "../parts/evidence.js";
import { FindingList } from "../parts/finding-list.js";
import { Fact, Facts, Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { SubjectLink, SubjectLinks } from "../parts/links.js";
import { measureWords } from "../parts/measure-words.js";
import { Relations } from "../parts/relations.js";
import { sampleWords } from "../parts/sample.js";
import { Table } from "../parts/table.js";
import { Code, Name, Sentence } from "../parts/text.js";
import { hrefOf, refOf } from "../route.js";
import { BaselineList } from "./baseline.js";
import { Team } from "./estate.js";
import { NotFound } from "./not-found.js";

export function ComponentPage({ data, result, parts }: ViewProps): JSX.Element {
  const ref = refOf(parts[0] ?? "");
  const component = componentsByRef(result).get(ref);
  const resource = resourcesByRef(result).get(ref);
  const thing = component ?? resource;
  if (thing === undefined) return <NotFound what="component" name={parts[0] ?? ""} />;
  const { uses, usedBy } = relationsOf(result, ref);
  const findings = findingsAbout(result, ref);
  const quoted = shellQuoted(thing.name);
  return (
    <>
      <p class="above quiet">{thing.kind}</p>
      <Title>
        <Name text={thing.name} width={80} />
      </Title>
      {quoted !== null && (
        <p>
          <Command text={`drystone explain ${quoted}`} what="the command that prints this" />
        </p>
      )}
      {component !== undefined ? (
        <AboutComponent component={component} result={result} />
      ) : (
        <AboutResource ref_={ref} result={result} />
      )}
      <Section title={`Findings: ${findings.length}`}>
        {findings.length === 0 && <p class="quiet">None. That is no proof of health: look at what is unknown in the answer.</p>}
        <FindingList found={findings} names={namesOf(result, data.people)} first={8} withFix />
      </Section>
      <Later>
        {() => (
          <>
            <Section title={`Uses: ${uses.length}`}>
              {uses.length === 0 ? (
                <p class="quiet">Nothing was seen.</p>
              ) : (
                <Relations caption="Uses" relations={uses} end="to" of={component === undefined ? null : ref} result={result} />
              )}
            </Section>
            <Section title={`Used by: ${usedBy.length}`}>
              {usedBy.length === 0 ? (
                <p class="quiet">Nobody was seen.</p>
              ) : (
                <Relations
                  caption="Used by"
                  relations={usedBy}
                  end="from"
                  of={component === undefined ? null : ref}
                  result={result}
                />
              )}
            </Section>
            {component !== undefined && <Decisions subject={ref} result={result} people={data.people} />}
            {component !== undefined && <BaselineList subject={ref} result={result} />}
            {component !== undefined && <Contracts subject={ref} result={result} />}
            <Measures subject={ref} result={result} />
            <Section title="How it was found">
              {component !== undefined && component.inferredFrom.length > 0 && (
                <p>
                  Inferred: <Sentence text={component.inferredFrom.slice(0, 6).join("; ")} />.
                </p>
              )}
              {component?.correction !== null && component?.correction !== undefined && (
                <p>
                  If that is wrong, the line of drystone.yaml that corrects it: <Code text={component.correction} />
                </p>
              )}
              <EvidenceList evidence={thing.evidence} total={thing.evidence.length} result={result} />
            </Section>
          </>
        )}
      </Later>
    </>
  );
}

function AboutComponent({ component, result }: { readonly component: ModelComponent; readonly result: Result }): JSX.Element {
  const { declared, observed, state } = component.ownership;
  const modules = result.model.components.filter(({ partOf }) => partOf === component.ref);
  return (
    <Facts>
      <Fact name="Owner">
        {declared.length === 0 ? (
          <Team component={component} result={result} />
        ) : (
          declared.map(({ ref, source }) => (
            <span key={`${ref} ${source}`} class="declared">
              <SubjectLink subject={ref} result={result} /> <span class="quiet">declared in {clean(source, 20)}</span>{" "}
            </span>
          ))
        )}
        {state === "contested" && <strong> several claim it</strong>}
        {state === "cleared" && <span class="quiet"> ownership is cleared on purpose</span>}
      </Fact>
      {observed !== null && (
        <Fact name="Mostly changed by">
          <SubjectLink subject={observed.ref} result={result} />: {percent(observed.share)} of {observed.sample.n}{" "}
          {clean(observed.sample.of, 40)} ({percent(observed.interval[0])} to {percent(observed.interval[1])})
        </Fact>
      )}
      <Fact name="Technology">{clean(component.technology ?? "unknown", 60)}</Fact>
      <Fact name="Source">
        {component.built
          ? component.paths.slice(0, 5).map((path) => <Code key={path} text={path === "" ? "." : path} />)
          : "not in the repositories at hand"}
        {component.paths.length > 5 && <span class="quiet"> and {component.paths.length - 5} more</span>}
      </Fact>
      {component.partOf !== null && (
        <Fact name="Part of">
          <SubjectLink subject={component.partOf} result={result} />
        </Fact>
      )}
      {modules.length > 0 && (
        <Fact name="Modules">
          <SubjectLinks subjects={modules.map(({ ref }) => ref)} result={result} limit={30} />
        </Fact>
      )}
      {component.aliases.length > 0 && (
        <Fact name="Also called">
          {component.aliases
            .slice(0, 8)
            .map((alias) => clean(alias, 60))
            .join(", ")}
        </Fact>
      )}
    </Facts>
  );
}

function AboutResource({ ref_, result }: { readonly ref_: Ref; readonly result: Result }): JSX.Element {
  const resource = resourcesByRef(result).get(ref_);
  const parts = result.model.resources.filter(({ partOf }) => partOf === ref_);
  return (
    <Facts>
      <Fact name="Technology">{clean(resource?.technology ?? "unknown", 60)}</Fact>
      {resource?.partOf !== null && resource?.partOf !== undefined && (
        <Fact name="Part of">
          <SubjectLink subject={resource.partOf} result={result} />
        </Fact>
      )}
      {parts.length > 0 && (
        <Fact name="Contains">
          <SubjectLinks subjects={parts.map(({ ref }) => ref)} result={result} limit={40} />
        </Fact>
      )}
    </Facts>
  );
}

/** Advice and assessments whose subject is this component: split signals, prerequisites. */
function Decisions({
  subject,
  result,
  people,
}: {
  readonly subject: Ref;
  readonly result: Result;
  readonly people: ViewProps["data"]["people"];
}): JSX.Element | null {
  const own = result.assessments.filter((assessment) => assessment.subject === subject);
  const advice = result.advice.filter((each) => each.subject === subject);
  if (own.length + advice.length === 0) return null;
  return (
    <Section title="Decisions">
      {advice.map((each) => (
        <p key={each.decision}>
          <a href={hrefOf("advice", each.decision, each.subject)}>{adviceView(each, result, people).question}</a>{" "}
          {adviceView(each, result, people).label}
        </p>
      ))}
      {own.map((assessment) => (
        <AssessmentBlock key={`${assessment.id} ${assessment.subject}`} assessment={assessment} result={result} />
      ))}
    </Section>
  );
}

function Contracts({ subject, result }: { readonly subject: Ref; readonly result: Result }): JSX.Element | null {
  const contracts = result.model.contracts.filter(({ provider }) => provider === subject);
  const operations = result.model.operations.filter(({ component }) => component === subject);
  if (contracts.length + operations.length === 0) return null;
  return (
    <Section title={`Contracts: ${contracts.length}, operations: ${operations.length}`}>
      {contracts.length === 0 && (
        <p class="quiet">No machine-readable contract was found: these operations are read from the source.</p>
      )}
      <ul>
        {contracts.slice(0, 20).map((contract) => (
          <li key={contract.ref}>
            {contract.kind} {clean(contract.version ?? "", 20)} <Code text={contract.file} />
          </li>
        ))}
      </ul>
      {operations.length > 0 && (
        <Table
          caption="Operations"
          rows={operations}
          keyOf={({ ref }) => ref}
          first={20}
          columns={[
            {
              title: "Operation",
              heads: true,
              order: ({ path }) => path,
              cell: ({ method, path }) => <Code text={`${method} ${path}`} limit={120} />,
            },
            {
              title: "In a contract",
              order: ({ contract }) => (contract === null ? "no" : "yes"),
              cell: ({ contract }) => (contract === null ? "no" : "yes"),
            },
          ]}
        />
      )}
    </Section>
  );
}

/** Numbers that are about this component alone. */
function Measures({ subject, result }: { readonly subject: Ref; readonly result: Result }): JSX.Element | null {
  const ids = [...new Set(result.measures.map(({ id }) => id))];
  const own = ids.flatMap((id) =>
    // The baseline has its own section, what other settings would say its own table.
    /^(baseline|sensitivity)\./.test(id)
      ? []
      : measuresOf(result, id).filter(({ subjects }) => subjects.length === 1 && subjects[0] === subject),
  );
  if (own.length === 0) return null;
  return (
    <Section title="Measured">
      <Table
        caption="Measured"
        rows={own.map((measure, index) => ({ ...measure, key: `${measure.id} ${index}` }))}
        keyOf={({ key }) => key}
        columns={[
          {
            title: "Number",
            heads: true,
            order: ({ id }) => measureWords(id),
            cell: ({ id }) => <span title={clean(id, 60)}>{measureWords(id)}</span>,
          },
          { title: "Value", numeric: true, cell: (measure) => quantity(measure) ?? "unknown" },
          { title: "Sample", cell: ({ sample }) => sampleWords(sample) },
          { title: "Window", cell: ({ window }) => clean(window ?? "–", 30) },
        ]}
      />
    </Section>
  );
}
