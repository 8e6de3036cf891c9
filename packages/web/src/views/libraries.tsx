/** Which libraries services share, at which versions, and how far a change of one reaches. */
import type { JSX } from "preact";
import { clean } from "../../../drystone/src/report/_shared/index.js";
import { type LibraryFact, type Measure, measuresOf, type Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { SubjectLinks } from "../parts/links.js";
import { Table } from "../parts/table.js";
import { Name, Sentence } from "../parts/text.js";
import { Standings } from "../parts/waits.js";

export function Libraries({ result }: ViewProps): JSX.Element {
  const internal = result.model.libraries.filter((library) => library.internal);
  const outside = result.model.libraries.filter((library) => !library.internal && library.uses.length > 1);
  const drifting = outside.filter((library) => versionsOf(library).length > 1);
  return (
    <>
      <Title lead="A library with business types ties its users together: a change has to be tested and deployed with each of them.">
        Libraries
      </Title>
      <Standings result={result} ids={["library-drift", "shared-code"]} />
      <Section title={`Libraries of your own: ${internal.length}`}>
        {internal.length === 0 ? (
          <p class="quiet">None was found.</p>
        ) : (
          <Table
            caption="Libraries of your own"
            rows={internal}
            keyOf={({ name, ecosystem }) => `${ecosystem} ${name}`}
            columns={[
              { title: "Library", heads: true, order: ({ name }) => name, cell: ({ name }) => <Name text={name} width={50} /> },
              { title: "Holds", order: ({ nature }) => nature, cell: ({ nature }) => natureWord(nature) },
              { title: "Users", numeric: true, order: ({ uses }) => uses.length, cell: ({ uses }) => uses.length },
              {
                title: "Versions",
                numeric: true,
                order: (library) => versionsOf(library).length,
                cell: (library) => versionsOf(library).length,
              },
              {
                title: "A change reaches",
                numeric: true,
                order: ({ name }) => measured(result, "library.reach", name)?.value ?? null,
                cell: ({ name }) => valueWith(measured(result, "library.reach", name), "services"),
              },
              {
                title: "Upgrades a month",
                numeric: true,
                order: ({ name }) => measured(result, "library.blast", name)?.value ?? null,
                cell: ({ name }) => valueWith(measured(result, "library.blast", name), ""),
              },
              {
                title: "Used by",
                cell: ({ uses }) => (
                  <SubjectLinks subjects={[...new Set(uses.map(({ component }) => component))]} result={result} limit={6} />
                ),
              },
            ]}
          />
        )}
      </Section>
      <Later>
        {() => (
          <>
            <Section
              title={`Libraries of others at several versions: ${drifting.length} of ${outside.length} that two or more use`}
            >
              {drifting.length === 0 && (
                <p class="quiet">
                  {outside.length === 0 ? "No library is known to be used by two." : "Each is used at one version."}
                </p>
              )}
              {drifting.length > 0 && (
                <Table
                  caption="Libraries of others at several versions"
                  rows={drifting}
                  keyOf={({ name, ecosystem }) => `${ecosystem} ${name}`}
                  first={25}
                  columns={[
                    {
                      title: "Library",
                      heads: true,
                      order: ({ name }) => name,
                      cell: ({ name }) => <Name text={name} width={50} />,
                    },
                    {
                      title: "From",
                      order: ({ ecosystem }) => ecosystem,
                      cell: ({ ecosystem }) => clean(ecosystem ?? "unknown", 20),
                    },
                    { title: "Users", numeric: true, order: ({ uses }) => uses.length, cell: ({ uses }) => uses.length },
                    {
                      title: "Versions",
                      order: (library) => versionsOf(library).length,
                      cell: (library) => (
                        <Sentence
                          text={
                            versionsOf(library).slice(0, 6).join(", ") +
                            (versionsOf(library).length > 6 ? ` and ${versionsOf(library).length - 6} more` : "")
                          }
                          limit={160}
                        />
                      ),
                    },
                  ]}
                />
              )}
            </Section>
          </>
        )}
      </Later>
    </>
  );
}

function versionsOf({ uses }: LibraryFact): readonly string[] {
  return [...new Set(uses.map(({ version }) => (version === "" ? "unknown" : version)))].sort();
}

function natureWord(nature: LibraryFact["nature"]): string {
  if (nature === "domain") return "business types";
  if (nature === "infrastructure") return "technical code";
  return nature === "contract" ? "a contract" : "not known";
}

function measured(result: Result, id: string, library: string): Measure | undefined {
  return measuresOf(result, id).find(({ detail }) => detail?.["library"] === library);
}

function valueWith(measure: Measure | undefined, unit: string): string {
  if (measure?.value === null || measure === undefined) return "unknown";
  return `${Number(measure.value.toFixed(1))} ${unit}`.trim();
}
