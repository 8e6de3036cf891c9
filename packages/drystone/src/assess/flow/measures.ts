/** Numbers that pictures of flow are drawn from. */
import type { WorkFlow } from "#derive/flow/index.js";
import { kaplanMeierQuantile } from "#derive/flow/index.js";
import type { Interval, Measure } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import { rounded } from "../_shared/index.js";

/** Quantiles of the lead time in days, from coming into being to done. */
export interface LeadTimes {
  readonly p50: number | null;
  readonly p85: number | null;
  readonly p95: number | null;
  readonly interval: Interval | null;
}

const day = 86_400;

export function flowMeasures(flow: WorkFlow, lead: LeadTimes): Measure[] {
  const { finished, items, from, to, touch, waits, path, little } = flow;
  const window = `${isoDate(from)}/${isoDate(to)}`;
  const sample = { n: finished.length, of: "finished items" };
  const plain = (id: string, value: number | null, unit: string, more: Partial<Measure> = {}): Measure => ({
    id,
    subjects: ["system"],
    value: value === null ? null : rounded(value),
    unit,
    interval: null,
    sample,
    window,
    ...more,
  });
  const mean = (of: (item: WorkFlow["finished"][number]) => number): number =>
    finished.reduce((sum, item) => sum + of(item), 0) / finished.length;
  return [
    ...(["p50", "p85", "p95"] as const).map((name) =>
      plain(`flow.lead-${name}`, lead[name], "days", {
        interval: name === "p50" ? lead.interval : null,
        sample: { n: items.length, of: "items" },
      }),
    ),
    ...monthly(flow),
    plain(
      "flow.hand-offs",
      mean((item) => item.handOffs),
      "hand-offs per item",
    ),
    plain(
      "flow.ping-pongs",
      mean((item) => item.pingPongs),
      "returns per item",
    ),
    ...(touch.most === null ? [] : [plain("flow.efficiency-most", touch.most / touch.lead, "share of the lead time")]),
    ...(touch.least === null ? [] : [plain("flow.efficiency-least", touch.least / touch.lead, "share of the lead time")]),
    ...[...waits].map(([team, seconds]) =>
      plain("flow.wait", seconds / touch.lead, "share of the lead time", {
        subjects: [team === null ? "unknown" : teamRef(team)],
        detail: { days: rounded(seconds / day) },
      }),
    ),
    ...path.states.map(({ name: state, kind, seconds, team }) =>
      plain("flow.state", seconds / Math.max(1, touch.lead), "share of the lead time", {
        subjects: [team === null ? "system" : teamRef(team)],
        detail: { state, kind, days: rounded(seconds / day) },
      }),
    ),
    ...path.moves.map(({ from: before, to: after, items: count, isRework }) =>
      plain("flow.moves", count, "items", { detail: { from: before, to: after, rework: isRework ? "yes" : "no" } }),
    ),
    ...(little === null
      ? []
      : [
          plain("flow.little-error", little.error, "ratio", {
            detail: {
              inProgress: rounded(little.inProgress),
              arrivalsPerDay: rounded(little.arrivalsPerDay),
              days: rounded(little.days),
            },
          }),
        ]),
  ];
}

function teamRef(team: string): string {
  return `group:default/${team.toLowerCase()}`;
}

/** Median lead time of what was done in each month, and how many that were. */
function monthly({ finished }: WorkFlow): Measure[] {
  const months = new Map<string, number[]>();
  for (const { done, lead } of finished) {
    const month = isoDate(done ?? 0).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), lead / day]);
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, leads]) => {
      const median = kaplanMeierQuantile(
        leads.map((time) => ({ time, isDone: true })),
        0.5,
      );
      return {
        id: "flow.lead-by-month",
        subjects: ["system"],
        value: median === null ? null : rounded(median),
        unit: "days",
        interval: null,
        sample: { n: leads.length, of: "finished items" },
        window: month,
      };
    });
}
