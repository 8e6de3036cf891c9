import type { JSX } from "preact";
import { clean } from "../../../drystone/src/report/_shared/index.js";
import type { Ref, RelationFact, Result } from "../model.js";
import { pairHref } from "../route.js";
import { EvidenceLine } from "./evidence.js";
import { SubjectLink } from "./links.js";
import { Table } from "./table.js";
import { Code } from "./text.js";

/** Words for the kinds of a relation, seen from the user. */
const kindWords = new Map([
  ["calls", "calls"],
  ["reads", "reads"],
  ["writes", "writes"],
  ["publishes", "publishes to"],
  ["consumes", "consumes from"],
  ["imports", "imports"],
  ["dependsOn", "needs"],
  ["discovers", "registers with"],
  ["exportsTelemetry", "sends telemetry to"],
]);

function kindWord(kind: string): string {
  return kindWords.get(kind) ?? "uses";
}

/** Who saw it: the files that declare it, the source, or traffic. */
const seenWords = new Map([
  ["declared", "declared"],
  ["static", "in the source"],
  ["runtime", "at run time"],
]);

function seenWord(seen: RelationFact["seen"]): string {
  return seen.length === 0 ? "unknown" : seen.map((each) => seenWords.get(each) ?? "unknown").join(", ");
}

/** Relations in one direction; `end` is the other side. */
export function Relations({
  caption,
  relations,
  end,
  of,
  result,
}: {
  readonly caption: string;
  readonly relations: readonly RelationFact[];
  readonly end: "from" | "to";
  readonly of: Ref | null;
  readonly result: Result;
}): JSX.Element {
  return (
    <Table
      caption={caption}
      rows={relations}
      keyOf={({ id }) => id}
      first={25}
      columns={[
        {
          title: end === "to" ? "Uses" : "Used by",
          heads: true,
          order: (relation) => relation[end],
          cell: (relation) => (
            <>
              <SubjectLink subject={relation[end]} result={result} />
              {of !== null && relation[end].startsWith("component:") && (
                <>
                  {" "}
                  <a class="small" href={pairHref(of, relation[end])}>
                    side by side
                  </a>
                </>
              )}
            </>
          ),
        },
        { title: "How", order: ({ kind }) => kind, cell: ({ kind, protocol }) => `${kindWord(kind)} (${clean(protocol, 12)})` },
        { title: "What", cell: ({ detail }) => (detail === null ? "–" : <Code text={detail} limit={90} />) },
        { title: "Seen", order: ({ seen }) => seen.join(), cell: ({ seen }) => seenWord(seen) },
        { title: "Certainty", order: ({ confidence }) => confidence, cell: ({ confidence }) => clean(confidence, 12) },
        { title: "Where", cell: ({ evidence }) => (evidence[0] === undefined ? "–" : <EvidenceLine evidence={evidence[0]} />) },
      ]}
    />
  );
}
