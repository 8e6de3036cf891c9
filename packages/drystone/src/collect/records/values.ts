/** Values of parsed records, without trusting any. */

/** Own property of an object; undefined for anything else. */
export function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** Own property at the end of a way of keys. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce(own, value);
}

/** Text of at most 500 characters, numbers as text; null for anything else and for nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") return null;
  const trimmed = value.trim();
  return trimmed === "" ? null : trimmed.slice(0, 500);
}

/** The first of several keys that holds a text. */
export function firstText(value: unknown, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textOf(own(value, key));
    if (text !== null) return text;
  }
  return null;
}

/** A finite number, also written as text; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number =
    typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** ISO text, or seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size; seconds, or null. */
export function timeOf(value: unknown): number | null {
  const number = numberOf(value);
  if (number !== null) {
    const size = Math.abs(number);
    const seconds = size < 1e11 ? number : size < 1e14 ? number / 1e3 : size < 1e17 ? number / 1e6 : number / 1e9;
    return isTime(seconds) ? seconds : null;
  }
  if (typeof value !== "string" || value.length > 40) return null;
  const text = value.trim();
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  // Jira writes +0000, git and GitLab put spaces before the time and the zone; a time without a zone is UTC.
  const iso = text
    .replace(/^(\d{4}-\d{2}-\d{2}) /, "$1T")
    .replace(/ ?([+-]\d{2}):?(\d{2})$/, "$1:$2")
    .replace(/ UTC$/, "Z");
  const zoned = /T.*(?:Z|[+-]\d{2}:\d{2})$/i.test(iso) || !iso.includes("T") ? iso : `${iso}Z`;
  const seconds = Date.parse(zoned) / 1000;
  return isTime(seconds) ? seconds : null;
}

/** 1990 to 2100: anything else is no time of an event. */
function isTime(seconds: number): boolean {
  return Number.isFinite(seconds) && seconds > 631e6 && seconds < 4.1e9;
}
