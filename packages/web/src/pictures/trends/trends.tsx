/** Small multiples over time: shares with their intervals, counts, what happened, and whether anything changed beyond noise. */
import { useMemo } from "preact/hooks";
import type { Result } from "../../model.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { bounded, figure, percent } from "../shared/text.js";
import { periodText } from "../shared/time.js";
import { useWidth } from "../shared/use-width.js";
import { TrendPanel } from "./panel.js";
import { eventsOf, type Series, seriesOf } from "./series.js";

export function Trends({ result }: { readonly result: Result }) {
  const [holder, width] = useWidth<HTMLDivElement>(1000);
  const series = useMemo(() => seriesOf(result), [result]);
  const events = useMemo(() => eventsOf(result), [result]);
  if (series.length === 0)
    return (
      <NoPicture title="Trends">
        No series was measured: they need the whole history of changes (a shallow clone has none).
      </NoPicture>
    );
  const columns = width < 640 ? 1 : width < 1150 ? 2 : 3;
  const panel = Math.floor((width - (columns - 1) * 28) / columns);
  const isQuarters = series[0]?.points[0]?.period.includes("Q") ?? false;
  return (
    <Picture
      title="Period by period"
      summary={`Per ${isQuarters ? "quarter" : "month"}, two years back. ${sentence(series)}`}
      legend={
        <ul>
          <li>filled dot: enough changes to judge</li>
          <li>hollow dot: few changes, or a period that the window cuts</li>
          <li>shade: 95 % interval</li>
          {events.length > 0 ? <li>dashes: median between events</li> : null}
          {events.map((event, at) => (
            <li key={`${event.date} ${at}`}>
              <b>{at + 1}</b> {event.date}: {bounded(event.text)}
            </li>
          ))}
        </ul>
      }
      table={() => ({
        head: ["series", "period", "value", "interval", "changes"],
        rows: series.flatMap(({ title, isShare, points }) =>
          points.map(({ period, value, interval, n }) => [
            title,
            periodText(period),
            value === null ? "none" : isShare ? percent(value) : figure(value),
            interval === null ? "" : `${percent(interval[0])} to ${percent(interval[1])}`,
            n ?? "",
          ]),
        ),
      })}
    >
      <div class="trends" ref={holder} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {series.map((one) => (
          <TrendPanel key={one.id} series={one} events={events} width={panel} />
        ))}
      </div>
    </Picture>
  );
}

function sentence(series: readonly Series[]): string {
  const moved = series.filter(({ change }) => change?.direction === "rising" || change?.direction === "falling");
  if (moved.length > 0)
    return `Beyond noise: ${moved.map(({ title, change }) => `${title.toLowerCase()} ${change?.direction}`).join(", ")}.`;
  const judged = series.some(({ change }) => change?.direction === "level");
  return judged ? "Nothing changed beyond noise against the year before." : "Too few changes to compare with the year before.";
}
