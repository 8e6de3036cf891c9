/** One series. */
import { scaleFromZero } from "../shared/scale.js";
import { counted, figure, percent } from "../shared/text.js";
import { dateTicks } from "../shared/time.js";
import type { Event, Point, Series } from "./series.js";

const height = 170;
const margin = { top: 34, right: 124, bottom: 22, left: 48 };

type Known = Point & { readonly value: number };

export function TrendPanel({
  series,
  events,
  width,
}: {
  readonly series: Series;
  readonly events: readonly Event[];
  readonly width: number;
}) {
  const { title, isShare, points, unit } = series;
  const known = points.filter((point): point is Known => point.value !== null);
  const [first, last] = [points[0], points.at(-1)];
  const from = first?.day ?? 0;
  const to = last?.day ?? 1;
  const most = Math.max(isShare ? 0.1 : 4, ...known.map(({ value }) => value));
  const x = (day: number): number => margin.left + ((day - from) / Math.max(1, to - from)) * (width - margin.left - margin.right);
  const scale = scaleFromZero(isShare ? Math.min(1, most * 1.1) : most, height - margin.bottom, margin.top, 3, !isShare);
  const y = (value: number): number => Math.max(margin.top, scale.at(value));
  const path = lineThrough(points, x, y);
  const end = known.at(-1);
  const label = `${title}: ${endText(series, end)}`;
  return (
    <svg class="trend" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <text class="trend-title" x={0} y={14}>
        {title}
      </text>
      {scale.ticks.map((value) => (
        <g key={value} class="tick">
          <line x1={margin.left} x2={width - margin.right} y1={y(value)} y2={y(value)} />
          <text class="end" x={margin.left - 6} y={y(value) + 4}>
            {isShare ? percent(value) : figure(value)}
          </text>
        </g>
      ))}
      {dateTicks(from, to, width - margin.left - margin.right).map(({ day, text }) => (
        <text key={day} class="trend-date" x={x(day)} y={height - 5}>
          {text}
        </text>
      ))}
      {events
        .filter(({ day }) => day >= from && day <= to)
        .map((event) => (
          <g key={event.day} class="trend-event">
            <title>{`${event.date}: ${event.text}`}</title>
            <line x1={x(event.day)} x2={x(event.day)} y1={margin.top - 6} y2={height - margin.bottom} />
            <text x={x(event.day)} y={margin.top - 9}>
              {events.indexOf(event) + 1}
            </text>
          </g>
        ))}
      {isShare ? <path class="trend-band" d={bandOf(points, x, y)} /> : null}
      {steps(known, events).map(({ start, finish, median }) => (
        <line key={start} class="trend-step" x1={x(start)} x2={x(finish)} y1={y(median)} y2={y(median)} />
      ))}
      <path class="trend-line" d={path} />
      {known.map((point) => (
        <circle
          key={point.period}
          class={`trend-point${point.weak ? " weak" : ""}`}
          cx={x(point.day)}
          cy={y(point.value)}
          r={2.8}
        >
          <title>{`${point.period}: ${isShare ? percent(point.value) : `${figure(point.value)} ${unit}`}${point.n === null ? "" : ` of ${counted(point.n, "change")}`}`}</title>
        </circle>
      ))}
      {end === undefined ? (
        <text class="trend-end" x={margin.left} y={height / 2}>
          no value in any period
        </text>
      ) : (
        <EndLabel
          series={series}
          end={end}
          x={x(end.day) + 8}
          y={Math.max(margin.top + 4, Math.min(height - margin.bottom - 16, y(end.value)))}
        />
      )}
    </svg>
  );
}

type ToPixel = (value: number) => number;

/** Broken where a period has no value. */
function lineThrough(points: readonly Point[], x: ToPixel, y: ToPixel): string {
  return points
    .map(({ day, value }, at) =>
      value === null ? "" : `${(points[at - 1]?.value ?? null) === null ? "M" : "L"}${place(x(day), y(value))}`,
    )
    .join("");
}

/** One closed shape per run of periods with an interval. */
function bandOf(points: readonly Point[], x: ToPixel, y: ToPixel): string {
  const runs: (readonly [day: number, low: number, high: number])[][] = [[]];
  for (const { day, interval } of points) {
    if (interval === null) runs.push([]);
    else runs.at(-1)?.push([day, interval[0], interval[1]]);
  }
  return runs
    .filter((run) => run.length > 1)
    .map((run) => {
      const upper = run.map(([day, , high]) => place(x(day), y(high)));
      const lower = run.toReversed().map(([day, low]) => place(x(day), y(low)));
      return `M${[...upper, ...lower].join("L")}Z`;
    })
    .join("");
}

function place(x: number, y: number): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

function EndLabel({
  series,
  end,
  x,
  y,
}: {
  readonly series: Series;
  readonly end: Known;
  readonly x: number;
  readonly y: number;
}) {
  const { change, isShare } = series;
  const moved = change !== null && (change.direction === "rising" || change.direction === "falling");
  const difference =
    moved && change.after !== null && change.before !== null ? Math.round((change.after - change.before) * 100) : 0;
  return (
    <text class={`trend-end${moved ? " moved" : ""}`} x={x} y={y + 4}>
      <tspan>{isShare ? percent(end.value) : figure(end.value)}</tspan>
      {change === null ? null : (
        <tspan class="quiet" x={x} dy="14">
          {moved
            ? `${change.direction === "rising" ? "↑" : "↓"} ${difference > 0 ? "+" : "−"}${Math.abs(difference)} pts in a year`
            : change.direction === "level"
              ? "level in a year"
              : "too few changes"}
        </tspan>
      )}
    </text>
  );
}

function endText({ change, isShare, unit }: Series, end: Known | undefined): string {
  if (end === undefined) return "no value in any period.";
  const now = isShare ? percent(end.value) : `${figure(end.value)} ${unit}`;
  if (change === null) return `${now} in the last period.`;
  if (change.direction === "too-few") return `${now} in the last period; too few changes to compare with the year before.`;
  const year =
    change.after === null || change.before === null ? "" : ` (${percent(change.before)} before, ${percent(change.after)} now)`;
  return `${now} in the last period; ${change.direction === "level" ? "level against" : `${change.direction} against`} the year before${year}.`;
}

interface Step {
  readonly start: number;
  readonly finish: number;
  readonly median: number;
}

/** Medians of the spans between events that hold three periods with enough changes; without an event there is nothing to compare. */
function steps(points: readonly Known[], events: readonly Event[]): Step[] {
  if (events.length === 0) return [];
  const solid = points.filter(({ weak }) => !weak);
  const cuts = [Number.NEGATIVE_INFINITY, ...events.map(({ day }) => day), Number.POSITIVE_INFINITY];
  return cuts.slice(1).flatMap((end, at) => {
    const inside = solid.filter(({ day }) => day > (cuts[at] ?? 0) && day <= end);
    const [start, finish] = [inside[0], inside.at(-1)];
    if (start === undefined || finish === undefined || inside.length < 3) return [];
    const sorted = inside.map(({ value }) => value).sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const median = sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
    return [{ start: start.day, finish: finish.day, median }];
  });
}
