/** All services of an estate, by team, with what joins them. Above 150 services the teams come first; one opens at a click. */
import { useMemo, useState } from "preact/hooks";
import { nameOf, type Ref, type Result, teamColour } from "../../model.js";
import { componentHref } from "../../route.js";
import { Picture } from "../shared/picture.js";
import { type Grouping, groupingNote, groupsOf, subjectsOf } from "../shared/subjects.js";
import { bounded, counted, fitted, listed } from "../shared/text.js";
import { useWidth } from "../shared/use-width.js";
import { type FewerLines, fewerLines, mostReadable } from "./fewer-lines.js";
import { type EstateGraph, estateGraph, kindsOf, type LinkKind, linkWord, type MapLink, type MapNode } from "./graph.js";
import { type Box, layOut, titleRoom, titleSize } from "./layout.js";
import { EstateLegend } from "./legend.js";
import { type DrawnLink, drawnLinks } from "./lines.js";
import { NodePill } from "./pill.js";

/** Above so many services the map starts with teams. */
const mostServices = 150;

const switchNames: Readonly<Record<LinkKind, string>> = {
  calls: "Calls",
  messages: "Messages",
  imports: "Imports",
  stores: "Stores",
  outside: "Calls to what is not built here",
  infrastructure: "Telemetry and infrastructure",
  coupling: "Change together without a dependency",
};

/** What is pointed at, or followed: a service, a store, or a group. */
interface Active {
  readonly name: string;
  readonly refs: ReadonlySet<Ref>;
  readonly node: MapNode | null;
}

export function EstateMap({ result }: { readonly result: Result }) {
  const [holder, width] = useWidth<HTMLDivElement>(1100);
  const kinds = useMemo(() => kindsOf(result), [result]);
  const [hidden, setHidden] = useState<ReadonlySet<LinkKind>>(() => hiddenAtFirst(result));
  const shown = useMemo(() => new Set(kinds.filter((kind) => !hidden.has(kind))), [kinds, hidden]);
  const graph = useMemo(() => estateGraph(result, shown), [result, shown]);
  const services = graph.grouping.groups.reduce((sum, { members }) => sum + members.length, 0);
  const teamsFirst = startsWithTeams(graph.grouping);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [followed, setFollowed] = useState<MapNode | null>(null);
  const [pointedAt, setActive] = useState<Active | null>(null);
  const active = pointedAt ?? (followed === null ? null : activeNode(followed));
  const [all, setAll] = useState(false);
  const layout = useMemo(
    () => layOut(graph.groups, graph.links, ({ id }) => !teamsFirst || opened.has(id), width),
    [graph, teamsFirst, opened, width < 620 ? width : Math.round(width / 100)],
  );
  const lines = useMemo(() => drawnLinks(graph.links, layout), [graph, layout]);
  const few = useMemo(
    () => fewerLines(lines, (end) => layout.boxes.some(({ group, open }) => !open && group.id === end)),
    [lines],
  );
  const isOn = ({ ends }: DrawnLink): boolean => active !== null && [...active.refs].some((ref) => ends.has(ref));
  const drawn = lines.filter((line) => all || few.kept.has(line.key) || isOn(line));
  const near = active === null ? null : new Set([...active.refs, ...lines.filter(isOn).flatMap(({ between }) => between)]);
  const toggle = (id: string): void => setOpened(toggled(opened, id));
  const note = groupingNote(graph.grouping);
  return (
    <Picture
      title="Estate map"
      summary={
        <>
          {summaryOf(graph, services)} {all ? "" : fewerInWords(few, lines.length)} {note}{" "}
          {teamsFirst ? "Open a team to see its services." : ""}
        </>
      }
      controls={
        <>
          {kinds.map((kind) => (
            <label key={kind}>
              <input type="checkbox" checked={!hidden.has(kind)} onChange={() => setHidden(toggled(hidden, kind))} />
              {switchNames[kind]}
            </label>
          ))}
          {few.kept.size < lines.length && (
            <label>
              <input type="checkbox" checked={all} onChange={() => setAll(!all)} />
              All {lines.length} lines
            </label>
          )}
          {lines.length > mostReadable && <Follow graph={graph} follow={setFollowed} />}
        </>
      }
      legend={<EstateLegend graph={graph} hasHubs={!all && few.hubs.size > 0} />}
      table={() => ({
        head: ["from", "what", "to", "how sure", "seen", "detail"],
        rows: graph.links.map((link) => [
          bounded(nameOf(result, link.from)),
          linkWord(link),
          bounded(nameOf(result, link.to)),
          link.kind === "coupling" ? "" : link.confidence,
          link.seen ?? "history",
          bounded(link.text),
        ]),
      })}
    >
      <div class="picture-scroll" ref={holder} tabindex={0} role="region" aria-label="Estate map, drawing">
        <svg
          class={`estate${active === null ? "" : " tracing"}${new Set(graph.links.map(({ kind }) => kind)).size > 1 ? "" : " one-kind"}`}
          viewBox={`0 0 ${Math.ceil(layout.width)} ${Math.ceil(layout.height)}`}
          style={{ width: `${Math.ceil(layout.width)}px`, minWidth: `${Math.round(layout.width * (width < 620 ? 1 : 0.62))}px` }}
          role="group"
          aria-label="Services by team with their links"
        >
          {layout.boxes.map((box) => (
            <GroupBox
              key={box.group.id}
              box={box}
              result={result}
              faded={near !== null && !box.open && !near.has(box.group.id)}
              onToggle={teamsFirst ? () => toggle(box.group.id) : null}
              onActive={(on) => setActive(on ? activeGroup(box) : null)}
            />
          ))}
          <g class={`lines${drawn.length > 250 ? " very-many" : drawn.length > mostReadable ? " many" : ""}`} aria-hidden="true">
            {drawn.map((line) => (
              <Line key={line.key} line={line} on={isOn(line)} />
            ))}
          </g>
          {layout.boxes.map((box) => (
            <GroupName key={box.group.id} box={box} canOpen={teamsFirst} />
          ))}
          {layout.boxes.flatMap(({ group, open }) =>
            open
              ? group.nodes.map((node) => {
                  const place = layout.places.get(node.ref);
                  return place === undefined ? null : (
                    <NodePill
                      key={node.ref}
                      node={node}
                      place={place}
                      href={node.kind === "component" ? componentHref(node.ref) : null}
                      label={`${bounded(node.name)}: ${linksInWords(result, graph.links, node)}`}
                      hidden={few.hubs.get(node.ref) ?? 0}
                      faded={near !== null && !near.has(node.ref)}
                      onActive={(on) => setActive(on ? activeNode(node) : null)}
                    />
                  );
                })
              : [],
          )}
        </svg>
      </div>
      <p class="picture-live" aria-live="polite">
        {active === null
          ? `Point at a ${graph.level}${teamsFirst ? " or a team" : ""}, or move to it with the tab key, to follow its links.`
          : `${bounded(active.name)}: ${active.node === null ? groupInWords(graph, active) : linksInWords(result, graph.links, active.node)}`}
      </p>
    </Picture>
  );
}

function startsWithTeams({ groups }: Grouping): boolean {
  return groups.length > 1 && groups.reduce((sum, { members }) => sum + members.length, 0) > mostServices;
}

/** Keeps the links of one service in front. */
function Follow({
  graph,
  follow,
}: {
  readonly graph: ReturnType<typeof estateGraph>;
  readonly follow: (node: MapNode | null) => void;
}) {
  const nodes = graph.groups.flatMap((group) => group.nodes).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return (
    <label>
      Follow{" "}
      <select
        onChange={(event) => follow(event.currentTarget.value === "" ? null : (nodes[Number(event.currentTarget.value)] ?? null))}
      >
        <option value="">nobody</option>
        {nodes.map(({ name, ref }, index) => (
          <option key={ref} value={index}>
            {fitted(name, 300, 13)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What says the least about teams; among many teams the stores too, until somebody asks for them. */
function hiddenAtFirst(result: Result): ReadonlySet<LinkKind> {
  const { components } = subjectsOf(result);
  return new Set<LinkKind>([
    "outside",
    "infrastructure",
    ...(startsWithTeams(groupsOf(result, components)) ? (["stores"] as const) : []),
  ]);
}

function activeNode(node: MapNode): Active {
  return { name: node.name, refs: new Set([node.ref]), node };
}

function activeGroup({ group }: Box): Active {
  return { name: group.name, refs: new Set(group.nodes.map(({ ref }) => ref)), node: null };
}

function GroupBox({
  box,
  result,
  faded,
  onToggle,
  onActive,
}: {
  readonly box: Box;
  readonly result: Result;
  readonly faded: boolean;
  readonly onToggle: (() => void) | null;
  readonly onActive: (on: boolean) => void;
}) {
  const { group, open, x, y, width, height } = box;
  const colour = group.team === null ? "var(--team-none)" : teamColour(result, group.team);
  const services = group.nodes.filter(({ kind }) => kind === "component").length;
  return (
    <g
      class={`group${group.unowned ? " unowned" : ""}${open ? "" : " closed"}${faded ? " faded" : ""}`}
      {...(onToggle !== null
        ? {
            role: "button",
            tabindex: 0,
            "aria-expanded": open,
            "aria-label": `${bounded(group.name)}, ${counted(services, "service")}`,
            onClick: onToggle,
            onMouseEnter: () => onActive(true),
            onMouseLeave: () => onActive(false),
            onFocus: () => onActive(true),
            onBlur: () => onActive(false),
            onKeyDown: (event: KeyboardEvent) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              onToggle();
            },
          }
        : {})}
    >
      <rect class="group-box" x={x} y={y} width={width} height={height} rx={8} style={{ stroke: colour, fill: colour }} />
      <rect class="group-band" x={x} y={y + 6} width={4} height={height - 12} rx={2} style={{ fill: colour }} />
      <title>{bounded(group.name)}</title>
    </g>
  );
}

/** Stands above the lines, so that none runs through it. */
function GroupName({ box: { group, open, x, y, width }, canOpen }: { readonly box: Box; readonly canOpen: boolean }) {
  const services = group.nodes.filter(({ kind }) => kind === "component").length;
  const size = services > 0 ? ` (${services})` : "";
  const title = `${fitted(group.name, width - titleRoom, titleSize)}${size}`;
  return (
    <g class="group-title" aria-hidden={canOpen}>
      <text class="group-name" x={x + 12} y={y + 18}>
        {canOpen ? `${open ? "−" : "+"} ${title}` : title}
      </text>
      {open || group.nodes.length === services ? null : (
        <text class="group-note" x={x + 12} y={y + 38}>
          {counted(group.nodes.length - services, "shared store")}
        </text>
      )}
    </g>
  );
}

function Line({ line, on }: { readonly line: DrawnLink; readonly on: boolean }) {
  return (
    <g class={`line ${line.kind} ${line.confidence}${on ? " on" : ""}`}>
      <path d={line.path} style={{ strokeWidth: line.width }} />
      {line.kind === "coupling" ? <path class="inner" d={line.path} /> : null}
      {line.head === null ? null : <path class={`head ${line.seen ?? ""}`} d={line.head} />}
      {line.middle === null ? null : line.middle.form === "dot" ? (
        <circle class="middle" cx={line.middle.x} cy={line.middle.y} r={3} />
      ) : (
        <rect class="middle" x={line.middle.x - 3} y={line.middle.y - 3} width={6} height={6} />
      )}
      {line.label === null ? null : (
        <text class="line-count" x={line.label.x} y={line.label.y}>
          {line.label.text}
        </text>
      )}
    </g>
  );
}

function summaryOf({ level, grouping, links }: EstateGraph, services: number): string {
  const hidden = links.filter(({ kind }) => kind === "coupling").length;
  const across = links.length - hidden;
  return [
    `${counted(services, level)}${grouping.by === "team" ? `, ${counted(grouping.groups.filter(({ unowned }) => !unowned).length, "team")}` : ""}, ${counted(across, "link")} drawn.`,
    hidden === 0 ? "" : `${counted(hidden, "pair")} ${hidden === 1 ? "changes" : "change"} together without any dependency.`,
  ].join(" ");
}

/** What is left out, where all lines would be a mat. */
function fewerInWords({ kept, hubs, weaker }: FewerLines, lines: number): string {
  if (kept.size === lines) return "";
  const left = [
    hubs.size === 0 ? "" : `most of those of ${counted(hubs.size, "hub")}`,
    weaker ? "the weaker ones of each" : "",
  ].filter((each) => each !== "");
  return `${kept.size} of ${counted(lines, "line")} are drawn, without ${left.join(" and ")}: point at one to see all of its own.`;
}

/** Links of a group to each of the others, the most first. */
function groupInWords({ groups, links }: EstateGraph, { refs }: Active): string {
  const nameOfGroup = new Map(groups.flatMap(({ name, nodes }) => nodes.map(({ ref }) => [ref, name] as const)));
  const counts = new Map<string, number>();
  for (const { from, to } of links) {
    if (refs.has(from) === refs.has(to)) continue;
    const other = nameOfGroup.get(refs.has(from) ? to : from) ?? "";
    counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  const most = [...counts].sort(([, one], [, other]) => other - one);
  if (most.length === 0) return "no link to another group is known.";
  return `links with ${listed(
    most.map(([name, count]) => `${bounded(name)} (${count})`),
    6,
  )}.`;
}

function linksInWords(result: Result, links: readonly MapLink[], { ref, own }: MapNode): string {
  const names = (refs: readonly Ref[]): string =>
    listed(
      [...new Set(refs)].map((one) => bounded(nameOf(result, one))),
      6,
    );
  const uses = links.filter(({ from, kind }) => from === ref && kind !== "coupling").map(({ to }) => to);
  const usedBy = links.filter(({ to, kind }) => to === ref && kind !== "coupling").map(({ from }) => from);
  const coupled = links.flatMap(({ from, to, kind }) =>
    kind !== "coupling" ? [] : from === ref ? [to] : to === ref ? [from] : [],
  );
  const parts = [
    own.length === 0 ? "" : `has ${listed(own.map(bounded), 6)} to itself`,
    uses.length === 0 ? "" : `uses ${names(uses)}`,
    usedBy.length === 0 ? "" : `is used by ${names(usedBy)}`,
    coupled.length === 0 ? "" : `changes with ${names(coupled)} without a dependency`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "no link is known." : `${parts.join("; ")}.`;
}

function toggled<Value>(values: ReadonlySet<Value>, value: Value): Set<Value> {
  const next = new Set(values);
  if (!next.delete(value)) next.add(value);
  return next;
}
