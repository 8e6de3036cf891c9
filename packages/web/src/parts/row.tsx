/** One question of a list: verdict, number, why, and an example. */
import type { ComponentChildren, JSX } from "preact";
import type { RowView } from "../../../drystone/src/report/_shared/index.js";
import { EvidenceLine } from "./evidence.js";
import { Sentence } from "./text.js";
import { VerdictMark } from "./verdict.js";

interface RowProps {
  readonly row: Pick<RowView, "verdict" | "number" | "sentence" | "example">;
  readonly title: ComponentChildren;
  /** Between the title and the reason. */
  readonly picture?: ComponentChildren;
  /** Below the example. */
  readonly children?: ComponentChildren;
}

export function Row({ row, title, picture, children }: RowProps): JSX.Element {
  return (
    <li class="row">
      <div class="row-verdict">
        <VerdictMark verdict={row.verdict} />
      </div>
      <div class="row-body">
        <h3>
          {title}
          {row.number !== null && <span class="row-number">{row.number}</span>}
        </h3>
        {picture}
        {row.sentence !== null && (
          <p>
            <Sentence text={row.sentence} />
          </p>
        )}
        {row.example !== null && <Example example={row.example} />}
        {children}
      </div>
    </li>
  );
}

function Example({ example: { label, text, evidence } }: { readonly example: NonNullable<RowView["example"]> }): JSX.Element {
  return (
    <p class="example">
      <span class="quiet">{label === "e.g." ? "For example: " : "Note: "}</span>
      <Sentence text={text} />
      {evidence !== null && (
        <>
          <br />
          <EvidenceLine evidence={evidence} />
        </>
      )}
    </p>
  );
}
