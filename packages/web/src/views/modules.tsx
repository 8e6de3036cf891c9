/** Module boundaries, and what teams decided to live with, by owner and end. */
import type { JSX } from "preact";
import { clean, namesOf } from "../../../drystone/src/report/_shared/index.js";
import type { FoundIn } from "../model.js";
import type { ViewProps } from "../page.js";
import { Broken } from "../parts/broken.js";
import { FindingLine } from "../parts/finding-line.js";
import { Section, Title } from "../parts/heading.js";
import { Later } from "../parts/later.js";
import { Table } from "../parts/table.js";
import { Sentence } from "../parts/text.js";
import { assessmentOf, Standings } from "../parts/waits.js";
import { ModuleGraph } from "../pictures/index.js";
import { shownFindings } from "./findings.js";

export function Modules({ data, result }: ViewProps): JSX.Element {
  const names = namesOf(result, data.people);
  const found = shownFindings(data);
  const open = found.filter(({ assessment, finding }) => assessment.id === "module-boundaries" && finding.state !== "accepted");
  const decided = found
    .filter(({ finding }) => finding.state !== "new")
    .toSorted((one, other) => compared(endOf(one), endOf(other)));
  return (
    <>
      <Title lead="The rules are the team's own. What breaks one is repaired, or accepted by somebody, for a reason, until a date.">
        Boundaries and accepted findings
      </Title>
      <Standings
        result={result}
        ids={["module-boundaries", "boundary-quality", "module-coupling"].filter(
          (id) => assessmentOf(result, id)?.verdict !== "not-applicable",
        )}
      />
      <Later>{() => <ModuleGraph result={result} />}</Later>
      <Decided found={decided} />
      <Broken found={open} names={names} result={result} />
      <Section title={`Accepted findings: ${decided.length}`}>
        {decided.length === 0 ? (
          <p class="quiet">
            Nothing is accepted. A finding is accepted in .drystone/accepted.yaml, with an owner, a reason and an end.
          </p>
        ) : (
          <Table
            caption="Accepted findings"
            rows={decided.map((each, index) => ({ ...each, key: `${each.finding.fingerprint} ${index}` }))}
            keyOf={({ key }) => key}
            first={20}
            columns={[
              { title: "Finding", heads: true, cell: (each) => <FindingLine found={each} names={names} /> },
              {
                title: "Owner",
                order: ({ finding }) => finding.decision?.owner ?? null,
                cell: ({ finding }) => ownerText(finding.decision?.owner ?? ""),
              },
              { title: "Until", order: endOf, cell: (each) => endText(each) },
              {
                title: "Reason",
                cell: ({ finding }) => <Sentence text={finding.decision?.reason ?? "none given"} limit={300} />,
              },
            ]}
          />
        )}
      </Section>
    </>
  );
}

/** Who decided how much, and when it ends: the soonest end first. */
function Decided({ found }: { readonly found: readonly FoundIn[] }): JSX.Element | null {
  if (found.length === 0) return null;
  const byOwner = new Map<string, FoundIn[]>();
  for (const each of found) {
    const owner = each.finding.decision?.owner ?? "";
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), each]);
  }
  return (
    <Section title="Who accepted what, and until when">
      <Table
        caption="Accepted findings by owner"
        rows={[...byOwner].map(([owner, owned]) => ({ owner, owned }))}
        keyOf={({ owner }) => owner}
        columns={[
          { title: "Owner", heads: true, order: ({ owner }) => owner, cell: ({ owner }) => ownerText(owner) },
          {
            title: "In force",
            numeric: true,
            order: ({ owned }) => owned.length - expired(owned),
            cell: ({ owned }) => owned.length - expired(owned),
          },
          { title: "Expired", numeric: true, order: ({ owned }) => expired(owned), cell: ({ owned }) => expired(owned) },
          { title: "Next end", order: ({ owned }) => next(owned), cell: ({ owned }) => nextText(owned) },
          {
            title: "Without a reason",
            numeric: true,
            order: ({ owned }) => withoutReason(owned),
            cell: ({ owned }) => withoutReason(owned),
          },
        ]}
      />
    </Section>
  );
}

function expired(owned: readonly FoundIn[]): number {
  return owned.filter(({ finding }) => finding.state === "expired").length;
}

function next(owned: readonly FoundIn[]): string | null {
  return owned.flatMap((each) => (each.finding.state === "accepted" ? (endOf(each) ?? []) : [])).sort()[0] ?? null;
}

function nextText(owned: readonly FoundIn[]): string {
  const soonest = next(owned);
  if (soonest !== null) return clean(soonest, 20);
  return expired(owned) === owned.length ? "all have ended" : "none given";
}

function ownerText(owner: string): string {
  return owner === "" ? "nobody named" : clean(owner, 60);
}

function withoutReason(owned: readonly FoundIn[]): number {
  return owned.filter(({ finding }) => (finding.decision?.reason ?? "").trim() === "").length;
}

function endOf({ finding }: FoundIn): string | null {
  return finding.decision?.until ?? null;
}

function endText({ finding }: FoundIn): string {
  const until = finding.decision?.until ?? null;
  return `${until === null ? "no end given" : clean(until, 20)}${finding.state === "expired" ? " (expired)" : ""}`;
}

function compared(one: string | null, other: string | null): number {
  return one === other ? 0 : (one ?? "9") < (other ?? "9") ? -1 : 1;
}
