/**
 * Published scores of a decomposition, exactly as their authors compute them (Kalia et al., FSE 2021; metrics.md E1), so that numbers can be compared.
 * None of them is quality: they are easy to optimise and move with the number of parts. Read them against `sizePreservingNull`.
 */

/** Part of each class, by name; the order of the entries is the order of the classes. */
export type Labels = ReadonlyMap<string, string>;

/** Calls from one class to another. */
export interface Call {
  readonly from: string;
  readonly to: string;
  /** At least 1. */
  readonly volume: number;
}

/** ICP: weight of the calls that cross parts over the weight of all, 0..1, lower is better. A call weighs ln(volume) + 1, or its volume where
 *  `raw` (CARGO). Calls of a class to itself, and of classes without a part, do not count. Null without calls. */
export function interPartitionCalls(calls: Iterable<Call>, labels: Labels, raw = false): number | null {
  let all = 0;
  let crossing = 0;
  for (const { from, to, volume } of calls) {
    const [a, b] = [labels.get(from), labels.get(to)];
    if (from === to || a === undefined || b === undefined) continue;
    const weight = raw ? volume : Math.log(volume) + 1;
    all += weight;
    if (a !== b) crossing += weight;
  }
  return all === 0 ? null : crossing / all;
}

/** SM: cohesion within parts minus coupling between them, about -1 to 0.5, higher is better. As published, a class that calls itself adds to cohesion
 *  unless it is the last of its part, and each pair of parts counts twice in the coupling. Null without classes. */
export function structuralModularity(calls: Iterable<Call>, labels: Labels): number | null {
  const { parts, linked } = linksOf(calls, labels);
  if (parts.length === 0) return null;
  let cohesion = 0;
  for (const classes of parts) {
    let links = 0;
    for (let i = 0; i < classes.length - 1; i++)
      for (let j = i; j < classes.length; j++) if (linked(classes[i] ?? "", classes[j] ?? "")) links++;
    cohesion += links / classes.length ** 2;
  }
  let coupling = 0;
  for (const [at, one] of parts.entries()) {
    for (const other of parts.slice(at + 1)) coupling += (2 * linkCount(one, other, linked)) / (2 * one.length * other.length);
  }
  const pairs = parts.length * (parts.length - 1);
  return cohesion / parts.length - (pairs === 0 ? 0 : (2 * coupling) / pairs);
}

/** IFN: pairs of classes in different parts of which one calls the other, per part, lower is better. Null without classes. */
export function interfaceNumber(calls: Iterable<Call>, labels: Labels): number | null {
  const { parts, linked } = linksOf(calls, labels);
  let links = 0;
  for (const [at, one] of parts.entries()) for (const other of parts.slice(at + 1)) links += linkCount(one, other, linked);
  return parts.length === 0 ? null : links / parts.length;
}

/** NED: share of the classes that are not in a part of 5 to 20 classes, 0..1, lower is better. Null without classes. */
export function extremeDistribution(labels: Labels): number | null {
  const sizes = [...partsOf(labels).values()].map((classes) => classes.length);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const fit = sizes.filter((size) => size >= 5 && size <= 20).reduce((sum, size) => sum + size, 0);
  return all === 0 ? null : 1 - fit / all;
}

/** BCP: mean over the parts of ln(number of different business contexts), lower is better. A class without any has the context `Unknown`. Null without classes. */
export function businessContextPurity(contexts: ReadonlyMap<string, readonly string[]>, labels: Labels): number | null {
  const parts = [...partsOf(labels).values()];
  const logs = parts.map((classes) => Math.log(new Set(classes.flatMap((name) => contexts.get(name) ?? ["Unknown"])).size));
  return parts.length === 0 ? null : logs.reduce((sum, value) => sum + value, 0) / parts.length;
}

/** TurboMQ (Mitchell and Mancoridis): sum over the parts of 2 x inner / (2 x inner + crossing) call volume, 0..parts, higher is better. */
export function turboMq(calls: Iterable<Call>, labels: Labels): number {
  const inner = new Map<string, number>();
  const crossing = new Map<string, number>();
  for (const { from, to, volume } of calls) {
    const [a, b] = [labels.get(from), labels.get(to)];
    if (from === to || a === undefined || b === undefined) continue;
    if (a === b) add(inner, a, volume);
    else for (const part of [a, b]) add(crossing, part, volume);
  }
  let sum = 0;
  for (const [part, within] of inner) sum += (2 * within) / (2 * within + (crossing.get(part) ?? 0));
  return sum;
}

function add(to: Map<string, number>, part: string, volume: number): void {
  to.set(part, (to.get(part) ?? 0) + volume);
}

function partsOf(labels: Labels): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  for (const [name, part] of labels) {
    const classes = parts.get(part);
    if (classes) classes.push(name);
    else parts.set(part, [name]);
  }
  return parts;
}

function linksOf(calls: Iterable<Call>, labels: Labels) {
  const pairs = new Set<string>();
  for (const { from, to } of calls) pairs.add(JSON.stringify([from, to]));
  const linked = (a: string, b: string): boolean => pairs.has(JSON.stringify([a, b])) || pairs.has(JSON.stringify([b, a]));
  return { parts: [...partsOf(labels).values()], linked };
}

function linkCount(one: readonly string[], other: readonly string[], linked: (a: string, b: string) => boolean): number {
  let links = 0;
  for (const a of one) for (const b of other) if (linked(a, b)) links++;
  return links;
}
