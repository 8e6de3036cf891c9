import type { JSX } from "preact";
import { clean, counted } from "../../../drystone/src/report/_shared/index.js";
import type { Result } from "../model.js";
import { EvidenceLine } from "./evidence.js";
import { Section } from "./heading.js";
import { SubjectLink } from "./links.js";
import { Table } from "./table.js";
import { Code, Sentence } from "./text.js";

/** What in the files leads nowhere: relations may be missing there. */
export function Uncertainty({ result }: { readonly result: Result }): JSX.Element | null {
  const { unresolved } = result.model;
  if (unresolved.length === 0) return null;
  return (
    <Section
      title={`${counted(unresolved.length, "place")} that ${unresolved.length === 1 ? "leads" : "lead"} to nothing known here`}
    >
      <p class="quiet">
        Relations may be missing. A line in drystone.yaml, or the repository that holds the other end, closes the gap.
      </p>
      <Table
        caption="Places that lead nowhere"
        rows={unresolved.map((each, index) => ({ ...each, key: `${index}` }))}
        keyOf={({ key }) => key}
        first={15}
        columns={[
          {
            title: "Component",
            heads: true,
            order: ({ component }) => component,
            cell: ({ component }) => <SubjectLink subject={component} result={result} />,
          },
          { title: "What", order: ({ kind }) => kind, cell: ({ kind }) => clean(kind, 20) },
          { title: "As written", cell: ({ text }) => <Code text={text} limit={90} /> },
          { title: "Why", order: ({ reason }) => reason, cell: ({ reason }) => <Sentence text={reason} limit={160} /> },
          { title: "Where", cell: ({ evidence }) => (evidence[0] === undefined ? "–" : <EvidenceLine evidence={evidence[0]} />) },
        ]}
      />
    </Section>
  );
}
