/** Histograms of requests: whether one of their boundaries stands at one second. Without it a quantile near one second is a guess between two others. */
import { type FileSign, fileSign } from "./file-sign.js";
import { shown } from "./pattern.js";

const maxFound = 10;
const about = /request|latency|duration|response|http|grpc|rpc/i;

/** Boundaries that are written out, and histograms that take the defaults of their library, all of which have one at 1 s. */
export function histogramSigns(text: string): FileSign[] {
  if (!/istogram|uckets/.test(text)) return [];
  const signs: FileSign[] = [];
  const starts = lineStarts(text);
  for (const match of text.matchAll(
    /\bbuckets?\b["']?\s{0,5}(?::|=|\()\s{0,5}(?:\[\]float64\s{0,3})?[[({]\s{0,20}((?:[-\d.e]{1,20}\s{0,20},?\s{0,20}){2,60})[\])}]/gi,
  )) {
    const before = ownText(text, match.index);
    if (!about.test(before) || signs.length >= maxFound) continue;
    const numbers = (match[1] ?? "")
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    signs.push(boundariesSign(numbers, /milli|_ms\b|Ms\b/.test(before.slice(-300)), placeOf(text, starts, match.index)));
  }
  for (const match of text.matchAll(
    /\b(?:prometheus\.DefBuckets|new\s{1,3}(?:[\w.]{1,40}\.)?Histogram\(|Histogram\(|NewHistogram(?:Vec)?\()/g,
  )) {
    const after = text.slice(match.index, match.index + 700);
    const isDefault =
      match[0] === "prometheus.DefBuckets" ||
      (!/buckets?\b/i.test(after.split(/\n\s{0,8}\}?\)/)[0] ?? "") && /(?:prom|client|Prometheus|metrics|Metrics)/.test(text));
    if (!isDefault || !about.test(after.slice(0, 300)) || signs.length >= maxFound) continue;
    signs.push(
      fileSign("request-histogram", "at-1s", placeOf(text, starts, match.index), {
        detail: "default boundaries of the Prometheus client",
      }),
    );
  }
  return signs;
}

/** From where the histogram of the boundaries starts: its name and its description. */
function ownText(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - 400), index);
  const start = Math.max(before.lastIndexOf("istogram"), before.lastIndexOf(";\n"));
  return start < 0 ? before.slice(-200) : before.slice(start);
}

function boundariesSign(numbers: readonly number[], milliseconds: boolean, place: { line: number; text: string }): FileSign {
  const second = milliseconds || (Math.min(...numbers) >= 1 && numbers.includes(1000)) ? 1000 : 1;
  const at = numbers.includes(second);
  return fileSign("request-histogram", at ? "at-1s" : "not-at-1s", place, {
    detail: `boundaries ${numbers.slice(0, 20).join(", ")}`,
  });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function placeOf(text: string, starts: readonly number[], index: number): { line: number; text: string } {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const start = starts[low] ?? 0;
  const end = text.indexOf("\n", start);
  return { line: low + 1, text: shown(text.slice(start, Math.min(end < 0 ? text.length : end, start + 400))) };
}
