/** Marks of a time axis. */

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface Tick {
  /** Days since 1970. */
  readonly day: number;
  readonly text: string;
}

/** Firsts of months, as many as fit: `Jan 26`. */
export function dateTicks(from: number, to: number, width: number): Tick[] {
  const months = Math.max(1, (to - from) / 30.4);
  const step = [1, 2, 3, 6, 12, 24, 60].find((candidate) => (width / months) * candidate >= 58) ?? 120;
  const first = new Date(from * 86_400_000);
  const ticks: Tick[] = [];
  for (let month = first.getUTCFullYear() * 12 + first.getUTCMonth(); ; month++) {
    const day = firstOf(month);
    if (day > to) return ticks;
    if (day >= from && month % step === 0)
      ticks.push({ day, text: `${monthNames[month % 12]} ${String(Math.floor(month / 12)).slice(2)}` });
  }
}

/** First day of `2026-07` or `2026-Q3`, and the day behind its last; null for anything else. */
export function periodDays(name: string): { readonly from: number; readonly to: number } | null {
  const month = /^(\d{4})-(\d{2})$/.exec(name);
  const quarter = /^(\d{4})-Q([1-4])$/.exec(name);
  const found = month ?? quarter;
  if (found === null) return null;
  const length = month === null ? 3 : 1;
  const start = Number(found[1]) * 12 + (month === null ? (Number(found[2]) - 1) * 3 : Number(found[2]) - 1);
  return { from: firstOf(start), to: firstOf(start + length) };
}

/** @param month counted from year 0. */
function firstOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;
}

/** `Jul 26`, `Q3 26`. */
export function periodText(name: string): string {
  const days = periodDays(name);
  if (days === null) return name;
  if (name.includes("Q")) return `${name.slice(5)} ${name.slice(2, 4)}`;
  return `${monthNames[Number(name.slice(5)) - 1]} ${name.slice(2, 4)}`;
}
