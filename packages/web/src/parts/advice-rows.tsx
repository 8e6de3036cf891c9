/** The questions behind a decision: verdict, number, why, and the conditions on demand. */
import type { JSX } from "preact";
import type { AdviceRow } from "../../../drystone/src/report/advice/index.js";
import { EvidenceLine } from "./evidence.js";
import { Folded } from "./later.js";
import { Sentence } from "./text.js";
import { VerdictMark } from "./verdict.js";

export function AdviceRows({ rows }: { readonly rows: readonly AdviceRow[] }): JSX.Element {
  return (
    <ul class="rows">
      {rows.map((row, index) => (
        <li key={`${row.id} ${index}`} class="row">
          <div class="row-verdict">
            <VerdictMark verdict={row.verdict} />
          </div>
          <div class="row-body">
            <h3>
              {row.title}
              {row.number !== null && <span class="row-number">{row.number}</span>}
            </h3>
            {row.sentence !== null && (
              <p>
                <Sentence text={row.sentence} />
              </p>
            )}
            {row.example !== null && (
              <p class="example">
                <span class="quiet">{row.example.label === "e.g." ? "For example: " : "Note: "}</span>
                <Sentence text={row.example.text} />
                {row.example.evidence !== null && (
                  <>
                    <br />
                    <EvidenceLine evidence={row.example.evidence} />
                  </>
                )}
              </p>
            )}
            {row.conditions.length > 0 && (
              <Folded summary={`The rule: ${row.conditions.length} ${row.conditions.length === 1 ? "condition" : "conditions"}`}>
                {() => (
                  <ul class="conditions">
                    {row.conditions.map((condition) => (
                      <li key={condition}>
                        <Sentence text={condition} />
                      </li>
                    ))}
                  </ul>
                )}
              </Folded>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
