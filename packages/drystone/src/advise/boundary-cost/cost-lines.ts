/** The lines of what a boundary costs, each with what it rests on: counted in the source, assumed, or not known (metrics.md F1). */
import type { Measure } from "#model/result.js";
import { type Advising, measure } from "../_shared/index.js";

const minutesPerMonth = 43_200;

export function costLines({ estate, part, crossings }: Advising): Measure[] {
  const { F, E3 } = estate.parameters;
  const subject = part.subject;
  const calls = crossings.crossings.filter(({ kind }) => kind === "import" || kind === "call");
  const out = calls.filter(({ direction }) => direction === "out").length;
  const shared = crossings.tables.filter(({ byPart, byRest }) => byPart && byRest);
  const twoSided = transactions(crossings);
  const declared = (name: string) => (Object.hasOwn(estate.facts.config.thresholds, name) ? "declared" : "assumed");
  return [
    measure(
      "cost.interfaces",
      subject,
      calls.length,
      part.kind === "service"
        ? "interfaces that lead in or out, imported or called today"
        : "interfaces to call over a network, imported or called today",
      { detail: { in: calls.length - out, out, basis: "counted" } },
    ),
    measure("cost.latency", subject, F.rttMs, "ms for each of these calls made one after the other", {
      detail: { basis: declared("F.rttMs") },
    }),
    measure(
      "cost.availability",
      subject,
      (1 - E3.availability) * minutesPerMonth,
      "minutes of failure more in 30 days for what waits for it",
      {
        detail: { availability: E3.availability, basis: declared("E3.availability") },
      },
    ),
    measure(
      "cost.transactions",
      subject,
      crossings.tables.length === 0 ? null : twoSided,
      "files that write tables of both sides",
      {
        detail: {
          sharedTables: shared.length,
          basis: crossings.tables.length === 0 ? "not known: no tables were found" : "counted",
        },
      },
    ),
    measure("cost.operations", subject, F.opsHoursPerService, "hours per month to operate one more deployable", {
      detail: { pipelines: 1, runbooks: 1, dashboards: 1, alerts: 3, basis: declared("F.opsHoursPerService") },
    }),
  ];
}

/** Files in which a table of the part and one of the rest are both used while either is written there: each needs a saga or an outbox. */
function transactions({ tables }: Advising["crossings"]): number {
  const own = tables.filter(({ byPart, byRest, writtenByPart }) => byPart && !byRest && writtenByPart);
  const others = tables.filter(({ byRest, writtenByPart, writtenByRest }) => byRest && (writtenByPart || writtenByRest));
  const places = new Set(own.flatMap((table) => [...table.places]));
  return new Set(others.flatMap((table) => [...table.places].filter((place) => places.has(place)))).size;
}
