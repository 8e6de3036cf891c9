/** Who uses whom as a matrix: a number per dependency, heat for changing together, a ring where only history joins two. */
import { useMemo, useState } from "preact/hooks";
import { nameOf, type Result, teamColour } from "../../model.js";
import { componentHref, pairHref } from "../../route.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { groupingNote } from "../shared/subjects.js";
import { bounded, counted, fitted, listed, textWidth } from "../shared/text.js";
import { heatOf, heatSteps } from "./heat.js";
import { type Matrix, type MatrixCell, type MatrixLine, matrixOf } from "./matrix.js";

/** Above so many components the matrix starts with groups. */
const mostOpen = 60;
const labelSize = 12;

export function DependencyMatrix({ result }: { readonly result: Result }) {
  const whole = useMemo(() => matrixOf(result, () => true), [result]);
  const { groups } = whole.grouping;
  const groupsFirst = whole.lines.length > mostOpen && groups.length > 1;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const matrix = useMemo(
    () => (groupsFirst ? matrixOf(result, ({ id, members }) => opened.has(id) || members.length === 1) : whole),
    [result, groupsFirst, opened, whole],
  );
  const [at, setAt] = useState<{ readonly row: number; readonly column: number } | null>(null);
  if (whole.lines.length < 2)
    return (
      <NoPicture title="Dependency matrix">
        A matrix needs two components; {whole.lines.length === 1 ? "one was" : "none were"} found.
      </NoPicture>
    );
  const toggle = (id: string): void => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
    setAt(null);
  };
  const { lines, cells } = matrix;
  const size = lines.length <= 30 ? 26 : lines.length <= 70 ? 20 : 14;
  const left = Math.min(210, Math.max(60, ...lines.map((line) => textWidth(labelOf(line), labelSize) + (line.closed ? 52 : 26))));
  const top = Math.min(150, Math.max(40, ...lines.map((line) => textWidth(labelOf(line), labelSize) * 0.87 + 16)));
  const width = left + lines.length * size + top * 0.55 + 8;
  const height = top + lines.length * size + 8;
  const cellAt = (row: number, column: number): MatrixCell | undefined =>
    cells.find((cell) => cell.row === row && cell.column === column);
  const move = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    if (event.key === "Enter" && at !== null) {
      const href = hrefOf(lines[at.row], lines[at.column]);
      if (href !== null && cellAt(at.row, at.column) !== undefined) location.hash = href;
    } else if (step !== undefined) {
      event.preventDefault();
      const bound = (value: number): number => Math.max(0, Math.min(lines.length - 1, value));
      setAt(at === null ? { row: 0, column: 0 } : { row: bound(at.row + step[0]), column: bound(at.column + step[1]) });
    }
  };
  return (
    <Picture
      title="Dependency matrix"
      summary={`${summaryOf(matrix, whole)} ${groupingNote(matrix.grouping) ?? ""} The row uses the column; users stand above what they use.`}
      controls={
        groupsFirst ? (
          <>
            <button type="button" onClick={() => setOpened(new Set(groups.map(({ id }) => id)))}>
              Open all groups
            </button>
            <button type="button" onClick={() => setOpened(new Set())}>
              Close all
            </button>
          </>
        ) : undefined
      }
      legend={<MatrixLegend matrix={matrix} />}
      table={() => ({
        head: ["uses", "is used", "dependencies", "coupling", "changes in common", "remarks"],
        rows: whole.cells.map(({ row, column, dependencies, coupling, shared, hidden, circle }) => {
          const [user, used] = [whole.lines[row], whole.lines[column]];
          const href = hrefOf(user, used);
          return [
            <bdi key="user">{bounded(user?.name ?? "")}</bdi>,
            href === null ? "" : <a href={href}>{bounded(used?.name ?? "")}</a>,
            dependencies || "none",
            coupling === null ? "" : coupling.toFixed(2),
            shared || "",
            [hidden ? "coupled without a dependency" : "", circle ? "in a circle" : ""].filter((word) => word !== "").join(", "),
          ];
        }),
      })}
    >
      <div
        class="picture-scroll"
        tabindex={0}
        role="region"
        aria-label="Dependency matrix; arrow keys move from cell to cell, Enter opens the pair"
        onKeyDown={move}
      >
        <svg
          class="dsm"
          viewBox={`0 0 ${width} ${height}`}
          style={{ width: `${width}px`, minWidth: `${Math.round(width * (lines.length > 30 ? 0.9 : 0.75))}px` }}
          role="group"
          aria-label="Matrix of dependencies"
        >
          <rect class="dsm-paper" x={left} y={top} width={lines.length * size} height={lines.length * size} />
          <Blocks lines={lines} left={left} top={top} size={size} result={result} />
          {at === null ? null : (
            <g class="dsm-cross" aria-hidden="true">
              <rect x={0} y={top + at.row * size} width={left + lines.length * size} height={size} />
              <rect x={left + at.column * size} y={top} width={size} height={lines.length * size} />
            </g>
          )}
          {lines.map((line, index) => (
            <Labels
              key={line.id}
              line={line}
              x={left + index * size}
              y={top + index * size}
              left={left}
              top={top}
              size={size}
              onToggle={groupsFirst && line.group.members.length > 1 ? () => toggle(line.group.id) : null}
            />
          ))}
          {cells.map((cell) => (
            <Cell
              key={`${cell.row} ${cell.column}`}
              cell={cell}
              x={left + cell.column * size}
              y={top + cell.row * size}
              size={size}
              href={hrefOf(lines[cell.row], lines[cell.column])}
              label={cellText(lines, cell)}
              onPoint={() => setAt({ row: cell.row, column: cell.column })}
            />
          ))}
        </svg>
      </div>
      <p class="picture-live" aria-live="polite">
        {at === null ? "Point at a cell, or move with the arrow keys." : cellTextAt(lines, at, cellAt(at.row, at.column))}
      </p>
      {whole.circles.length === 0 ? null : (
        <p class="picture-note">
          {counted(whole.circles.length, "circle")} of dependencies:{" "}
          {whole.circles
            .slice(0, 3)
            .map((members) =>
              listed(
                members.map((ref) => bounded(nameOf(result, ref))),
                8,
              ),
            )
            .join("; ")}
          {whole.circles.length > 3 ? "; …" : ""}
        </p>
      )}
    </Picture>
  );
}

function labelOf({ name, closed, members }: MatrixLine): string {
  return closed ? `${name} (${members.length})` : name;
}

function hrefOf(one: MatrixLine | undefined, other: MatrixLine | undefined): string | null {
  return one === undefined || other === undefined || one.closed || other.closed || one === other
    ? null
    : pairHref(one.id, other.id);
}

/** Squares on the diagonal, one per group. */
function Blocks({
  lines,
  left,
  top,
  size,
  result,
}: {
  readonly lines: readonly MatrixLine[];
  readonly left: number;
  readonly top: number;
  readonly size: number;
  readonly result: Result;
}) {
  const starts = lines.flatMap((line, at) => (lines[at - 1]?.group === line.group ? [] : [at]));
  return (
    <g aria-hidden="true">
      {starts.map((start, at) => {
        const length = (starts[at + 1] ?? lines.length) - start;
        const { team, unowned, id } = lines[start]?.group ?? { team: null, unowned: false, id: "" };
        const colour = teamColour(result, team);
        return (
          <g key={id}>
            <rect
              class={`dsm-block${unowned ? " unowned" : ""}`}
              x={left + start * size}
              y={top + start * size}
              width={length * size}
              height={length * size}
              style={{ stroke: colour }}
            />
            <rect x={left - 5} y={top + start * size + 1} width={3} height={length * size - 2} style={{ fill: colour }} />
            {Array.from({ length }, (_, index) => (
              <rect
                key={index}
                class="dsm-self"
                x={left + (start + index) * size}
                y={top + (start + index) * size}
                width={size}
                height={size}
                style={{ fill: colour }}
              />
            ))}
          </g>
        );
      })}
    </g>
  );
}

function Labels({
  line,
  x,
  y,
  left,
  top,
  size,
  onToggle,
}: {
  readonly line: MatrixLine;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  readonly size: number;
  readonly onToggle: (() => void) | null;
}) {
  const label = labelOf(line);
  const font = Math.min(labelSize, size - 2);
  const name = fitted(label, left - (line.closed ? 46 : 22), font);
  const text = (
    <text class="dsm-row" x={left - 10} y={y + size / 2 + font * 0.35} style={{ fontSize: `${font}px` }}>
      <title>{bounded(label)}</title>
      {line.closed ? `+ ${name}` : name}
    </text>
  );
  return (
    <g>
      {line.closed && onToggle !== null ? (
        <g
          role="button"
          tabindex={0}
          class="dsm-open"
          aria-label={`Open ${bounded(label)}`}
          onClick={onToggle}
          onKeyDown={(event) =>
            event.key === "Enter" || event.key === " " ? (event.preventDefault(), event.stopPropagation(), onToggle()) : undefined
          }
        >
          <rect x={0} y={y} width={left - 6} height={size} fill="transparent" />
          {text}
        </g>
      ) : (
        <a href={componentHref(line.id)}>{text}</a>
      )}
      <text
        class="dsm-column"
        aria-hidden="true"
        transform={`translate(${x + size / 2 + font * 0.3} ${top - 5}) rotate(-60)`}
        style={{ fontSize: `${font}px` }}
      >
        {fitted(label, (top - 12) / 0.87, font)}
      </text>
    </g>
  );
}

function Cell({
  cell,
  x,
  y,
  size,
  href,
  label,
  onPoint,
}: {
  readonly cell: MatrixCell;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly href: string | null;
  readonly label: string;
  readonly onPoint: () => void;
}) {
  const { dependencies, coupling, hidden, circle } = cell;
  const corner = size * 0.3;
  const drawing = (
    <>
      <title>{label}</title>
      <rect
        class={`dsm-cell${circle ? " circle" : ""}`}
        x={x + 0.5}
        y={y + 0.5}
        width={size - 1}
        height={size - 1}
        style={{ fill: coupling === null ? "var(--raised)" : heatOf(coupling) }}
      />
      {isUpward(cell) ? (
        <path class="dsm-upward" d={`M${x + 1} ${y + size - 1 - corner}V${y + size - 1}H${x + 1 + corner}Z`} />
      ) : null}
      {circle ? <rect class="dsm-circle" x={x + 1.5} y={y + 1.5} width={size - 3} height={size - 3} /> : null}
      {hidden && dependencies === 0 ? <circle class="dsm-ring" cx={x + size / 2} cy={y + size / 2} r={size * 0.27} /> : null}
      {dependencies > 0 ? (
        <text
          class={`dsm-count${coupling !== null && coupling >= 0.5 ? " hot" : ""}`}
          x={x + size / 2}
          y={y + size / 2 + 3.5}
          style={{ fontSize: `${Math.min(11, size - 5)}px` }}
        >
          {dependencies > 99 ? "99+" : dependencies}
        </text>
      ) : null}
    </>
  );
  return href === null ? (
    <g onMouseEnter={onPoint}>{drawing}</g>
  ) : (
    <a href={href} tabindex={-1} aria-hidden="true" onMouseEnter={onPoint}>
      {drawing}
    </a>
  );
}

/** Below the diagonal: what stands lower uses what stands above it. Without such cells the order is one of layers. */
function isUpward({ row, column, dependencies }: MatrixCell): boolean {
  return dependencies > 0 && row > column;
}

function cellText(lines: readonly MatrixLine[], cell: MatrixCell): string {
  const [user, used] = [bounded(lines[cell.row]?.name ?? ""), bounded(lines[cell.column]?.name ?? "")];
  const parts = [
    cell.dependencies > 0
      ? `${counted(cell.dependencies, "dependency", "dependencies")}${isUpward(cell) ? ", against the order" : ""}${cell.circle ? ", part of a circle" : ""}`
      : "no dependency in this direction",
    cell.coupling === null ? "" : `coupling ${cell.coupling.toFixed(2)} (${counted(cell.shared, "change")} in common)`,
    cell.hidden ? "nothing joins them but history" : "",
  ];
  return `${user} to ${used}: ${parts.filter((part) => part !== "").join("; ")}.`;
}

function cellTextAt(
  lines: readonly MatrixLine[],
  at: { readonly row: number; readonly column: number },
  cell: MatrixCell | undefined,
): string {
  if (cell !== undefined) return cellText(lines, cell);
  const [user, used] = [bounded(lines[at.row]?.name ?? ""), bounded(lines[at.column]?.name ?? "")];
  return at.row === at.column ? user : `${user} to ${used}: nothing known.`;
}

function summaryOf({ cells }: Matrix, whole: Matrix): string {
  const used = whole.cells.filter(({ dependencies }) => dependencies > 0).length;
  const hidden = whole.cells.filter((cell) => cell.hidden && cell.row < cell.column).length;
  const known = whole.cells.some(({ coupling }) => coupling !== null);
  return [
    `${counted(whole.lines.length, whole.level)}, ${counted(used, "pair")} with a dependency${cells === whole.cells ? "" : ", shown by group"}.`,
    known
      ? `${counted(hidden, "pair")} ${hidden === 1 ? "changes" : "change"} together without one.`
      : "No pair has enough changes in common to measure coupling.",
    upwardText(cells.filter(isUpward).length),
  ].join(" ");
}

function upwardText(count: number): string {
  return count === 0
    ? "No use goes against the order."
    : `${counted(count, "use")} ${count === 1 ? "goes" : "go"} against the order.`;
}

function MatrixLegend({ matrix: { cells } }: { readonly matrix: Matrix }) {
  return (
    <ul>
      <li>number: operations, topics and imports of the column that the row uses</li>
      {cells.some(({ coupling }) => coupling !== null) ? (
        <li>
          {heatSteps.map(({ colour, from }) => (
            <span key={from} class="dsm-sample" style={{ background: colour }} title={`from ${from}`} />
          ))}
          change coupling, {heatSteps.map(({ from }) => from.toFixed(2)).join(" · ")} and more
        </li>
      ) : null}
      {cells.some(({ hidden }) => hidden) ? <li>○ coupled without any dependency</li> : null}
      {cells.some(isUpward) ? <li>◣ against the order: uses what stands above it</li> : null}
      {cells.some(({ circle }) => circle) ? <li>double frame: part of a circle</li> : null}
    </ul>
  );
}
