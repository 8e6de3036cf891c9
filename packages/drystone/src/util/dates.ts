/** Dates without a clock: seconds since 1970 in, ISO text out, always UTC. */

export const daySeconds = 86_400;

/** `2026-11-20`. */
export function isoDate(seconds: number): string {
  return new Date(clamp(seconds) * 1000).toISOString().slice(0, 10);
}

/** Seconds of the last moment of an ISO date, or null when the text is none. */
export function endOfDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T23:59:59Z`);
  return Number.isNaN(time) || isoDate(time / 1000) !== text ? null : time / 1000;
}

/** The same day and time `months` earlier; the last day of the month where that day does not exist. */
export function monthsBefore(seconds: number, months: number): number {
  const date = new Date(clamp(seconds) * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() / 1000;
}

/** `2026-Q3`. */
export function quarter(seconds: number): string {
  const date = new Date(clamp(seconds) * 1000);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/** What a Date can hold. */
function clamp(seconds: number): number {
  return Math.max(-8.64e12, Math.min(8.64e12, seconds));
}
