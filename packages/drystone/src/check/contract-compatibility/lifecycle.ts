/** Deprecation, its date and the level of stability: when something may go. */
import type { Level } from "./change.js";
import type { RuleDraft } from "./change-log.js";
import type { Lifecycle } from "./openapi-model.js";

/** What is promised to be stable has to be deprecated before it goes; with a date, that date has to be over. */
export function removalOf(
  { deprecated, sunset, stability }: Lifecycle,
  asOf: string,
): { readonly level: Level; readonly why: string | null } {
  if (stability !== null && /^(?:draft|alpha)$/i.test(stability))
    return { level: "note", why: `it was ${stability} and promised nothing` };
  if (!deprecated) return { level: "error", why: null };
  if (sunset === null) return { level: "note", why: "it was deprecated, without a date" };
  const date = dateOf(sunset);
  if (date === null)
    return { level: "error", why: `it was deprecated, and its date ${JSON.stringify(sunset.slice(0, 40))} cannot be read` };
  return date <= asOf
    ? { level: "note", why: `it was deprecated until ${date}` }
    : { level: "error", why: `it was promised until ${date}` };
}

const stabilities = ["draft", "alpha", "beta", "stable"];

export function compareLifecycle(old: Lifecycle, next: Lifecycle, _asOf: string): RuleDraft[] {
  const drafts: RuleDraft[] = [];
  const before = old.sunset === null ? null : dateOf(old.sunset);
  const after = next.sunset === null ? null : dateOf(next.sunset);
  if (next.deprecated && next.sunset !== null && after === null && next.sunset !== old.sunset)
    drafts.push({
      rule: "sunset-unreadable",
      level: "error",
      message: `the date ${JSON.stringify(next.sunset.slice(0, 40))} in x-sunset cannot be read`,
      fix: "write a date like 2027-06-30",
    });
  if (old.deprecated && next.deprecated && old.sunset !== null && next.sunset === null)
    drafts.push({
      rule: "sunset-removed",
      level: "error",
      message: `the date until which it stays (${old.sunset.slice(0, 40)}) is gone`,
      fix: "keep the date in x-sunset",
    });
  if (before !== null && after !== null && after < before)
    drafts.push({
      rule: "sunset-earlier",
      level: "error",
      message: `it goes earlier than promised: ${after}, not ${before}`,
      fix: "keep the date that consumers were told",
    });
  const fell = [old, next].map(({ stability }) => stabilities.indexOf(stability?.toLowerCase() ?? "stable"));
  if ((fell[1] ?? 0) >= 0 && (fell[0] ?? 0) > (fell[1] ?? 0))
    drafts.push({
      rule: "stability-decreased",
      level: "error",
      message: `its stability fell from ${old.stability ?? "stable"} to ${next.stability}`,
      fix: "keep the promise that was made",
    });
  return drafts;
}

/** `2027-06-30`, of a date or a time of RFC 3339; null for anything else. */
function dateOf(text: string): string | null {
  const date = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(text.trim())?.[1];
  return date !== undefined && !Number.isNaN(Date.parse(date)) ? date : null;
}
