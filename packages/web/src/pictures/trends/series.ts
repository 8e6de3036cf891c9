/** Series and events of the result, ready to draw. */
import { type Measure, measuresOf, type Result } from "../../model.js";
import { dayOf } from "../pair-timeline/history.js";
import { periodDays } from "../shared/time.js";

export interface Series {
  readonly id: string;
  readonly title: string;
  /** Shares are drawn with their interval and compared with the year before. */
  readonly isShare: boolean;
  readonly unit: string;
  /** Oldest first. */
  readonly points: readonly Point[];
  readonly change: Change | null;
}

export interface Point {
  readonly period: string;
  /** Middle of the period, in days since 1970. */
  readonly day: number;
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
  /** Too few changes to mean much, or a period that the window cuts. */
  readonly weak: boolean;
}

export interface Change {
  readonly before: number | null;
  readonly after: number | null;
  readonly direction: "rising" | "falling" | "level" | "too-few";
}

export interface Event {
  readonly day: number;
  readonly date: string;
  readonly text: string;
}

const titles: readonly (readonly [id: string, title: string])[] = [
  ["trend.ripple", "Changes that touch several services"],
  ["trend.cross-team", "Changes that need several teams"],
  ["trend.sweeps", "Sweeping changes"],
  ["trend.changes", "Changes"],
  ["trend.active", "Components changed"],
  ["trend.people", "People who change something"],
];

export function seriesOf(result: Result): Series[] {
  const changes = measuresOf(result, "trend.change");
  const others = [...new Set(result.measures.map(({ id }) => id))].filter(
    (id) => id.startsWith("trend.") && id !== "trend.change" && !titles.some(([known]) => known === id),
  );
  const start = measuresOf(result, "trend.changes").flatMap((measure) => ((measure.value ?? 0) > 0 ? pointOf(measure) : []));
  return [...titles, ...others.map((id) => [id, id.slice(6).replaceAll("-", " ")] as const)].flatMap(([id, title]) => {
    const points = fromFirst(
      measuresOf(result, id)
        .flatMap((measure) => pointOf(measure))
        .sort((a, b) => a.day - b.day),
      start,
    );
    const [first] = measuresOf(result, id);
    if (points.length === 0 || first === undefined) return [];
    const isShare = first.unit.startsWith("share");
    return [
      {
        id,
        title: titleFor(title, result),
        isShare,
        unit: first.unit,
        points,
        change: changeOf(changes.find(({ detail }) => detail?.["series"] === id)),
      },
    ];
  });
}

/** Nothing is counted before the history begins: those periods are no zeros. */
function fromFirst(points: readonly Point[], counted: readonly Point[]): readonly Point[] {
  const begin = Math.min(...counted.map(({ day }) => day));
  return counted.length === 0 ? points : points.filter(({ day }) => day >= begin);
}

/** Where modules are judged, the same series speaks of modules. */
function titleFor(title: string, result: Result): string {
  const isModules = measuresOf(result, "trend.active").some(({ unit }) => unit.startsWith("module"));
  return isModules
    ? title.replace("services", "modules").replace("Components", "Modules")
    : title.replace("Components", "Services");
}

function pointOf({ window, value, interval, sample, detail }: Measure): Point[] {
  const days = periodDays(window ?? "");
  if (days === null || window === null) return [];
  const n = sample?.n ?? null;
  const isPartial = detail?.["partial"] === "yes";
  return [
    {
      period: window,
      day: (days.from + days.to) / 2,
      value,
      interval,
      n,
      weak: isPartial || (n !== null && n < (sample?.min ?? 0)),
    },
  ];
}

function changeOf(measure: Measure | undefined): Change | null {
  if (measure === undefined) return null;
  const { before, after, direction } = measure.detail ?? {};
  const word = direction === "rising" || direction === "falling" || direction === "level" ? direction : "too-few";
  return { before: typeof before === "number" ? before : null, after: typeof after === "number" ? after : null, direction: word };
}

/** At most so many lines: the weightiest, by date. */
const mostEvents = 6;

export function eventsOf(result: Result): Event[] {
  return ["event.import", "event.team-change", "event.new-components"]
    .flatMap((id) =>
      measuresOf(result, id).map((measure) => ({ measure, weight: id === "event.new-components" ? (measure.value ?? 0) : 1000 })),
    )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostEvents)
    .flatMap(({ measure: { window, detail } }) => {
      const day = dayOf(window ?? "");
      return day === null ? [] : [{ day, date: window ?? "", text: String(detail?.["text"] ?? "event") }];
    })
    .sort((a, b) => a.day - b.day);
}
