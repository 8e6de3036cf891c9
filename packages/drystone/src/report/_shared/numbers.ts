/** Numbers as a reader meets them: shares as percentages, never more digits than the sample allows, an interval never narrower than it is. */
import type { Interval, Sample } from "#model/result.js";
import { noBreak, tame } from "./width.js";

/** A number as the result holds it. */
export interface Quantity {
  readonly value: number | null;
  readonly unit: string | null;
  readonly interval?: Interval | null;
  readonly sample: Sample | null;
}

/** True for units whose values lie in 0..1. */
export function isShare(unit: string | null): boolean {
  return unit !== null && /^(share|ratio|degree|fraction|proportion|probability)\b/.test(unit);
}

/** `43 % (33 to 55 %)`, `3 of 7 change sets`, `12 services`; null when nothing was measured. */
export function quantity(number: Quantity): string | null {
  const { value, unit, sample, interval } = number;
  if (value === null || !Number.isFinite(value)) return null;
  if (!isShare(unit)) return [plainNumber(value), unitOf(unit, value)].join(" ").trim() + plainRange(interval ?? null);
  const count = fraction(number);
  if (count !== null && sample !== null && sample.n < percentNeeds) return count + range(interval ?? null, 0);
  return percent(value, sample?.n ?? null) + range(interval ?? null, digitsFor(value, sample?.n ?? null));
}

/** `33 of 76 change sets` where the share is one of the sample itself, `76 change sets` otherwise; null without a sample. */
export function sampleText(number: Quantity): string | null {
  if (number.sample === null) return null;
  return fraction(number) ?? `${plainNumber(number.sample.n)}${noBreak}${unitOf(number.sample.of, number.sample.n)}`;
}

/** Nearest whole per cent; a share that is not 0 or 1 never looks like it. With 2000 or more in the sample, small shares get a digit. */
export function percent(share: number, n: number | null = null): string {
  const value = share * 100;
  const digits = digitsFor(share, n);
  const step = 10 ** -digits;
  if (value > 0 && value < step / 2) return `<${noBreak}${step}${noBreak}%`;
  if (value < 100 && value >= 99.5) return `>${noBreak}99${noBreak}%`;
  return `${value.toFixed(digits)}${noBreak}%`;
}

/** At most three significant digits, thousands apart. */
export function plainNumber(value: number): string {
  if (Number.isInteger(value)) return groupThousands(String(value));
  if (Math.abs(value) >= 100) return groupThousands(value.toFixed(0));
  return String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2)));
}

/** The public systems to read a number against. */
export interface PublicRange {
  readonly low: number;
  readonly high: number;
  readonly median: number | null;
}

/** Reads `11 public systems: 0.10 to 0.65, median 0.25`; null for any other wording. */
export function publicRange(comparison: string | null): PublicRange | null {
  if (comparison === null || comparison.length > 300) return null;
  const match = /(?:^|[\s:])(\d{1,6}(?:\.\d{1,6})?) to (\d{1,6}(?:\.\d{1,6})?)(?:, median (\d{1,6}(?:\.\d{1,6})?))?/.exec(
    comparison,
  );
  if (match === null) return null;
  const [low, high] = [Number(match[1]), Number(match[2])];
  return low <= high ? { low, high, median: match[3] === undefined ? null : Number(match[3]) } : null;
}

/** The comparison for a reader: decimals of a share become percentages. */
export function comparisonText(comparison: string | null, unit: string | null): string | null {
  if (comparison === null) return null;
  const text = tame(comparison, 200);
  if (!isShare(unit)) return text;
  const readable = text.replace(/(\b[01]\.\d{1,6}) to (\b[01]\.\d{1,6})/g, (_, low: string, high: string) => {
    if (Number(low) === Number(high)) return percent(Number(low));
    return `${percent(Number(low)).replace(/\D+$/, "")}${noBreak}to${noBreak}${percent(Number(high))}`;
  });
  return readable.replace(/(?<![\d.])(?:0\.\d{1,6}|1\.0{1,6})(?![\d.])/g, (decimal) => percent(Number(decimal)));
}

// Below this many, one case more or less moves the share by more than five points: the count itself is the honest number.
const percentNeeds = 20;

function fraction({ value, unit, sample }: Quantity): string | null {
  if (value === null || sample === null || sample.n <= 0 || !isShare(unit)) return null;
  if (unit !== "share" && unit !== `share of ${sample.of}`) return null;
  const count = Math.round(value * sample.n);
  // Results round to two decimals; a share further from any count is a weighted one.
  if (Math.abs(count / sample.n - value) > 0.006) return null;
  return `${plainNumber(count)}${noBreak}of${noBreak}${plainNumber(sample.n)} ${unitOf(sample.of, sample.n)}`;
}

function unitOf(unit: string | null, value: number): string {
  if (unit === null) return "";
  const text = tame(unit, 40);
  if (value !== 1) return text;
  if (text === "people") return "person";
  const single = text.replace(/^((?:[a-z]+ ){0,3}?[a-z]{2,30})ies(?= (?:of|with|to|outside) |$)/, "$1y");
  return single === text ? text.replace(/^((?:[a-z]+ ){0,3}?[a-z]{1,30}[^s ])s(?= (?:of|with|to|outside) |$)/, "$1") : single;
}

function digitsFor(share: number, n: number | null): number {
  return n !== null && n >= 2000 && share < 0.1 && share > 0 ? 1 : 0;
}

// Outwards, so that a bound just below a limit never reads as having reached it.
function range(interval: Interval | null, digits: number): string {
  if (interval === null) return "";
  const scale = 100 * 10 ** digits;
  const low = (Math.floor(Math.max(0, interval[0]) * scale + 1e-9) / scale) * 100;
  const high = (Math.ceil(Math.min(1, interval[1]) * scale - 1e-9) / scale) * 100;
  return low === high ? "" : ` (${low.toFixed(digits)}${noBreak}to${noBreak}${high.toFixed(digits)}${noBreak}%)`;
}

function plainRange(interval: Interval | null): string {
  return interval === null ? "" : ` (${plainNumber(interval[0])}${noBreak}to${noBreak}${plainNumber(interval[1])})`;
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
