/** The estate by ownership at one look: area is change, hatching is work of another team, dashes are nobody's. */
import { type HierarchyRectangularNode, hierarchy, treemap } from "d3-hierarchy";
import { useId, useMemo } from "preact/hooks";
import { nameOf, type Ref, type Result, teamColour } from "../../model.js";
import { componentHref } from "../../route.js";
import { NoPicture, Picture } from "../shared/picture.js";
import { groupingNote, groupsOf } from "../shared/subjects.js";
import { bounded, counted, fitted, percent } from "../shared/text.js";
import { useWidth } from "../shared/use-width.js";
import { leading, type OwnershipRow, ownershipRows } from "./ownership-rows.js";

interface Tile {
  readonly name: string;
  readonly team: Ref | null;
  readonly row: OwnershipRow | null;
  readonly value: number;
  readonly children: readonly Tile[];
}

export function OwnershipTreemap({ result }: { readonly result: Result }) {
  const [holder, width] = useWidth<HTMLDivElement>(1000);
  const rows = useMemo(() => ownershipRows(result), [result]);
  const pattern = useId();
  const changed = rows.filter(({ changes }) => (changes ?? 0) > 0);
  const measured = changed.length > 0;
  const shown = measured ? changed : rows;
  const grouping = useMemo(
    () =>
      groupsOf(
        result,
        shown.map(({ component }) => component),
      ),
    [result, rows],
  );
  const height = Math.round(Math.max(180, Math.min(620, width * 0.55, 120 + shown.length * 40)));
  const nodes = useMemo(() => layOut(result, shown, grouping.groups, measured, width, height), [result, rows, grouping, width]);
  if (rows.length === 0) return <NoPicture title="Ownership at a glance">No component that is built here was found.</NoPicture>;
  const others = new Set(shown.flatMap((row) => otherTeam(row) ?? []));
  const resting = rows.length - shown.length;
  return (
    <Picture
      title="Ownership at a glance"
      summary={`${measured ? `Area is the number of changes${windowOf(result)}.` : "No change was measured: every component has the same area."} ${
        resting > 0 ? `${counted(resting, "component")} without a change ${resting === 1 ? "is" : "are"} not drawn.` : ""
      } ${groupingNote(grouping) ?? ""}`}
      legend={
        <ul>
          {grouping.by === "team" ? <li>colour: the team</li> : null}
          {others.size > 0 ? <li>hatched: mostly changed by another team</li> : null}
          {shown.some(({ declared }) => declared.length === 0) ? <li>dashed: no declared owner</li> : null}
        </ul>
      }
      table={() => ({
        head: ["component", "group", "changes", "owner", "verdict"],
        rows: rows.map(({ component, changes, declared, verdict }) => [
          bounded(component.name),
          bounded(grouping.groups.find(({ members }) => members.includes(component))?.name ?? ""),
          changes ?? "not measured",
          declared.map((ref) => bounded(nameOf(result, ref))).join(", "),
          verdict.text,
        ]),
      })}
    >
      <div ref={holder}>
        <svg
          class="treemap"
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          role="group"
          aria-label="Components by team, area is change"
        >
          <defs>
            {[...others].map((team, at) => (
              <pattern
                key={team}
                id={`${pattern}-${at}`}
                width="7"
                height="7"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect width="3" height="7" style={{ fill: teamColour(result, team) }} opacity="0.55" />
              </pattern>
            ))}
          </defs>
          {nodes.map((node) => (
            <TileShape
              key={node.data.row?.component.ref ?? `group ${node.data.name}`}
              node={node}
              result={result}
              hatch={hatchOf(node.data, [...others], pattern)}
            />
          ))}
        </svg>
      </div>
    </Picture>
  );
}

function layOut(
  result: Result,
  rows: readonly OwnershipRow[],
  groups: ReturnType<typeof groupsOf>["groups"],
  measured: boolean,
  width: number,
  height: number,
): HierarchyRectangularNode<Tile>[] {
  const byRef = new Map(rows.map((row) => [row.component.ref, row]));
  const root: Tile = {
    name: result.inputs.system,
    team: null,
    row: null,
    value: 0,
    children: groups.map(({ name, team, members }) => ({
      name,
      team,
      row: null,
      value: 0,
      children: members.flatMap(({ ref, name }) => {
        const row = byRef.get(ref);
        return row === undefined ? [] : [{ name, team, row, value: measured ? (row.changes ?? 0) : 1, children: [] }];
      }),
    })),
  };
  const tree = hierarchy<Tile>(root, ({ children }) => children)
    .sum(({ value }) => value)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0) || (a.data.name < b.data.name ? -1 : 1));
  // The order of the paddings matters: paddingTop goes after paddingOuter, which sets it too.
  return treemap<Tile>()
    .size([width, height])
    .round(true)
    .paddingInner(2)
    .paddingOuter(4)
    .paddingTop(21)(tree)
    .descendants()
    .slice(1);
}

function TileShape({
  node,
  result,
  hatch,
}: {
  readonly node: HierarchyRectangularNode<Tile>;
  readonly result: Result;
  readonly hatch: string | null;
}) {
  const { x0, y0, x1, y1, data } = node;
  const [width, height] = [Math.max(0, x1 - x0), Math.max(0, y1 - y0)];
  const colour = teamColour(result, data.team);
  const { row } = data;
  if (row === null) {
    return (
      <g class="tile-group">
        <rect x={x0} y={y0} width={width} height={height} rx={4} style={{ stroke: colour }} />
        {width < 34 ? null : (
          <text x={x0 + 5} y={y0 + 15}>
            <title>{bounded(data.name)}</title>
            {fitted(data.name, width - 10, 12)}
          </text>
        )}
      </g>
    );
  }
  const unowned = row.declared.length === 0;
  const label = `${bounded(data.name)}: ${changesOf(row)}, ${row.verdict.text}`;
  return (
    <a class={`tile${unowned ? " unowned" : ""}`} href={componentHref(row.component.ref)} aria-label={label}>
      <title>{label}</title>
      <rect
        x={x0 + 0.5}
        y={y0 + 0.5}
        width={Math.max(0, width - 1)}
        height={Math.max(0, height - 1)}
        rx={2}
        style={{ fill: colour, stroke: colour }}
      />
      {hatch === null ? null : (
        <rect
          class="hatch"
          x={x0 + 1}
          y={y0 + 1}
          width={Math.max(0, width - 2)}
          height={Math.max(0, height - 2)}
          style={{ fill: `url(#${hatch})` }}
        />
      )}
      {width < 30 || height < 16 ? null : (
        <text x={x0 + 6} y={y0 + 15}>
          {fitted(data.name, width - 10, 11.5)}
        </text>
      )}
      {width < 74 || height < 34 ? null : (
        <text class="quiet" x={x0 + 6} y={y0 + 29}>
          {fitted(noteOf(result, row), width - 10, 10.5)}
        </text>
      )}
    </a>
  );
}

function noteOf(result: Result, row: OwnershipRow): string {
  const other = otherTeam(row);
  const [top] = row.shares;
  return other !== null && top !== undefined
    ? `${percent(top.share)} ${nameOf(result, other)}`
    : row.changes === null
      ? ""
      : changesOf(row);
}

function changesOf({ changes }: OwnershipRow): string {
  return changes === null ? "changes not measured" : counted(changes, "change");
}

/** The team that makes most of the changes and is not the owner. */
function otherTeam({ declared, shares: [top] }: OwnershipRow): Ref | null {
  return top === undefined || declared.length === 0 || top.share < leading || declared.includes(top.team) ? null : top.team;
}

function hatchOf({ row }: Tile, others: readonly Ref[], pattern: string): string | null {
  const other = row === null ? null : otherTeam(row);
  return other === null ? null : `${pattern}-${others.indexOf(other)}`;
}

function windowOf(result: Result): string {
  const window = result.measures.find(({ id }) => id === "history.changes")?.window;
  return window == null ? "" : `, ${window.replace("/", " to ")}`;
}
