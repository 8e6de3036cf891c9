/** The text formats of Prometheus (0.0.4) and OpenMetrics, read by hand: one pass, no regular expression on the text, bounded. */

export interface MetricsPage {
  readonly families: ReadonlyMap<string, MetricFamily>;
  readonly samples: number;
  /** At most 20: `line 3: …`. */
  readonly faults: readonly string[];
}

export interface MetricFamily {
  readonly name: string;
  /** counter, gauge, histogram, summary, …; `untyped` when the page does not say. */
  readonly type: string;
  /** Upper boundaries of its buckets as numbers, +Inf left out; sorted. */
  readonly boundaries: readonly number[];
  readonly samples: number;
}

const maxLines = 200_000;
const maxFaults = 20;
/** Of one sample with all its labels. */
const maxLineLength = 10_000;

export function parseMetrics(text: string): MetricsPage {
  const types = new Map<string, string>();
  const found = new Map<string, { boundaries: Set<number>; samples: number; infinite: boolean }>();
  const faults: string[] = [];
  const fault = (line: number, what: string) => {
    if (faults.length < maxFaults) faults.push(`line ${line}: ${what}`);
  };
  const lines = text.split("\n");
  let samples = 0;
  let ended = false;
  for (const [index, raw] of lines.slice(0, maxLines).entries()) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (line.length > maxLineLength) {
      fault(index + 1, `has more than ${maxLineLength} characters`);
      continue;
    }
    if (line.trim() === "") continue;
    if (ended) fault(index + 1, "stands behind # EOF");
    if (line.startsWith("#")) {
      if (line.trim() === "# EOF") ended = true;
      else readComment(line, types, (what) => fault(index + 1, what));
      continue;
    }
    const sample = readSample(line);
    if (typeof sample === "string") {
      fault(index + 1, sample);
      continue;
    }
    samples++;
    const family = familyOf(sample.name, types);
    const known = found.get(family) ?? { boundaries: new Set<number>(), samples: 0, infinite: false };
    found.set(family, known);
    known.samples++;
    if (sample.name !== `${family}_bucket`) continue;
    const le = sample.labels.get("le");
    const boundary = le === undefined ? Number.NaN : numberOf(le);
    if (Number.isNaN(boundary)) fault(index + 1, `a bucket of ${family} has no le`);
    else if (boundary === Number.POSITIVE_INFINITY) known.infinite = true;
    else known.boundaries.add(boundary);
  }
  for (const [name, { infinite }] of found)
    if (types.get(name) === "histogram" && !infinite) fault(lines.length, `histogram ${name} has no bucket le="+Inf"`);
  const families = new Map(
    [...found].map(([name, { boundaries, samples: own }]) => [
      name,
      { name, type: types.get(name) ?? "untyped", boundaries: [...boundaries].sort((a, b) => a - b), samples: own },
    ]),
  );
  return { families, samples, faults };
}

const typeWords = new Set([
  "counter",
  "gauge",
  "histogram",
  "summary",
  "untyped",
  "unknown",
  "info",
  "stateset",
  "gaugehistogram",
]);

function readComment(line: string, types: Map<string, string>, fault: (what: string) => void): void {
  const [mark, keyword, name = "", type = ""] = line.split(/ +/, 4);
  if (mark !== "#" || keyword !== "TYPE") return;
  if (!typeWords.has(type)) fault(`TYPE ${name} ${type} is no type`);
  else if (types.has(name)) fault(`a second TYPE of ${name}`);
  else types.set(name, type);
}

interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** A sample, or what is wrong with the line. */
function readSample(line: string): Sample | string {
  let at = 0;
  while (at < line.length && isNameCharacter(line, at, true)) at++;
  const name = line.slice(0, at);
  if (name === "") return "does not start with the name of a metric";
  const labels = new Map<string, string>();
  if (line[at] === "{") {
    const end = readLabels(line, at + 1, labels);
    if (typeof end === "string") return `${name}: ${end}`;
    at = end;
  }
  if (line[at] !== " " && line[at] !== "\t") return `${name}: no blank before the value`;
  const [value = "", time] = (line.slice(at).split(" # ", 1)[0] ?? "").trim().split(/[ \t]+/);
  if (Number.isNaN(numberOf(value)) && value !== "NaN") return `${name}: ${JSON.stringify(value.slice(0, 40))} is no number`;
  if (time !== undefined && Number.isNaN(Number(time))) return `${name}: ${JSON.stringify(time.slice(0, 40))} is no time`;
  return { name, labels };
}

/** Position behind the closing brace, or what is wrong. */
function readLabels(line: string, start: number, labels: Map<string, string>): number | string {
  let at = start;
  for (;;) {
    while (line[at] === " ") at++;
    if (line[at] === "}") return at + 1;
    const from = at;
    while (at < line.length && isNameCharacter(line, at, false)) at++;
    const label = line.slice(from, at);
    if (label === "" || line[at] !== "=" || line[at + 1] !== '"') return 'its labels are not name="value"';
    at += 2;
    let value = "";
    while (at < line.length && line[at] !== '"') {
      if (line[at] === "\\") at++;
      value += line[at] ?? "";
      at++;
    }
    if (at >= line.length) return "a label does not end";
    if (labels.has(label)) return `label ${label} stands twice`;
    labels.set(label, value);
    at++;
    while (line[at] === " ") at++;
    if (line[at] === ",") at++;
    else if (line[at] !== "}") return "no comma between labels";
  }
}

function isNameCharacter(line: string, at: number, colon: boolean): boolean {
  const code = line.charCodeAt(at);
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    (colon && code === 58)
  );
}

function numberOf(text: string): number {
  if (text === "+Inf" || text === "Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  return text === "" ? Number.NaN : Number(text);
}

/** The family of a sample: its name without what histograms, summaries and counters put behind it. */
function familyOf(name: string, types: ReadonlyMap<string, string>): string {
  if (types.has(name)) return name;
  for (const ending of ["_bucket", "_sum", "_count", "_total", "_created", "_info", "_max"]) {
    if (name.endsWith(ending) && types.has(name.slice(0, -ending.length))) return name.slice(0, -ending.length);
  }
  return name.endsWith("_bucket") ? name.slice(0, -"_bucket".length) : name;
}
