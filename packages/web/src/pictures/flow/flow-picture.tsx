/** Where work waits: states as boxes of their team with the time that items spend there, lines as wide as what moves, ways back dashed. */
import { useMemo } from "preact/hooks";
import { nameOf, type Ref, type Result, teamColour } from "../../model.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { bounded, counted, figure, fitted } from "../shared/text.js";
import { useWidth } from "../shared/use-width.js";
import { type FlowLine, flowLayout } from "./flow-layout.js";
import { duration, type Flow, type FlowStage, flowOf } from "./flow-stages.js";

const box = { width: 158, height: 66 };
const barWidth = 92;

export function FlowPicture({ result }: { readonly result: Result }) {
  const [holder, width] = useWidth<HTMLDivElement>(1000);
  const flow = useMemo(() => flowOf(result), [result]);
  const stages = flow?.stages.length ?? 0;
  // Side by side only where all of them fit: the last state is the one that counts.
  const across = width >= Math.max(700, stages * (box.width + 30) * 0.8);
  const drawn = useMemo(() => (flow === null ? null : flowLayout(flow, box, across)), [flow, across]);
  if (flow === null || drawn === null) {
    return (
      <NoPicture title="Where work waits">
        Waits for work items with the times at which they entered each state: <code>drystone assess PATH --work FILE</code>
      </NoPicture>
    );
  }
  const kinds = new Set(flow.stages.map(({ kind }) => kind));
  const items = Math.max(1, ...flow.moves.map((move) => move.items));
  return (
    <Picture
      title="Where work waits"
      summary={summaryOf(result, flow)}
      legend={
        <ul>
          {kinds.has("waiting") ? (
            <li>
              <span class="flow-sample wait" /> ▮ waiting, on average per item
            </li>
          ) : null}
          {kinds.has("active") ? (
            <li>
              <span class="flow-sample work" /> ▶ being worked on
            </li>
          ) : null}
          {kinds.has("unknown") ? (
            <li>
              <span class="flow-sample odd" /> ? nobody says whether this state is work or waiting
            </li>
          ) : null}
          {flow.moves.length > 0 ? <li>line width and number: items</li> : null}
          {flow.moves.some(({ rework }) => rework) ? <li>dashed: items that come back</li> : null}
        </ul>
      }
      table={() => ({
        head: ["state", "kind", "team", "time per item", "goes to"],
        rows: flow.stages.map(({ name, team, kind, days }) => [
          bounded(name),
          kind,
          teamName(result, team),
          duration(days),
          flow.moves
            .filter(({ from }) => from === name)
            .map((move) => `${bounded(move.to)}: ${figure(move.items)}${move.rework ? " (back)" : ""}`)
            .join(", "),
        ]),
      })}
    >
      <div class="picture-scroll" ref={holder} tabindex={0} role="region" aria-label="States of work, drawing">
        <svg
          class="flow"
          viewBox={`0 0 ${Math.ceil(drawn.width)} ${Math.ceil(drawn.height)}`}
          style={{
            width: `${Math.ceil(drawn.width)}px`,
            minWidth: `${Math.round(Math.min(drawn.width, across ? drawn.width * 0.7 : width))}px`,
          }}
          role="img"
          aria-label={`${counted(flow.stages.length, "state")} and how work moves between them; the table below holds the same`}
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
              most={Math.max(...flow.stages.map(({ days }) => days), 1e-9)}
            />
          ))}
        </svg>
      </div>
      <Waits flow={flow} result={result} />
    </Picture>
  );
}

interface StageProps {
  readonly stage: FlowStage;
  readonly result: Result;
  readonly at: { readonly x: number; readonly y: number };
  readonly most: number;
}

const kindClasses = { active: "work", waiting: "wait", unknown: "odd" } as const;
const kindSigns = { active: "▶", waiting: "▮", unknown: "?" } as const;

function Stage({ stage: { name, team, kind, days }, result, at, most }: StageProps) {
  const [left, top] = [at.x - box.width / 2, at.y - box.height / 2];
  const colour = teamColour(result, team);
  const bar = days === 0 ? 0 : Math.max(1.5, (days / most) * barWidth);
  return (
    <g>
      <rect class="flow-box" x={left} y={top} width={box.width} height={box.height} rx={6} style={{ stroke: colour }} />
      <rect x={left} y={top} width={5} height={box.height} rx={2} style={{ fill: colour }} />
      {team === null ? null : (
        <text class="flow-team" x={left + 14} y={top + 16}>
          {fitted(nameOf(result, team), box.width - 22, 11)}
        </text>
      )}
      <text class="flow-name" x={left + 14} y={top + (team === null ? 26 : 34)}>
        {fitted(`${kindSigns[kind]} ${name}`, box.width - 26, 16.5)}
      </text>
      <rect class={`flow-bar ${kindClasses[kind]}`} x={left + 14} y={top + 44} width={bar} height={11} />
      <text class="flow-hours" x={left + 19 + bar} y={top + 53}>
        {duration(days)}
      </text>
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

/** For whom items wait: teams, never persons. */
function Waits({ flow: { waits }, result }: { readonly flow: Flow; readonly result: Result }) {
  const [longest] = waits;
  if (longest === undefined) return null;
  return (
    <table class="flow-waits">
      <thead>
        <tr>
          <th scope="col">items wait for</th>
          <th scope="col">days per item</th>
        </tr>
      </thead>
      <tbody>
        {waits.map(({ team, days }) => (
          <tr key={team ?? "nobody"}>
            <th scope="row">
              <bdi class="cut">{team === null ? "nobody known" : teamName(result, team)}</bdi>
            </th>
            <td>
              <span class="flow-sample wait" style={{ width: `${Math.max(2, Math.round((days / longest.days) * 110))}px` }} />{" "}
              {duration(days)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function teamName(result: Result, team: Ref | null): string {
  return team === null ? "" : bounded(nameOf(result, team));
}

function summaryOf(result: Result, { stages, moves, waits, items }: Flow): string {
  const total = stages.reduce((sum, { days }) => sum + days, 0);
  const longest = stages.filter(({ kind }) => kind === "waiting").sort((a, b) => b.days - a.days)[0];
  const [most] = waits;
  const back = moves.filter(({ rework }) => rework).reduce((sum, move) => sum + move.items, 0);
  return [
    `${counted(items, "finished item")}, ${duration(total)} each on average.`,
    longest === undefined
      ? "Nobody says which states are waiting."
      : `Items wait longest in ${bounded(longest.name)}: ${duration(longest.days)}.`,
    most === undefined || most.team === null ? "" : `Most waiting is for ${teamName(result, most.team)}.`,
    back > 0 ? `${counted(back, "item")} came back to an earlier state.` : "",
    moves.length === 0 ? "How items move between states is not in this result." : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}
