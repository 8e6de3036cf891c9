/** The stretch of history that is judged: it ends at the last activity of people, so that a system nobody touches is not called well decoupled. */
import { commitCount, type History } from "#model/history.js";
import type { Parameters } from "#model/parameters.js";
import { daySeconds, isoDate, monthsBefore } from "#util/dates.js";

export interface SystemWindow {
  /** Seconds, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly asOf: string;
  readonly reason: string;
}

/** @param asOf end of the window in seconds; null for the last activity of people. @param human whether people made a commit. */
export function systemWindow(
  histories: readonly History[],
  human: (repository: number, commit: number) => boolean,
  parameters: Parameters,
  asOf: number | null,
): SystemWindow {
  const last = lastActivity(histories, human);
  const to = endOf(asOf, last);
  const { months, days } = parameters.window;
  const from = months !== null ? monthsBefore(to, months) : days !== null ? to - days * daySeconds : Number.NEGATIVE_INFINITY;
  const length = months !== null ? `${months} months` : days !== null ? `${days} days` : "all history";
  const end = asOf !== null ? "before --as-of" : "before the last activity";
  return {
    from,
    to,
    asOf: isoDate(to),
    reason:
      months === null && days === null
        ? `all history up to ${asOf !== null ? "--as-of" : "the last activity"}`
        : `${length} ${end}`,
  };
}

/** On the day of the last activity the window ends with it, so that naming that day gives the same numbers as naming none. */
function endOf(asOf: number | null, last: number | null): number {
  if (asOf === null || last === null) return asOf ?? last ?? 0;
  return isoDate(asOf) === isoDate(last) && last < asOf ? last : asOf;
}

/** Latest commit by people; commits dated after HEAD are clocks gone wrong and do not count. Null without commits. */
function lastActivity(histories: readonly History[], human: (repository: number, commit: number) => boolean): number | null {
  let last: number | null = null;
  for (const [repository, history] of histories.entries()) {
    const head = history.committerTimes.at(-1);
    if (head === undefined) continue;
    let own = Number.NEGATIVE_INFINITY;
    for (let commit = 0; commit < commitCount(history); commit++) {
      const time = history.committerTimes[commit] ?? 0;
      if (time <= head + daySeconds && time > own && human(repository, commit)) own = time;
    }
    last = Math.max(last ?? Number.NEGATIVE_INFINITY, own === Number.NEGATIVE_INFINITY ? head : own);
  }
  return last;
}
