import type { JSX } from "preact";
import { verdictMark } from "../../../drystone/src/report/_shared/index.js";

/** Symbol and word; the colour only repeats them. */
export function VerdictMark({ verdict, label }: { readonly verdict: string; readonly label?: string }): JSX.Element {
  const { symbol, word, tone } = verdictMark(verdict);
  return (
    <span class={`verdict tone-${tone}`}>
      <span aria-hidden="true" class="symbol">
        {symbol}
      </span>
      {label ?? word}
    </span>
  );
}

/** How serious a finding is, as symbol and word. */
export function SeverityMark({ severity }: { readonly severity: string }): JSX.Element {
  const known = severities.get(severity) ?? { symbol: "·", tone: "quiet" };
  return (
    <span class={`verdict tone-${known.tone}`}>
      <span aria-hidden="true" class="symbol">
        {known.symbol}
      </span>
      {severities.has(severity) ? severity : "unknown"}
    </span>
  );
}

const severities = new Map([
  ["error", { symbol: "▲", tone: "alarm" }],
  ["warning", { symbol: "△", tone: "between" }],
  ["note", { symbol: "·", tone: "quiet" }],
]);
