import type { JSX } from "preact";
import { verdictMark } from "../../../drystone/src/report/_shared/index.js";

/** Symbol and word; the colour only repeats them. */
export function VerdictMark({ verdict, label }: { readonly verdict: string; readonly label?: string }): JSX.Element {
  const { symbol, word } = verdictMark(verdict);
  return (
    <span class={`verdict tone-${toneOf(verdict)}`}>
      <span aria-hidden="true" class="symbol">
        {symbol}
      </span>
      {label ?? word}
    </span>
  );
}

/** Name of the colour: present, mixed, absent, unknown. */
export function toneOf(verdict: string): "present" | "mixed" | "absent" | "unknown" | "plain" {
  const { tone } = verdictMark(verdict);
  if (tone === "alarm") return "present";
  if (tone === "between") return "mixed";
  if (tone === "calm") return "absent";
  return tone === "quiet" ? "unknown" : "plain";
}

/** How serious a finding is, as symbol and word. */
export function SeverityMark({ severity }: { readonly severity: string }): JSX.Element {
  const known = severities.get(severity) ?? { symbol: "·", tone: "unknown" };
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
  ["error", { symbol: "▲", tone: "present" }],
  ["warning", { symbol: "△", tone: "mixed" }],
  ["note", { symbol: "·", tone: "unknown" }],
]);
