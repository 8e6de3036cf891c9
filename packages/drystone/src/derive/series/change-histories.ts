/** How often each component was changed, week by week, over the window of pairs. */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import type { Measure } from "#model/result.js";
import { daySeconds, isoDate } from "#util/dates.js";

const weekSeconds = 7 * daySeconds;

/**
 * One measure `history.changes` per component whose coupling is judged: change sets by people that touch it, sweeps aside. `detail.weeks`
 * counts them per week from `detail.from` on, separated by spaces; the last week ends with the window and may be shorter.
 * Nothing for a history that is cut or missing.
 */
export function changeHistories(estate: Estate): Measure[] {
  const { from, to, sets } = estate.long;
  if (historyObstacles(estate).length > 0 || !Number.isFinite(from)) return [];
  const weeks = Math.max(1, Math.ceil((to - from + 1) / weekSeconds));
  const counts = new Map(estate.subjects.map((subject) => [subject, new Uint32Array(weeks)]));
  for (const set of sets) {
    const week = Math.min(weeks - 1, Math.max(0, Math.floor((set.time - from) / weekSeconds)));
    for (const component of set.components) {
      const count = counts.get(component);
      if (count) count[week] = (count[week] ?? 0) + 1;
    }
  }
  return [...counts].map(([component, count]) => ({
    id: "history.changes",
    subjects: [estate.components[component]?.ref ?? ""],
    value: count.reduce((sum, one) => sum + one, 0),
    unit: "change sets",
    interval: null,
    sample: null,
    window: `${isoDate(from)}/${isoDate(to)}`,
    detail: { from: isoDate(from), weeks: count.join(" ") },
  }));
}
