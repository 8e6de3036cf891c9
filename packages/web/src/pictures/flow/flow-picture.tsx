/** Where work waits: stages as boxes of their team, a bar of waiting over a bar of work, lines as wide as what moves, ways back dashed. */
import { useMemo } from "preact/hooks";
import { nameOf, type Result, teamColour } from "../../model.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { bounded, counted, figure, fitted } from "../shared/text.js";
import { useWidth } from "../shared/use-width.js";
import { type FlowLine, flowLayout } from "./flow-layout.js";
import { duration, type FlowMove, type FlowStage, flowOf } from "./flow-stages.js";

const box = { width: 158, height: 84 };
const barWidth = 84;

export function FlowPicture({ result }: { readonly result: Result }) {
  const [holder, width] = useWidth<HTMLDivElement>(1000);
  const flow = useMemo(() => flowOf(result), [result]);
  const across = width >= 700;
  const drawn = useMemo(() => (flow === null ? null : flowLayout(flow, box, across)), [flow, across]);
  if (flow === null || drawn === null) {
    return (
      <NoPicture title="Where work waits">
        Waits for work items with the times at which they entered each state: <code>drystone assess PATH --work FILE</code>
      </NoPicture>
    );
  }
  const most = Math.max(1e-9, ...flow.stages.flatMap(({ wait, touch }) => [wait ?? 0, touch ?? 0]));
  const items = Math.max(1, ...flow.moves.map((move) => move.items));
  return (
    <Picture
      title="Where work waits"
      summary={summaryOf(flow.stages, flow.moves)}
      legend={
        <ul>
          <li>
            <span class="flow-sample wait" /> waiting, on average per item
          </li>
          <li>
            <span class="flow-sample touch" /> being worked on
          </li>
          <li>line width and number: items</li>
          {flow.moves.some(({ rework }) => rework) ? <li>dashed: items that come back</li> : null}
        </ul>
      }
      table={() => ({
        head: ["stage", "team", "waiting", "work", "goes to"],
        rows: flow.stages.map(({ name, team, wait, touch }) => [
          bounded(name),
          team === null ? "" : bounded(nameOf(result, team)),
          wait === null ? "unknown" : duration(wait),
          touch === null ? "unknown" : duration(touch),
          flow.moves
            .filter(({ from }) => from === name)
            .map((move) => `${bounded(move.to)}: ${figure(move.items)}${move.rework ? " (back)" : ""}`)
            .join(", "),
        ]),
      })}
    >
      <div class="picture-scroll" ref={holder} tabindex={0} role="region" aria-label="Stages of work, drawing">
        <svg
          class="flow"
          viewBox={`0 0 ${Math.ceil(drawn.width)} ${Math.ceil(drawn.height)}`}
          style={{
            width: `${Math.ceil(drawn.width)}px`,
            minWidth: `${Math.round(Math.min(drawn.width, across ? drawn.width * 0.7 : width))}px`,
          }}
          role="img"
          aria-label={`${counted(flow.stages.length, "stage")} and how work moves between them; the table below holds the same`}
        >
          {drawn.lines.map((line, at) => (
            <Move key={at} line={line} most={items} />
          ))}
          {flow.stages.map((stage) => (
            <Stage
              key={stage.name}
              stage={stage}
              result={result}
              at={drawn.places.get(stage.name) ?? { x: 0, y: 0 }}
              most={most}
            />
          ))}
        </svg>
      </div>
    </Picture>
  );
}

interface StageProps {
  readonly stage: FlowStage;
  readonly result: Result;
  readonly at: { readonly x: number; readonly y: number };
  readonly most: number;
}

function Stage({ stage: { name, team, wait, touch }, result, at, most }: StageProps) {
  const [left, top] = [at.x - box.width / 2, at.y - box.height / 2];
  const colour = team === null ? "var(--team-none)" : teamColour(result, team);
  const bar = (hours: number): number => (hours === 0 ? 0 : Math.max(1.5, (hours / most) * barWidth));
  return (
    <g>
      <rect class="flow-box" x={left} y={top} width={box.width} height={box.height} rx={6} style={{ stroke: colour }} />
      <rect x={left} y={top} width={5} height={box.height} rx={2} style={{ fill: colour }} />
      <text class="flow-team" x={left + 14} y={top + 16}>
        {fitted(team === null ? "no team known" : nameOf(result, team), box.width - 22, 11)}
      </text>
      <text class="flow-name" x={left + 14} y={top + 34}>
        {fitted(name, box.width - 22, 13.5)}
      </text>
      {wait === null ? null : (
        <>
          <rect class="flow-wait" x={left + 14} y={top + 43} width={bar(wait)} height={10} />
          <text class="flow-hours" x={left + 18 + bar(wait)} y={top + 52}>
            {duration(wait)}
          </text>
        </>
      )}
      {touch === null ? (
        <text class="flow-hours" x={left + 14} y={top + 70}>
          work not measured
        </text>
      ) : (
        <>
          <rect class="flow-touch" x={left + 14} y={top + 61} width={bar(touch)} height={10} />
          <text class="flow-hours" x={left + 18 + bar(touch)} y={top + 70}>
            {duration(touch)}
          </text>
        </>
      )}
    </g>
  );
}

function Move({ line: { move, path, head, label }, most }: { readonly line: FlowLine; readonly most: number }) {
  const width = 1.2 + (move.items / most) * 6;
  return (
    <g class={`flow-move${move.rework ? " rework" : ""}`}>
      <path d={path} style={{ strokeWidth: move.rework ? 1.8 : width }} />
      <path class="flow-head" d={head} />
      <text x={label.x} y={label.y - (move.rework ? 4 : width / 2 + 3)}>
        {move.rework ? `back ${figure(move.items)}` : figure(move.items)}
      </text>
    </g>
  );
}

function summaryOf(stages: readonly FlowStage[], moves: readonly FlowMove[]): string {
  const waited = stages.filter((stage): stage is FlowStage & { wait: number } => stage.wait !== null);
  const longest = waited.toSorted((a, b) => b.wait - a.wait)[0];
  const total = waited.reduce((sum, { wait }) => sum + wait, 0);
  const back = moves.filter(({ rework }) => rework).reduce((sum, { items }) => sum + items, 0);
  return [
    longest === undefined
      ? "No waiting was measured."
      : `Items wait longest before ${bounded(longest.name)}: ${duration(longest.wait)} of ${duration(total)} over all stages.`,
    back === 0 ? "" : `${counted(back, "item")} came back to an earlier stage.`,
  ].join(" ");
}
