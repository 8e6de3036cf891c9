/** One team: what it owns, what it works on, and what was found about it. */
import type { JSX } from "preact";
import { clean, namesOf, percent, quantity } from "../../../drystone/src/report/_shared/index.js";
import { findingsAbout, measuresOf, nameOf, type Ref, teamsAtWork, teamsByRef } from "../model.js";
import type { ViewProps } from "../page.js";
import { FindingList } from "../parts/finding-list.js";
import { Fact, Facts, Section, Title } from "../parts/heading.js";
import { SubjectLink, SubjectLinks } from "../parts/links.js";
import { measureWords } from "../parts/measure-words.js";
import { isAskedAboutPeople, PeopleLeftOut } from "../parts/people.js";
import { Table } from "../parts/table.js";
import { Name } from "../parts/text.js";
import { NotFound } from "./not-found.js";
import { ownedBy } from "./ownership.js";

const teamNumbers = [
  "team.span",
  "team.retention",
  "team.truck-factor",
  "team.layers",
  "team.needs-other-layer",
  "coordination.cohesion",
];

export function TeamPage({ data, result, parts }: ViewProps): JSX.Element {
  const ref: Ref = parts[0] ?? "";
  const team = teamsByRef(result).get(ref);
  if (!isAskedAboutPeople(data)) return <PeopleLeftOut title="Team" />;
  if (team === undefined && !teamsAtWork(result).includes(ref)) return <NotFound what="team" name={ref} />;
  const owned = ownedBy(result, ref);
  const shares = measuresOf(result, "ownership.team-share").filter(({ subjects }) => subjects[1] === ref);
  const findings = findingsAbout(result, ref);
  const numbers = teamNumbers.flatMap((id) => measuresOf(result, id).filter(({ subjects }) => subjects[0] === ref));
  return (
    <>
      <p class="above quiet">team</p>
      <Title>
        <Name text={nameOf(result, ref)} width={80} />
      </Title>
      <Facts>
        <Fact name="Owns">
          {owned.length === 0 ? (
            "nothing that is declared"
          ) : (
            <SubjectLinks subjects={owned.map((component) => component.ref)} result={result} limit={40} />
          )}
        </Fact>
        <Fact name="People">{team?.size ?? "unknown"}</Fact>
        <Fact name="Functions">
          {team === undefined || team.functions.length === 0
            ? "unknown"
            : team.functions.map((each) => clean(each, 20)).join(", ")}
        </Fact>
        {team?.parent !== null && team?.parent !== undefined && (
          <Fact name="Part of">
            <SubjectLink subject={team.parent} result={result} />
          </Fact>
        )}
        {numbers.map((measure) => (
          <Fact key={measure.id} name={measureWords(measure.id)}>
            {quantity(measure) ?? "unknown"}
          </Fact>
        ))}
      </Facts>
      {shares.length > 0 && (
        <Section title="Where it makes changes">
          <Table
            caption="Where it makes changes"
            rows={shares}
            keyOf={({ subjects }) => subjects[0] ?? ""}
            columns={[
              {
                title: "Component",
                heads: true,
                order: ({ subjects }) => nameOf(result, subjects[0] ?? ""),
                cell: ({ subjects }) => <SubjectLink subject={subjects[0] ?? ""} result={result} />,
              },
              {
                title: "Share of its changes",
                numeric: true,
                order: ({ value }) => value,
                cell: ({ value }) => (value === null ? "unknown" : percent(value)),
              },
              {
                title: "Changes",
                numeric: true,
                order: ({ sample }) => sample?.n ?? null,
                cell: ({ sample }) => sample?.n ?? "–",
              },
            ]}
          />
        </Section>
      )}
      <Section title={`Findings: ${findings.length}`}>
        {findings.length === 0 && <p class="quiet">None.</p>}
        <FindingList found={findings} names={namesOf(result, data.people)} first={12} withFix />
      </Section>
    </>
  );
}
