/** Where a share stands: its interval against the two limits of the verdict and against public systems. */
import type { Assessment, Interval, Result } from "#model/result.js";
import { isShare, type PublicRange, publicRange } from "./numbers.js";
import { topicOf } from "./topics.js";

/** All in 0..1. */
export interface Scale {
  readonly value: number;
  readonly interval: Interval | null;
  /** Limits of "absent" and "present", where both are known. */
  readonly limits: Interval | null;
  readonly publicSystems: PublicRange | null;
}

/** Null where the value is no share: then there is nothing to draw from 0 to 100 %. */
export function scaleOf(assessment: Assessment, result: Result): Scale | null {
  const { value, unit, interval, comparison } = assessment;
  if (value === null || !isShare(unit) || !(value >= 0 && value <= 1)) return null;
  const range = publicRange(comparison);
  return {
    value,
    interval,
    limits: limitsOf(assessment) ?? limitsFromParameters(assessment, result.parameters),
    publicSystems: range !== null && range.high <= 1 ? range : null,
  };
}

/** 0 to 100 % in `cells` characters: `·` scale, `░` public systems, `┊` limits, `━` interval, `◆` value. */
export function bar(scale: Scale, cells: number): string {
  const cell = (share: number): number => Math.min(cells - 1, Math.max(0, Math.floor(share * cells + 1e-9)));
  // A range that ends on the border of a cell does not reach into the next.
  const fill = (mark: string, from: number, to: number): void => {
    marks.fill(mark, cell(from), Math.max(cell(from) + 1, Math.ceil(to * cells - 1e-9)));
  };
  const marks = Array.from({ length: cells }, () => "·");
  if (scale.publicSystems !== null) fill("░", scale.publicSystems.low, scale.publicSystems.high);
  if (scale.interval !== null) fill("━", scale.interval[0], scale.interval[1]);
  for (const limit of scale.limits ?? []) marks[cell(limit)] = marks[cell(limit)] === "━" ? "┿" : "┊";
  marks[cell(scale.value)] = "◆";
  return marks.join("");
}

// `upper bound ≤ 0.10` decides "absent", `lower bound ≥ 0.25` "present".
function limitsOf({ conditions }: Assessment): Interval | null {
  const low = conditions
    .map(({ text }) => /upper bound\D{0,20}?(?:≤|<=) ?([01]?\.\d{1,6})/.exec(text.slice(0, 200))?.[1])
    .find(isText);
  const high = conditions
    .map(({ text }) => /lower bound\D{0,20}?(?:≥|>=) ?([01]?\.\d{1,6})/.exec(text.slice(0, 200))?.[1])
    .find(isText);
  return low === undefined || high === undefined ? null : [Number(low), Number(high)];
}

function limitsFromParameters({ id, unit }: Assessment, parameters: Result["parameters"]): Interval | null {
  const topic = topicOf(id);
  // With teams, `developer-spread` counts changes from outside of the owning team and has limits of its own.
  const names = id === "developer-spread" && unit?.includes("change sets") ? ["outOfTeamLo", "outOfTeamHi"] : topic.limits;
  if (names === null) return null;
  const [low, high] = names.map((name) => own(own(parameters, topic.parameters[0] ?? ""), name));
  return typeof low === "number" && typeof high === "number" && low >= 0 && low <= high && high <= 1 ? [low, high] : null;
}

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}
