/** Two components on one time line: the changes of each per week, and every change that touched both. */
import { useMemo, useState } from "preact/hooks";
import { nameOf, type Ref, type Result } from "../../model.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { bounded, counted, figure, fitted } from "../shared/text.js";
import { dateTicks } from "../shared/time.js";
import { useWidth } from "../shared/use-width.js";
import { pairHistory, type SharedChange } from "./history.js";

const barsHeight = 58;
const bandHeight = 54;
const radius = 5;

export function PairTimeline({ result, a, b }: { readonly result: Result; readonly a: Ref; readonly b: Ref }) {
  const [holder, width] = useWidth<HTMLDivElement>(900);
  const history = useMemo(() => pairHistory(result, a, b), [result, a, b]);
  const [chosen, setChosen] = useState<SharedChange | null>(null);
  const [nameA, nameB] = [bounded(nameOf(result, a)), bounded(nameOf(result, b))];
  if (history === null) {
    return (
      <NoPicture title="Both histories">
        No history of changes was measured for {nameA} and {nameB}: the history is missing or shallow, or they are not compared by
        change.
      </NoPicture>
    );
  }
  const { from, to, weeksOfA, weeksOfB, shared, sharedTotal } = history;
  const left = 44;
  const right = 14;
  const x = (day: number): number => left + ((day - from) / Math.max(1, to - from)) * (width - left - right);
  const [mostOfA, mostOfB] = [Math.max(1, ...weeksOfA), Math.max(1, ...weeksOfB)];
  const barWidth = Math.max(1, x(from + 7) - x(from) - 1);
  const top = 22 + barsHeight;
  const bottom = top + bandHeight;
  const height = bottom + barsHeight + 40;
  const rows = stacked(shared, x);
  return (
    <Picture
      title="Both histories"
      summary={`${nameA} changed ${counted(total(weeksOfA), "time")}, ${nameB} ${counted(total(weeksOfB), "time")}, ${sharedTotal === 0 ? "never in two changes or more together" : `${counted(sharedTotal, "time")} together`}.${sharedTotal > shared.length && sharedTotal > 0 ? ` The last ${shared.length} of them are marked.` : ""}`}
      legend={
        <ul>
          <li>
            bars: changes per week, each on its own scale: at most {figure(mostOfA)} above, {figure(mostOfB)} below
          </li>
          <li>dots: one change to both; choose one to see its commit</li>
        </ul>
      }
      table={() => ({
        head: ["date", "repository", "commit", "subject"],
        rows: shared.map(({ date, repository, commit, subject }) => [
          date,
          bounded(repository),
          commit,
          subject === null ? "" : bounded(subject),
        ]),
      })}
    >
      <div ref={holder}>
        <svg
          class="timeline"
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="group"
          aria-label={`Changes of ${nameA} and ${nameB} over time`}
        >
          {dateTicks(from, to, width - left - right).map(({ day, text }) => (
            <g key={day} class="tick">
              <line x1={x(day)} x2={x(day)} y1={20} y2={height - 20} />
              <text x={x(day)} y={height - 6}>
                {text}
              </text>
            </g>
          ))}
          <text class="timeline-name" x={0} y={13}>
            {fitted(nameA, width - 10, 15)}
          </text>
          <text class="timeline-name" x={0} y={height - 22}>
            {fitted(nameB, width - 10, 15)}
          </text>
          <text class="timeline-axis" x={left - 6} y={top - barsHeight + 8}>
            {figure(mostOfA)}
          </text>
          <text class="timeline-axis" x={left - 6} y={bottom + barsHeight}>
            {figure(mostOfB)}
          </text>
          <Bars weeks={weeksOfA} most={mostOfA} x={(week) => x(from + week * 7)} width={barWidth} base={top} up />
          <Bars weeks={weeksOfB} most={mostOfB} x={(week) => x(from + week * 7)} width={barWidth} base={bottom} up={false} />
          <rect class="band" x={left} y={top} width={width - left - right} height={bandHeight} />
          {shared.map((change, index) => (
            <Mark
              key={`${change.commit} ${index}`}
              change={change}
              x={x(change.day)}
              y={top + bandHeight / 2 + (rows[index] ?? 0)}
              chosen={chosen === change}
              onChoose={() => setChosen(change)}
            />
          ))}
        </svg>
      </div>
      <p class="picture-live" aria-live="polite">
        {chosen === null ? (
          shared.length > 0 ? (
            "Choose a dot to see its commit."
          ) : (
            ""
          )
        ) : (
          <>
            {chosen.date} · <bdi>{bounded(chosen.repository)}</bdi> ·{" "}
            {chosen.subject === null ? "" : <bdi>{bounded(chosen.subject)} · </bdi>}
            <code>git show {chosen.commit}</code>
          </>
        )}
      </p>
    </Picture>
  );
}

interface BarsProps {
  readonly weeks: readonly number[];
  readonly most: number;
  readonly x: (week: number) => number;
  readonly width: number;
  readonly base: number;
  /** Bars rise from the base; they hang from it otherwise. */
  readonly up: boolean;
}

function Bars({ weeks, most, x, width, base, up }: BarsProps) {
  return (
    <g>
      {weeks.map((count, week) => {
        const height = Math.max(2, (count / most) * barsHeight);
        return count === 0 ? null : (
          <rect key={week} class="bar" x={x(week)} y={up ? base - height : base} width={width} height={height} />
        );
      })}
    </g>
  );
}

function Mark({
  change,
  x,
  y,
  chosen,
  onChoose,
}: {
  readonly change: SharedChange;
  readonly x: number;
  readonly y: number;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const label = `${change.date}, commit ${change.commit}${change.subject === null ? "" : `: ${bounded(change.subject)}`}`;
  return (
    <g
      class={`mark${chosen ? " chosen" : ""}`}
      role="button"
      tabindex={0}
      aria-label={label}
      aria-pressed={chosen}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onChoose();
      }}
    >
      <title>{label}</title>
      <circle class="reach" cx={x} cy={y} r={radius + 5} />
      <circle cx={x} cy={y} r={radius} />
    </g>
  );
}

/** Offsets that keep dots of near dates apart: on the line, above, below, further above… */
function stacked(changes: readonly SharedChange[], x: (day: number) => number): number[] {
  const offsets = [0, -11, 11, -21, 21];
  const last = offsets.map(() => Number.POSITIVE_INFINITY);
  return changes.map(({ day }) => {
    const at = x(day);
    const free = last.findIndex((taken) => taken - at >= 2 * radius + 1);
    const row = free === -1 ? last.indexOf(Math.max(...last)) : free;
    last[row] = at;
    return offsets[row] ?? 0;
  });
}

function total(weeks: readonly number[]): number {
  return weeks.reduce((sum, one) => sum + one, 0);
}
