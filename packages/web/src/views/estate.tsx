/** What there is and who uses whom. */
import type { JSX } from "preact";
import { clean, percent } from "../../../drystone/src/report/_shared/index.js";
import { findingsAbout, isDeployable, type ModelComponent, nameOf, relationsOf, teamOf } from "../model.js";
import type { ViewProps } from "../page.js";
import { Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { SubjectLink } from "../parts/links.js";
import { Table } from "../parts/table.js";
import { Sentence } from "../parts/text.js";
import { Uncertainty } from "../parts/uncertainty.js";
import { EstateMap } from "../pictures/index.js";

export function Estate({ result, report }: ViewProps): JSX.Element {
  const { components } = result.model;
  const own = components.filter(({ built }) => built);
  const others = components.filter(({ built }) => !built);
  return (
    <>
      <Title lead={report.relations?.sentences.map((sentence) => <Sentence key={sentence} text={`${sentence} `} />)}>
        Estate
      </Title>
      <Later>{() => <EstateMap result={result} />}</Later>
      <Later>
        {() => (
          <>
            <Section title={`What is built here: ${own.length}`}>
              <Components result={result} components={own} />
            </Section>
            {others.length > 0 && (
              <Section title={`What is used and built elsewhere: ${others.length}`}>
                <Components result={result} components={others} />
              </Section>
            )}
            <Uncertainty result={result} />
          </>
        )}
      </Later>
    </>
  );
}

function Components({
  result,
  components,
}: {
  readonly result: ViewProps["result"];
  readonly components: readonly ModelComponent[];
}): JSX.Element {
  return (
    <Table
      caption="Components"
      rows={components}
      keyOf={({ ref }) => ref}
      columns={[
        {
          title: "Component",
          heads: true,
          order: ({ name }) => name,
          cell: ({ ref }) => <SubjectLink subject={ref} result={result} />,
        },
        { title: "Kind", order: ({ kind }) => kind, cell: (component) => kindOf(component) },
        { title: "Technology", order: ({ technology }) => technology, cell: ({ technology }) => clean(technology ?? "–", 40) },
        {
          title: "Team",
          order: (component) => {
            const team = teamOf(component);
            return team === null ? null : nameOf(result, team);
          },
          cell: (component) => <Team component={component} result={result} />,
        },
        {
          title: "Uses",
          numeric: true,
          order: ({ ref }) => relationsOf(result, ref).uses.length,
          cell: ({ ref }) => relationsOf(result, ref).uses.length,
        },
        {
          title: "Used by",
          numeric: true,
          order: ({ ref }) => relationsOf(result, ref).usedBy.length,
          cell: ({ ref }) => relationsOf(result, ref).usedBy.length,
        },
        {
          title: "Findings",
          numeric: true,
          order: ({ ref }) => findingsAbout(result, ref).length,
          cell: ({ ref }) => findingsAbout(result, ref).length,
        },
      ]}
    />
  );
}

function kindOf(component: ModelComponent): string {
  return isDeployable(component) || component.kind !== "service" ? component.kind : `${component.kind} (not built here)`;
}

/** The declared team, or the observed one with its share; both states are told apart in words. */
export function Team({
  component,
  result,
}: {
  readonly component: ModelComponent;
  readonly result: ViewProps["result"];
}): JSX.Element {
  const { declared, observed } = component.ownership;
  const [owner] = declared;
  if (owner !== undefined) return <SubjectLink subject={owner.ref} result={result} />;
  if (observed === null) return <span class="quiet">unknown</span>;
  return (
    <>
      <SubjectLink subject={observed.ref} result={result} /> <span class="quiet">observed, {percent(observed.share)}</span>
    </>
  );
}
