/**
 * The way of work items through states, from measures:
 * `flow.state`: one per state; `detail.state` its name, `detail.kind` active, waiting or unknown, `detail.days` days of all items in it,
 * `sample.n` items, `subjects` the team that has it (or `system`). The order of the result is the order of the states.
 * `flow.moves`: one per step; `value` items, `detail.from`, `detail.to` states, `detail.rework` "yes" for a way back.
 * `flow.wait`: one per team; `detail.days` days that items waited for it.
 */
import { type Measure, measuresOf, type Ref, type Result } from "../../model.js";

export interface FlowStage {
  readonly name: string;
  readonly team: Ref | null;
  readonly kind: "active" | "waiting" | "unknown";
  /** Days per item, on average. */
  readonly days: number;
}

export interface FlowMove {
  readonly from: string;
  readonly to: string;
  readonly items: number;
  readonly rework: boolean;
}

export interface TeamWait {
  /** Null where nobody is known to act next. */
  readonly team: Ref | null;
  /** Days per item, on average. */
  readonly days: number;
}

export interface Flow {
  readonly stages: readonly FlowStage[];
  readonly moves: readonly FlowMove[];
  /** Longest first. */
  readonly waits: readonly TeamWait[];
  /** Finished items behind the averages. */
  readonly items: number;
}

/** More states than this are no picture. */
const mostStages = 60;

/** Null when no state was measured. */
export function flowOf(result: Result): Flow | null {
  const stages = measuresOf(result, "flow.state").slice(0, mostStages).flatMap(stageOf);
  const names = new Set(stages.map(({ name }) => name));
  if (names.size === 0) return null;
  return {
    stages,
    moves: measuresOf(result, "flow.moves").flatMap(({ value, detail }): FlowMove[] => {
      const [from, to] = [String(detail?.["from"] ?? ""), String(detail?.["to"] ?? "")];
      const isDrawn = value !== null && names.has(from) && names.has(to) && from !== to;
      return isDrawn ? [{ from, to, items: value, rework: detail?.["rework"] === "yes" }] : [];
    }),
    waits: measuresOf(result, "flow.wait")
      .flatMap((measure): TeamWait[] => {
        const days = perItem(measure);
        return days === null ? [] : [{ team: teamIn(measure), days }];
      })
      .sort((a, b) => b.days - a.days),
    items: measuresOf(result, "flow.state")[0]?.sample?.n ?? 0,
  };
}

function stageOf(measure: Measure): FlowStage[] {
  const name = measure.detail?.["state"];
  const days = perItem(measure);
  if (typeof name !== "string" || name === "" || days === null) return [];
  const kind = measure.detail?.["kind"];
  return [{ name, team: teamIn(measure), kind: kind === "active" || kind === "waiting" ? kind : "unknown", days }];
}

function perItem({ detail, sample }: Measure): number | null {
  const days = detail?.["days"];
  return typeof days === "number" && sample !== null && sample.n > 0 ? days / sample.n : null;
}

function teamIn({ subjects }: Measure): Ref | null {
  return subjects.find((ref) => ref.startsWith("group:")) ?? null;
}

/** `6 d`, `2.5 d`, `4 h`, `20 min`; a day has 24 hours. */
export function duration(days: number): string {
  const hours = days * 24;
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  return hours < 24 ? `${Math.round(hours * 10) / 10} h` : `${Math.round(days * 10) / 10} d`;
}
