/** Adds to a made-up result what needs a history, work items and imports: series, shared changes, states of work. The same for the same result. */
import type { Measure, Result } from "../../../drystone/src/model/result.js";

export function withSeries(result: Result): Result {
  const services = result.model.components.filter(({ built }) => built).map(({ ref }) => ref);
  const series = [...trends(), ...histories(services), ...imports(services), ...flow(result)];
  return { ...result, measures: [...result.measures, ...series] };
}

function measure(id: string, subjects: readonly string[], value: number, unit: string, more: Partial<Measure> = {}): Measure {
  return { id, subjects, value, unit, interval: null, sample: null, window: null, ...more };
}

function trends(): Measure[] {
  const months = Array.from(
    { length: 24 },
    (_, at) => `${2024 + Math.floor((at + 10) / 12)}-${String(((at + 10) % 12) + 1).padStart(2, "0")}`,
  );
  return [
    ...months.map((window, at) => {
      const value = Math.round(1000 * (0.2 + 0.1 * Math.sin(at / 3))) / 1000;
      const sample = { n: 8 + at, of: "change sets", min: 10 };
      return measure("trend.ripple", ["system"], value, "share of change sets", {
        window,
        interval: [value - 0.1, value + 0.15],
        sample,
      });
    }),
    ...months.map((window, at) => measure("trend.changes", ["system"], 40 + ((at * 7) % 23), "change sets", { window })),
    measure("trend.change", ["system"], 0.1, "difference of shares", {
      detail: { series: "trend.ripple", before: 0.15, after: 0.25, direction: "rising" },
    }),
    measure("event.team-change", ["system"], 3, "moves", {
      window: "2026-01-15",
      detail: { text: "teams changed: 3 joined, 0 left" },
    }),
  ];
}

function histories(services: readonly string[]): Measure[] {
  const shared = Array.from(
    { length: 12 },
    (_, at) => `2025-${String(at + 1).padStart(2, "0")}-1${at % 10} 0 ${String(at).padStart(12, "a")}`,
  );
  return [
    ...services.map((ref, at) =>
      measure("history.changes", [ref], 5 + ((at * 37) % 90), "change sets", {
        detail: { from: "2024-11-21", weeks: weeks(at) },
      }),
    ),
    ...services.slice(1).map((ref, at) =>
      measure("history.shared", [services[at] ?? "", ref], 12, "change sets", {
        detail: { listed: 12, commits: shared.join(";") },
      }),
    ),
  ];
}

function imports(services: readonly string[]): Measure[] {
  return services.flatMap((ref, at) => {
    const used = services[Math.floor(at / 3)];
    return used === undefined || used === ref ? [] : [measure("modules.imports", [ref, used], 1 + (at % 9), "imports")];
  });
}

function flow({ model: { teams } }: Result): Measure[] {
  const sample = { n: 40, of: "finished items" };
  const team = (at: number): string => teams[at % Math.max(1, teams.length)]?.ref ?? "system";
  const states = [
    ["To do", "waiting"],
    ["In progress", "active"],
    ["In review", "waiting"],
    ["Test", "unknown"],
  ] as const;
  return [
    ...states.map(([state, kind], at) =>
      measure("flow.state", [team(at)], 0.25, "share of the lead time", { sample, detail: { state, kind, days: 40 * (at + 1) } }),
    ),
    ...states
      .slice(1)
      .map(([to], at) => measure("flow.moves", ["system"], 40 - at, "items", { detail: { from: states[at]?.[0] ?? "", to } })),
    measure("flow.moves", ["system"], 7, "items", { detail: { from: "In review", to: "In progress", rework: "yes" } }),
    measure("flow.wait", [team(1)], 0.4, "share of the lead time", { sample, detail: { days: 120 } }),
  ];
}

function weeks(seed: number): string {
  return Array.from({ length: 104 }, (_, week) => (week * 7 + seed * 3) % 5).join(" ");
}
