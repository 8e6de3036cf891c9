/**
 * Do two services deploy together more often than working hours explain?
 * Of the deploys of i, the share with a deploy of j within ±w, against days of j permuted within weekdays and within weekends (metrics.md A2):
 * that keeps hours and weekdays and takes away only that both chose the same day.
 */
import { mulberry32, type Random, shuffle } from "#util/random.js";
import { benjaminiHochberg, type Estimate, wilson } from "#util/statistics/index.js";

export interface LockstepOptions {
  readonly windowMinutes: number;
  readonly adaptive: number;
  readonly obsLo: number;
  readonly excess: number;
  readonly p: number;
  readonly permutations: number;
  readonly level: number;
  readonly seed: number;
}

/** One direction: of the deploys of `of`, how many came with one of `with`. Places in the given list. */
export interface Together {
  readonly of: number;
  readonly with: number;
  readonly joint: number;
  readonly n: number;
  readonly rate: Estimate;
  /** Share that permuted days give. */
  readonly expected: number;
  readonly p: number;
  /** Adjusted for all pairs (Benjamini-Hochberg). */
  readonly q: number;
  readonly windowSeconds: number;
  readonly isLockstep: boolean;
  /** They go together, and their hours alone bring them together: with days permuted too, all would come together. This log cannot tell which it is. */
  readonly isTimed: boolean;
  /** Deploys so dense that chance leaves too little: one that follows the other half of the time within the usual delay is neither shown nor excluded. */
  readonly isCrowded: boolean;
}

/** Beyond this many permutations in all, what is undecided stays so. */
const mostPermutations = 2_000_000;
const minGaps = 10;
/** Where fewer joint deploys than this could be missing by chance, none missing proves nothing: e^-3 is 5 %. */
const leastMissing = 3;
/** Where chance explains more than this, busy weekdays that both share look like waiting for each other. */
const mostExpected = 0.9;
/** Half of what chance leaves: a share of deploys that follow, beyond which two go together (as `leastExcess`). */
const coupled = 0.5;
/** Permutations that tell whether a wider window shows anything. */
const screening = 19;
/** Permuted logs that tell how near deploys of services lie that do not wait for each other. */
const gapDraws = 5;
const day = 86_400;

/** @param times per service, seconds since 1970, rising. All ordered pairs; sorted as given. */
export function lockstepPairs(times: readonly (readonly number[])[], options: LockstepOptions): readonly Together[] {
  const all = times.flat();
  if (all.length === 0) return [];
  const days = { from: Math.floor(least(all) / day), to: Math.floor(greatest(all) / day) };
  const pairs = times.flatMap((own, of) =>
    times.flatMap((other, index) => (index === of ? [] : [newPair(own, other, of, index, days, options)])),
  );
  const tests = pairs.map(({ test }) => test);
  const candidates = tests.filter((test) => isCandidate(test, options));
  let budget = mostPermutations;
  for (const test of candidates) budget -= run(test, options.permutations - test.done);
  // 199 permutations cannot give a p small enough for many pairs: those that no permutation reached get more of them.
  for (
    let undecided = stillUndecided(tests, candidates, options);
    undecided.length > 0 && budget > 0;
    undecided = stillUndecided(tests, candidates, options)
  ) {
    for (const test of undecided) budget -= run(test, test.done * 3);
  }
  const q = adjusted(tests, candidates);
  return pairs.map(({ test, isCrowded }) => {
    const { of, with: other, joint, n, rate, windowSeconds } = test;
    const expected = expectedOf(test);
    const own = q.get(test) ?? 1;
    const isLockstep = isStrong(test, options) && own <= options.p;
    const isTimed = !isLockstep && rate.low >= options.obsLo && (1 - expected) * n < leastMissing;
    return {
      of,
      with: other,
      joint,
      n,
      rate,
      expected,
      p: pOf(test),
      q: own,
      windowSeconds,
      isLockstep,
      isTimed,
      isCrowded: !isLockstep && !isTimed && isCrowded,
    };
  });
}

interface PairTests {
  readonly test: Test;
  /** Nothing shown in a narrow window; in the wide one chance explains most, and excludes nothing. */
  readonly isCrowded: boolean;
}

/**
 * Who deploys all day gets a window so narrow that a follower some minutes behind lies outside of it. So it is doubled until it reaches
 * half of the given minutes, and the narrowest one that shows something is judged; p is corrected for all that were tried.
 */
function newPair(
  own: readonly number[],
  other: readonly number[],
  of: number,
  index: number,
  days: Days,
  options: LockstepOptions,
): PairTests {
  const narrow = jointWindow(other, options);
  const widths = widerThan(narrow, options);
  const testAt = (window: number): Test => newTest(own, other, of, index, days, window, widths.length + 1, options);
  const first = testAt(narrow);
  const wider = widths.map(testAt);
  if (wider.length === 0) return { test: first, isCrowded: false };
  if (isCandidate(first, options)) run(first, options.permutations);
  if (isStrong(first, options)) return { test: first, isCrowded: false };
  for (const test of wider) run(test, screening);
  const shown = wider.find((test) => isStrong(test, options) && expectedOf(test) <= mostExpected);
  const widest = wider.at(-1) ?? first;
  const expected = expectedOf(widest);
  const isCrowded = expected >= 0.5 && widest.rate.high - expected >= coupled * (1 - expected);
  return { test: shown ?? first, isCrowded };
}

/** Seconds; none where the window is half of the given minutes already. */
function widerThan(narrow: number, { windowMinutes }: LockstepOptions): number[] {
  const windows: number[] = [];
  for (let next = narrow; next < windowMinutes * 30; windows.push(next)) next = Math.max(60, next * 2);
  return windows;
}

function isCandidate({ rate, n, joint }: Test, { obsLo }: LockstepOptions): boolean {
  return rate.low >= obsLo && n > 0 && joint > 0;
}

function isStrong(test: Test, options: LockstepOptions): boolean {
  const expected = expectedOf(test);
  return isCandidate(test, options) && test.rate.value - expected >= leastExcess(expected, options);
}

function expectedOf({ done, sum, n }: Test): number {
  return done === 0 ? 0 : sum / done / n;
}

/** Where hours explain so much that the excess can hardly be reached, half of what they leave. */
function leastExcess(expected: number, { excess }: LockstepOptions): number {
  return Math.min(excess, (1 - expected) / 2);
}

interface Test {
  readonly of: number;
  readonly with: number;
  readonly joint: number;
  readonly n: number;
  readonly rate: Estimate;
  readonly windowSeconds: number;
  /** Windows tried for the pair. */
  readonly tried: number;
  readonly permute: (random: Random) => number;
  readonly random: Random;
  done: number;
  sum: number;
  reached: number;
}

function newTest(
  own: readonly number[],
  other: readonly number[],
  of: number,
  index: number,
  days: Days,
  windowSeconds: number,
  tried: number,
  options: LockstepOptions,
): Test {
  const observed = countJoint(own, byDay(other, days), windowSeconds, days, null);
  return {
    of,
    with: index,
    joint: observed,
    n: own.length,
    rate: wilson(observed, own.length, options.level) ?? { value: 0, low: 0, high: 1 },
    windowSeconds,
    tried,
    permute: permuted(own, other, windowSeconds, days),
    random: mulberry32(options.seed),
    done: 0,
    sum: 0,
    reached: 0,
  };
}

/** The smaller of the given minutes and a quarter of the usual gap between two deploys of one day: who deploys all day is near everybody by chance. */
export function jointWindow(
  times: readonly number[],
  { windowMinutes, adaptive }: Pick<LockstepOptions, "windowMinutes" | "adaptive">,
): number {
  const gaps = times.slice(1).flatMap((time, index) => {
    const before = times[index] ?? 0;
    return Math.floor(time / day) === Math.floor(before / day) ? [time - before] : [];
  });
  const most = windowMinutes * 60;
  if (gaps.length < minGaps) return most;
  // The upper median, as a sorted list has it at half of its length.
  const middle = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? most;
  return Math.min(most, adaptive * middle);
}

interface Days {
  readonly from: number;
  readonly to: number;
}

/** Seconds of the day, by day of the window. */
function byDay(times: readonly number[], { from, to }: Days): (readonly number[])[] {
  const days: number[][] = Array.from({ length: to - from + 1 }, () => []);
  for (const time of times) days[Math.floor(time / day) - from]?.push(time - Math.floor(time / day) * day);
  return days;
}

/** @param order day of the window to the day whose deploys stand there; null for as it was. */
function countJoint(
  own: readonly number[],
  others: readonly (readonly number[])[],
  window: number,
  { from }: Days,
  order: Int32Array | null,
): number {
  let joint = 0;
  for (const time of own) {
    const at = Math.floor(time / day) - from;
    const second = time - (at + from) * day;
    const first = second < window ? at - 1 : at;
    const last = second + window >= day ? at + 1 : at;
    for (let near = first; near <= last; near++) {
      const hours = near < 0 || near >= others.length ? undefined : others[order === null ? near : (order[near] ?? near)];
      if (hours !== undefined && hasNear(hours, time - (near + from) * day, window)) {
        joint++;
        break;
      }
    }
  }
  return joint;
}

/** @param rising times of a day. */
function hasNear(rising: readonly number[], time: number, window: number): boolean {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) < time - window) low = middle + 1;
    else high = middle;
  }
  return low < rising.length && (rising[low] ?? 0) <= time + window;
}

function permuted(own: readonly number[], other: readonly number[], window: number, days: Days): (random: Random) => number {
  const hours = byDay(other, days);
  const draw = dayPermutations(days);
  return (random) => countJoint(own, hours, window, days, draw(random));
}

/** Draws orders of the days, weekdays among weekdays and weekends among weekends; each draw overwrites the one before. */
function dayPermutations({ from, to }: Days): (random: Random) => Int32Array {
  const order = new Int32Array(to - from + 1);
  const classes = [false, true].map((weekend) =>
    Int32Array.from([...order.keys()].filter((index) => isWeekend(from + index) === weekend)),
  );
  return (random) => {
    for (const own of classes) {
      const mixed = shuffle(own.slice(), random);
      for (let index = 0; index < own.length; index++) order[own[index] as number] = mixed[index] as number;
    }
    return order;
  };
}

/** 1970-01-01 was a Thursday. */
function isWeekend(dayNumber: number): boolean {
  return (((dayNumber + 3) % 7) + 7) % 7 > 4;
}

/** @returns permutations drawn. */
function run(test: Test, permutations: number): number {
  for (let draw = 0; draw < permutations; draw++) {
    const joint = test.permute(test.random);
    test.sum += joint;
    if (joint >= test.joint) test.reached++;
  }
  test.done += permutations;
  return permutations;
}

function pOf({ done, reached, tried }: Test): number {
  return done === 0 ? 1 : Math.min(1, ((1 + reached) / (1 + done)) * tried);
}

function adjusted(tests: readonly Test[], candidates: readonly Test[]): ReadonlyMap<Test, number> {
  const q = benjaminiHochberg(candidates.map(pOf), Math.max(1, tests.length));
  return new Map(candidates.map((test, index) => [test, q[index] ?? 1]));
}

function stillUndecided(tests: readonly Test[], candidates: readonly Test[], { p }: LockstepOptions): Test[] {
  const q = adjusted(tests, candidates);
  return candidates.filter(
    (test) => test.reached === 0 && (q.get(test) ?? 1) > p && test.done < (40 * tests.length * test.tried) / p,
  );
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}

/** Deploys that follow each other within the window, over all services. */
export interface Batches {
  readonly clusters: number;
  /** With two services or more. */
  readonly several: number;
  readonly estimate: Estimate | null;
  readonly windowSeconds: number;
}

/** @param deploys by time. */
export function batchesOf(
  deploys: readonly { readonly time: number; readonly component: string }[],
  options: LockstepOptions,
): Batches & { readonly isJoint: readonly boolean[] } {
  const windowSeconds = jointWindow(onOtherDays(deploys, options.seed), options);
  const isJoint: boolean[] = [];
  let [clusters, several] = [0, 0];
  for (let start = 0; start < deploys.length; ) {
    let end = start + 1;
    while (end < deploys.length && (deploys[end]?.time ?? 0) - (deploys[end - 1]?.time ?? 0) <= windowSeconds) end++;
    const joint = new Set(deploys.slice(start, end).map(({ component }) => component)).size > 1;
    clusters++;
    if (joint) several++;
    for (let index = start; index < end; index++) isJoint.push(joint);
    start = end;
  }
  return { clusters, several, estimate: wilson(several, clusters, options.level), windowSeconds, isJoint };
}

/**
 * The same deploys with the days of each service permuted, a few times over, one log after the other: how near they lie when nobody waits for anybody.
 * The gaps of the log itself would shrink with every pair that goes out together, until no window held both.
 */
function onOtherDays(deploys: readonly { readonly time: number; readonly component: string }[], seed: number): number[] {
  if (deploys.length === 0) return [];
  const random = mulberry32(seed);
  const times = deploys.map(({ time }) => time);
  const days = { from: Math.floor(least(times) / day), to: Math.floor(greatest(times) / day) };
  const length = days.to - days.from + 1;
  const permutation = dayPermutations(days);
  const services = [...new Set(deploys.map(({ component }) => component))].map((service) =>
    byDay(
      deploys.flatMap(({ component, time }) => (component === service ? [time] : [])),
      days,
    ),
  );
  return Array.from({ length: gapDraws }, (_, draw) =>
    services
      .flatMap((hours) => {
        const order = permutation(random);
        return hours.flatMap((seconds, at) =>
          seconds.map((second) => ((order[at] ?? at) + days.from + draw * length) * day + second),
        );
      })
      .sort((a, b) => a - b),
  ).flat();
}
