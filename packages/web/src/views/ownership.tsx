/** Who owns what as declared, and who changes it as observed. */
import type { JSX } from "preact";
import { clean, percent } from "../../../drystone/src/report/_shared/index.js";
import { type Measure, type ModelComponent, measuresOf, nameOf, type Ref, type Result } from "../model.js";
import type { ViewProps } from "../page.js";
import { Section, Title } from "../parts/heading.js";
import { Folded, Later } from "../parts/later.js";
import { SubjectLink, SubjectLinks } from "../parts/links.js";
import { isAskedAboutPeople, PeopleLeftOut } from "../parts/people.js";
import { Table } from "../parts/table.js";
import { assessmentOf, Standings } from "../parts/waits.js";
import { OwnershipMatrix, OwnershipTreemap } from "../pictures/index.js";

const states = new Map([
  ["owned", "declared"],
  ["cleared", "cleared on purpose"],
  ["unmatched", "nobody declared"],
  ["contested", "several claim it"],
]);

export function Ownership({ data, result }: ViewProps): JSX.Element {
  if (!isAskedAboutPeople(data)) return <PeopleLeftOut title="Ownership" />;
  const built = result.model.components.filter(({ built }) => built);
  return (
    <>
      <Title lead="Declared says who should care for a component; observed says whose team makes its changes. The difference is what matters.">
        Ownership
      </Title>
      <Standings result={result} ids={["ownership", "coordination", "team-shape"]} />
      <Later>{() => <OwnershipMatrix result={result} />}</Later>
      <Later>{() => <OwnershipTreemap result={result} />}</Later>
      <Folded summary="Every component in numbers">
        {() => (
          <Table
            caption="Ownership of components"
            rows={built}
            keyOf={({ ref }) => ref}
            columns={[
              {
                title: "Component",
                heads: true,
                order: ({ name }) => name,
                cell: ({ ref }) => <SubjectLink subject={ref} result={result} />,
              },
              {
                title: "Ownership",
                order: ({ ownership }) => ownership.state,
                cell: ({ ownership }) => states.get(ownership.state) ?? "unknown",
              },
              {
                title: "Declared owner",
                order: ({ ownership }) => ownership.declared[0]?.ref ?? null,
                cell: ({ ownership }) =>
                  ownership.declared.length === 0 ? (
                    "–"
                  ) : (
                    <SubjectLinks subjects={[...new Set(ownership.declared.map(({ ref }) => ref))]} result={result} limit={3} />
                  ),
              },
              {
                title: "Changes by the owner",
                numeric: true,
                order: ({ ref }) => shareOf(result, ref)?.value ?? null,
                cell: ({ ref }) => shareText(shareOf(result, ref)),
              },
              {
                title: "Mostly changed by",
                order: ({ ownership }) => ownership.observed?.ref ?? null,
                cell: (component) => <Observed component={component} result={result} />,
              },
              {
                title: "Changes",
                numeric: true,
                order: ({ ref, ownership }) => shareOf(result, ref)?.sample?.n ?? ownership.observed?.sample.n ?? null,
                cell: ({ ref, ownership }) => shareOf(result, ref)?.sample?.n ?? ownership.observed?.sample.n ?? "–",
              },
            ]}
          />
        )}
      </Folded>
      <Later>
        {() => (
          <>
            {result.model.teams.length > 0 && <Teams result={result} />}
            <CrossTeam result={result} />
          </>
        )}
      </Later>
    </>
  );
}

function shareOf(result: Result, ref: Ref): Measure | undefined {
  return measuresOf(result, "ownership.share").find(({ subjects }) => subjects[0] === ref);
}

function shareText(measure: Measure | undefined): string {
  if (measure?.value === null || measure === undefined) return "–";
  const range = measure.interval === null ? "" : ` (${percent(measure.interval[0])} to ${percent(measure.interval[1])})`;
  return `${percent(measure.value)}${range}`;
}

function Observed({ component, result }: { readonly component: ModelComponent; readonly result: Result }): JSX.Element {
  const { observed } = component.ownership;
  if (observed === null) return <span class="quiet">unknown</span>;
  return (
    <>
      <SubjectLink subject={observed.ref} result={result} /> {percent(observed.share)}
    </>
  );
}

function Teams({ result }: { readonly result: Result }): JSX.Element {
  const of = (id: string, ref: Ref): Measure | undefined => measuresOf(result, id).find(({ subjects }) => subjects[0] === ref);
  return (
    <Section title={`Teams: ${result.model.teams.length}`}>
      <Table
        caption="Teams"
        rows={result.model.teams}
        keyOf={({ ref }) => ref}
        columns={[
          {
            title: "Team",
            heads: true,
            order: ({ name }) => name,
            cell: ({ ref }) => <SubjectLink subject={ref} result={result} />,
          },
          { title: "Known from", order: ({ source }) => source, cell: ({ source }) => clean(source, 20) },
          { title: "People", numeric: true, order: ({ size }) => size, cell: ({ size }) => size ?? "unknown" },
          {
            title: "Components",
            numeric: true,
            order: ({ ref }) => ownedBy(result, ref).length,
            cell: ({ ref }) => ownedBy(result, ref).length,
          },
          {
            title: "Stayed in six months",
            numeric: true,
            order: ({ ref }) => of("team.retention", ref)?.value ?? null,
            cell: ({ ref }) => {
              const value = of("team.retention", ref)?.value ?? null;
              return value === null ? "unknown" : percent(value);
            },
          },
          {
            title: "Functions",
            cell: ({ functions }) =>
              functions.length === 0
                ? "unknown"
                : functions
                    .slice(0, 8)
                    .map((each) => clean(each, 20))
                    .join(", "),
          },
        ]}
      />
    </Section>
  );
}

export function ownedBy(result: Result, team: Ref): readonly ModelComponent[] {
  return result.model.components.filter(({ ownership }) => ownership.declared.some(({ ref }) => ref === team));
}

function CrossTeam({ result }: { readonly result: Result }): JSX.Element | null {
  const pairs = measuresOf(result, "coordination.cross-team").filter(({ value }) => (value ?? 0) > 0);
  if (pairs.length === 0 || assessmentOf(result, "coordination") === null) return null;
  return (
    <Section title="Teams that need each other">
      <p class="quiet">Changes that touched components of both teams: work that somebody had to agree on.</p>
      <Table
        caption="Teams that need each other"
        rows={pairs}
        keyOf={({ subjects }) => subjects.join()}
        columns={[
          {
            title: "Teams",
            heads: true,
            order: ({ subjects }) => subjects.map((ref) => nameOf(result, ref)).join(),
            cell: ({ subjects }) => <SubjectLinks subjects={subjects} result={result} />,
          },
          {
            title: "Shared changes",
            numeric: true,
            order: ({ detail }) => Number(detail?.["shared"] ?? 0),
            cell: ({ detail }) => String(detail?.["shared"] ?? "–"),
          },
          { title: "Share", numeric: true, order: ({ value }) => value, cell: (measure) => shareText(measure) },
        ]}
      />
    </Section>
  );
}
