/** One share on a line from 0 to 100 %: value and interval against the thresholds of the verdict and the range of public systems. */
import type { Assessment } from "../../model.js";
import { counted, percent } from "../shared/text.js";
import { type PublicRange, publicRangeOf, type Thresholds, thresholdsOf } from "./scale.js";

const width = 360;
const track = { left: 4, right: 352, y: 15 };

/** Nothing where the number is no share, where none was measured (a line without a mark would say zero), or where there is nothing to read it against. */
export function SymptomBar({ assessment }: { readonly assessment: Assessment }) {
  const { value, interval, unit, sample } = assessment;
  if (value === null || !(unit?.startsWith("share") ?? false)) return null;
  const [thresholds, systems] = [thresholdsOf(assessment), publicRangeOf(assessment)];
  if (thresholds.low === null && thresholds.high === null && systems === null) return null;
  const few = sample !== null && sample.min !== undefined && sample.n < sample.min;
  const range = interval === null ? "" : `, ${percent(interval[0])} to ${percent(interval[1])}`;
  const cases = sample === null ? "" : `; ${counted(sample.n, "case")}${few ? ` of ${sample.min} needed` : ""}`;
  return (
    <span class="symptom-bar">
      <Drawing
        value={value}
        interval={interval}
        thresholds={thresholdsOf(assessment)}
        range={publicRangeOf(assessment)}
        few={few}
        label={`${percent(value)}${range} (${unit}${cases})`}
      />
    </span>
  );
}

/** What the marks of a bar mean. */
export function SymptomLegend() {
  return (
    <ul class="symptom-legend">
      <li>
        <BarSample /> measured, with its interval
      </li>
      <li>┆ thresholds; the shaded end is where the problem is</li>
      <li>├─┼─┤ public systems: lowest, median, highest</li>
    </ul>
  );
}

interface DrawingProps {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly thresholds: Thresholds;
  readonly range: PublicRange | null;
  readonly few: boolean;
  readonly label: string;
}

function Drawing({ value, interval, thresholds: { low, high, problem }, range, few, label }: DrawingProps) {
  const x = (share: number): number => track.left + Math.max(0, Math.min(1, share)) * (track.right - track.left);
  const zone = problem === "high" ? (high === null ? null : ([high, 1] as const)) : low === null ? null : ([0, low] as const);
  return (
    <svg viewBox={`0 0 ${width} 44`} width={width} height={44} role="img" aria-label={label}>
      <rect class="track" x={x(0)} y={track.y - 5} width={x(1) - x(0)} height={10} rx={2} />
      {zone === null ? null : (
        <rect class="zone" x={x(zone[0])} y={track.y - 5} width={x(zone[1]) - x(zone[0])} height={10} rx={2} />
      )}
      {[low, high].map((threshold, at) =>
        threshold === null ? null : (
          <g key={at} class="threshold">
            <line x1={x(threshold)} x2={x(threshold)} y1={track.y - 10} y2={track.y + 10} />
            <text x={x(threshold)} y={42}>
              {percent(threshold)}
            </text>
          </g>
        ),
      )}
      {range === null ? null : (
        <g class="range">
          <title>{`${range.systems} public systems: ${percent(range.low)} to ${percent(range.high)}, median ${percent(range.median)}`}</title>
          <path
            d={`M${x(range.low)} 26V32M${x(range.low)} 29H${x(range.high)}M${x(range.high)} 26V32M${x(range.median)} 25V33`}
          />
        </g>
      )}
      {interval === null ? null : (
        <path
          class={`interval${few ? " few" : ""}`}
          d={`M${x(interval[0])} ${track.y}H${x(interval[1])}M${x(interval[0])} ${track.y - 4}V${track.y + 4}M${x(interval[1])} ${track.y - 4}V${track.y + 4}`}
        />
      )}
      <circle class={`value${few ? " few" : ""}`} cx={x(value)} cy={track.y} r={5} />
    </svg>
  );
}

function BarSample() {
  return (
    <svg class="symptom-sample" viewBox="0 0 40 12" width={40} height={12} aria-hidden="true">
      <path class="interval" d="M4 6H36M4 2V10M36 2V10" />
      <circle class="value" cx={20} cy={6} r={4.5} />
    </svg>
  );
}
