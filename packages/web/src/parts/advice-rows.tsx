/** The questions behind a decision: verdict, number, why, and the conditions on demand. */
import type { JSX } from "preact";
import type { AdviceRow } from "../../../drystone/src/report/advice/index.js";
import { Folded } from "./later.js";
import { Row } from "./row.js";
import { Sentence } from "./text.js";

export function AdviceRows({ rows }: { readonly rows: readonly AdviceRow[] }): JSX.Element {
  return (
    <ul class="rows">
      {rows.map((row, index) => (
        <Row key={`${row.id} ${index}`} row={row} title={row.title}>
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
        </Row>
      ))}
    </ul>
  );
}
