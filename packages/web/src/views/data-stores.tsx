/** Which services share which data. */
import type { JSX } from "preact";
import { clean } from "../../../drystone/src/report/_shared/index.js";
import { measuresOf, nameOf, type Ref, type RelationFact, type ResourceFact, type Result, relationsOf } from "../model.js";
import type { ViewProps } from "../page.js";
import { Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { SubjectLink, SubjectLinks } from "../parts/links.js";
import { Table } from "../parts/table.js";
import { Standings } from "../parts/waits.js";
import { StoreMatrix } from "../pictures/index.js";
import { pairHref } from "../route.js";
import { detailNumber } from "./dependencies.js";

const levels = [
  "0: private",
  "1: one server, databases apart",
  "2: one server or cache, schemas or keys apart",
  "3: one schema, tables apart",
  "4: the same tables, read",
  "5: the same tables, written",
];

/** The level of sharing in words (metrics.md A5); the symptom counts from 3 on. */
export function levelWord(level: number | null): string {
  return level === null ? "unknown" : (levels[level] ?? `level ${level}`);
}

const stores: readonly ResourceFact["kind"][] = ["datastore", "broker", "cache", "bucket", "volume"];

export function DataStores({ result }: ViewProps): JSX.Element {
  const servers = result.model.resources.filter(({ kind }) => stores.includes(kind));
  const parts = result.model.resources.filter((resource) => !stores.includes(resource.kind));
  const shared = parts.filter(({ ref }) => users(result, ref).length > 1);
  const pairs = measuresOf(result, "datastore.shared-level").filter(({ value }) => (value ?? 0) >= 3);
  return (
    <>
      <Title lead="A table that two services use is an interface that nobody wrote down. Sharing counts as a symptom from level 3 on.">
        Stores and tables
      </Title>
      <Standings result={result} ids={["shared-datastore"]} />
      <Later>{() => <StoreMatrix result={result} />}</Later>
      <Later>
        {() => (
          <>
            <Section title={`Tables and topics that several use: ${shared.length} of ${parts.length}`}>
              {shared.length === 0 ? (
                <p class="quiet">
                  None was found{parts.length === 0 ? ", and no table is known: that is unknown, not clean" : ""}.
                </p>
              ) : (
                <Table
                  caption="Tables and topics that several use"
                  rows={shared}
                  keyOf={({ ref }) => ref}
                  columns={[
                    {
                      title: "Name",
                      heads: true,
                      order: ({ name }) => name,
                      cell: ({ ref }) => <SubjectLink subject={ref} result={result} />,
                    },
                    { title: "Kind", order: ({ kind }) => kind, cell: ({ kind }) => clean(kind, 20) },
                    {
                      title: "In",
                      order: ({ partOf }) => partOf,
                      cell: ({ partOf }) => (partOf === null ? "–" : <SubjectLink subject={partOf} result={result} />),
                    },
                    {
                      title: "Users",
                      numeric: true,
                      order: ({ ref }) => users(result, ref).length,
                      cell: ({ ref }) => users(result, ref).length,
                    },
                    { title: "Written by", cell: ({ ref }) => <By result={result} ref_={ref} kinds={["writes", "publishes"]} /> },
                    { title: "Read by", cell: ({ ref }) => <By result={result} ref_={ref} kinds={["reads", "consumes"]} /> },
                  ]}
                />
              )}
            </Section>
            {pairs.length > 0 && (
              <Section title={`Pairs of services that share a schema or tables: ${pairs.length}`}>
                <Table
                  caption="Pairs that share data"
                  rows={pairs}
                  keyOf={({ subjects }) => subjects.join()}
                  columns={[
                    {
                      title: "Pair",
                      heads: true,
                      order: ({ subjects }) => nameOf(result, subjects[0] ?? ""),
                      cell: ({ subjects }) => (
                        <a href={pairHref(subjects[0] ?? "", subjects[1] ?? "")}>
                          {clean(nameOf(result, subjects[0] ?? ""), 30)} and {clean(nameOf(result, subjects[1] ?? ""), 30)}
                        </a>
                      ),
                    },
                    {
                      title: "Store",
                      order: ({ subjects }) => subjects[2] ?? null,
                      cell: ({ subjects }) => <SubjectLink subject={subjects[2] ?? ""} result={result} />,
                    },
                    {
                      title: "Level",
                      order: ({ value }) => value,
                      cell: ({ value, detail }) => `${levelWord(value)}${detail?.["certain"] === "no" ? " (not certain)" : ""}`,
                    },
                    {
                      title: "Tables",
                      numeric: true,
                      order: (measure) => detailNumber(measure, "tables"),
                      cell: (measure) => detailNumber(measure, "tables") ?? "–",
                    },
                  ]}
                />
              </Section>
            )}
            <Section title={`Stores: ${servers.length}`}>
              {servers.length === 0 ? (
                <p class="quiet">No datastore, cache or broker was found in the files.</p>
              ) : (
                <Table
                  caption="Stores"
                  rows={servers}
                  keyOf={({ ref }) => ref}
                  columns={[
                    {
                      title: "Store",
                      heads: true,
                      order: ({ name }) => name,
                      cell: ({ ref }) => <SubjectLink subject={ref} result={result} />,
                    },
                    {
                      title: "Kind",
                      order: ({ kind }) => kind,
                      cell: ({ kind, technology }) =>
                        [kind, technology]
                          .filter((each) => each !== null)
                          .map((each) => clean(each, 30))
                          .join(", "),
                    },
                    {
                      title: "Sharing",
                      order: ({ ref }) => levelOf(result, ref),
                      cell: ({ ref }) => levelWord(levelOf(result, ref)),
                    },
                    {
                      title: "Tables, topics",
                      numeric: true,
                      order: ({ ref }) => parts.filter(({ partOf }) => partOf === ref).length,
                      cell: ({ ref }) => parts.filter(({ partOf }) => partOf === ref).length,
                    },
                    {
                      title: "Used by",
                      order: ({ ref }) => users(result, ref).length,
                      cell: ({ ref }) => <SubjectLinks subjects={users(result, ref)} result={result} />,
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

function levelOf(result: Result, ref: Ref): number | null {
  return measuresOf(result, "datastore.level").find(({ subjects }) => subjects[0] === ref)?.value ?? null;
}

function users(result: Result, ref: Ref): readonly Ref[] {
  return [...new Set(relationsOf(result, ref).usedBy.map(({ from }) => from))];
}

function By({
  result,
  ref_,
  kinds,
}: {
  readonly result: Result;
  readonly ref_: Ref;
  readonly kinds: readonly RelationFact["kind"][];
}): JSX.Element {
  const found = [...new Set(relationsOf(result, ref_).usedBy.flatMap(({ from, kind }) => (kinds.includes(kind) ? from : [])))];
  return found.length === 0 ? <span class="quiet">nobody was seen</span> : <SubjectLinks subjects={found} result={result} />;
}
