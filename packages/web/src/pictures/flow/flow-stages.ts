/**
 * The way of work items through stages, from measures:
 * `flow.wait` and `flow.touch`: one per stage; `value` mean hours per item, `detail.stage` its name, `detail.order` its place, `subjects` the team
 * that must act next (or `system`), `sample` items. `flow.touch` is an interval where touch time is one.
 * `flow.moves`: one per step; `value` items, `detail.from`, `detail.to` stage names, `detail.rework` "yes" for a way back.
 */
import { type Measure, measuresOf, type Ref, type Result } from "../../model.js";

export interface FlowStage {
  readonly name: string;
  readonly team: Ref | null;
  /** Hours per item; null when not measured. */
  readonly wait: number | null;
  readonly touch: number | null;
}

export interface FlowMove {
  readonly from: string;
  readonly to: string;
  readonly items: number;
  readonly rework: boolean;
}

export interface Flow {
  readonly stages: readonly FlowStage[];
  readonly moves: readonly FlowMove[];
}

/** More stages than this are no picture. */
const mostStages = 60;

/** Null when no stage was measured. */
export function flowOf(result: Result): Flow | null {
  const stages = new Map<string, { -readonly [Key in keyof FlowStage]: FlowStage[Key] } & { order: number }>();
  const add = (measure: Measure, what: "wait" | "touch"): void => {
    const name = String(measure.detail?.["stage"] ?? "");
    if (name === "") return;
    const known = stages.get(name) ?? {
      name,
      team: null,
      wait: null,
      touch: null,
      order: Number(measure.detail?.["order"] ?? stages.size),
    };
    known[what] = measure.value;
    known.team ??= measure.subjects.find((ref) => ref.startsWith("group:")) ?? null;
    stages.set(name, known);
  };
  for (const measure of measuresOf(result, "flow.wait")) add(measure, "wait");
  for (const measure of measuresOf(result, "flow.touch")) add(measure, "touch");
  if (stages.size === 0) return null;
  const moves = measuresOf(result, "flow.moves").flatMap(({ value, detail }): FlowMove[] => {
    const [from, to] = [String(detail?.["from"] ?? ""), String(detail?.["to"] ?? "")];
    return value === null || !stages.has(from) || !stages.has(to)
      ? []
      : [{ from, to, items: value, rework: detail?.["rework"] === "yes" }];
  });
  const ordered = [...stages.values()].sort((a, b) => a.order - b.order).slice(0, mostStages);
  const names = new Set(ordered.map(({ name }) => name));
  return {
    stages: ordered.map(({ order: _, ...stage }) => stage),
    moves: moves.filter(({ from, to }) => names.has(from) && names.has(to)),
  };
}

/** `6 d`, `2.5 d`, `4 h`; a day is 24 hours. */
export function duration(hours: number): string {
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  if (hours < 24) return `${Math.round(hours * 10) / 10} h`;
  return `${Math.round(hours / 2.4) / 10} d`;
}
