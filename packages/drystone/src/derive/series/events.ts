/** What happened to the system while it changed: new components, histories that were joined, people who changed teams. */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { commitCount } from "#model/history.js";
import type { Ref } from "#model/refs.js";
import type { Measure } from "#model/result.js";
import { isoDate } from "#util/dates.js";

/** Moves of fewer people at once are no reorganisation. */
const leastMoves = 2;

/**
 * `event.new-components`, `event.import`, `event.team-change`: one measure per event in the window of pairs; `window` is its date,
 * `value` how many components, histories or people. `detail.text` says it in words.
 */
export function eventMeasures(estate: Estate): Measure[] {
  if (historyObstacles(estate).length > 0 || !Number.isFinite(estate.long.from)) return [];
  return [...newComponents(estate), ...imports(estate), ...teamChanges(estate)];
}

/** By month, dated by the first of them. A component is new when its first file appears after the window began. */
function newComponents(estate: Estate): Measure[] {
  const { from } = estate.long;
  const firsts = firstTouches(estate);
  const earliest = Math.min(...firsts.values());
  const months = new Map<string, { readonly time: number; readonly component: number }[]>();
  for (const [component, time] of firsts) {
    if (time <= from || time === earliest) continue;
    const month = isoDate(time).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), { time, component }]);
  }
  return [...months.values()].map((born) => {
    const refs = born.map(({ component }) => estate.components[component]?.ref ?? "").sort();
    return event(
      "event.new-components",
      refs,
      Math.min(...born.map(({ time }) => time)),
      born.length,
      `${estate.level}s`,
      `${born.length} new ${estate.level}${born.length === 1 ? "" : "s"}`,
    );
  });
}

/** Time of the first commit to each subject, by component index. */
function firstTouches(estate: Estate): Map<number, number> {
  const isSubject = new Set(estate.subjects);
  const firsts = new Map<number, number>();
  for (const { history, lineage } of estate.repositories) {
    for (let commit = 0; commit < commitCount(history); commit++) {
      const time = history.committerTimes[commit] ?? 0;
      for (let at = history.fileOffsets[commit] ?? 0; at < (history.fileOffsets[commit + 1] ?? 0); at++) {
        const component = lineage.component[at] ?? -1;
        if (isSubject.has(component) && time < (firsts.get(component) ?? Number.POSITIVE_INFINITY)) firsts.set(component, time);
      }
    }
  }
  return firsts;
}

/** The window of pairs begins at the latest cut: the event stands at its start. */
function imports(estate: Estate): Measure[] {
  return estate.repositories.flatMap(({ cut }) =>
    cut.kind === "grafted" && cut.from >= estate.long.from
      ? [event("event.import", ["system"], cut.from, cut.roots, "histories", `${cut.roots} histories joined`)]
      : [],
  );
}

function teamChanges(estate: Estate): Measure[] {
  const from = isoDate(estate.long.from);
  const to = isoDate(estate.long.to);
  const dates = new Map<string, { joined: number; left: number; teams: Set<Ref> }>();
  const note = (date: string | null, what: "joined" | "left", team: Ref): void => {
    if (date === null || date <= from || date > to) return;
    const known = dates.get(date) ?? { joined: 0, left: 0, teams: new Set<Ref>() };
    known[what]++;
    known.teams.add(team);
    dates.set(date, known);
  };
  for (const { ref, members } of estate.facts.teams) {
    for (const member of members) {
      note(member.from, "joined", ref);
      note(member.to, "left", ref);
    }
  }
  return [...dates]
    .filter(([, { joined, left }]) => Math.max(joined, left) >= leastMoves)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, { joined, left, teams }]) =>
      event(
        "event.team-change",
        [...teams].sort(),
        Date.parse(`${date}T00:00:00Z`) / 1000,
        joined + left,
        "moves",
        `teams changed: ${joined} joined, ${left} left`,
      ),
    );
}

function event(id: string, subjects: readonly Ref[], time: number, value: number, unit: string, text: string): Measure {
  return { id, subjects, value, unit, interval: null, sample: null, window: isoDate(time), detail: { text } };
}
