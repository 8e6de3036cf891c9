import type { Rows } from "#model/index.js";
import { countPairs } from "./pair-table.js";

/** Change sets over the components 0..components-1, one row each, every component at most once in a row. */
export interface ChangeSets {
  readonly rows: Rows;
  readonly components: number;
  /** Per set, days before the end of the window; without them nothing decays and time plays no part. */
  readonly ageDays?: ArrayLike<number>;
  /** Per set, for `CoChange.weight` only, 1 when absent. */
  readonly weights?: ArrayLike<number>;
}

export interface CoChanges {
  readonly sets: number;
  /** Sets that hold two components or more. */
  readonly multiple: number;
  /** Per component: sets that hold it. */
  readonly revisions: Int32Array;
  /** Per component: sum over its sets of the other components in them (code-maat `soc`). */
  readonly sumOfCoupling: Float64Array;
  /** Every two components that share a set, by falling degree, then shared sets, then indices. */
  readonly pairs: readonly CoChange[];
}

export interface CoChange {
  readonly a: number;
  /** Greater than `a`. */
  readonly b: number;
  /** Sets that hold both. */
  readonly shared: number;
  readonly revisionsA: number;
  readonly revisionsB: number;
  /** Shared over the mean of both revisions (Dice), 0..1; code-maat's degree. */
  readonly degree: number;
  /** Share of the sets with `a` that hold `b` too, and the other way round (Zimmermann et al. 2004). */
  readonly confidenceAToB: number;
  readonly confidenceBToA: number;
  readonly jaccard: number;
  /** Shared over what independent sets would share; only to discount busy components, see `pairsBeyondChance` for a test. */
  readonly lift: number;
  /** 0..1: sum over shared sets of decay / (k - 1), over the decayed sets of the less active side + 1 (Beyer & Noack 2005, smoothed). */
  readonly weight: number;
}

/** How often every two components change together. Time is linear in the sum of k(k-1)/2 over sets of k components. */
export function coChanges(changeSets: ChangeSets, options: { readonly halfLifeDays?: number } = {}): CoChanges {
  const { rows, components } = changeSets;
  const { offsets, values } = rows;
  const { counted, revisions, first, second, shared } = countPairs(rows, components, components);
  const decays = decaysOf(changeSets, options.halfLifeDays ?? 180);
  const activity = new Float64Array(components);
  const sumOfCoupling = new Float64Array(components);
  const together = new Map<number, number>();
  let multiple = 0;
  for (let set = 0; set < counted; set++) {
    const members = values.subarray(offsets[set], offsets[set + 1]);
    const decay = decays[set]!;
    if (members.length > 1) multiple += 1;
    for (const [at, member] of members.entries()) {
      activity[member]! += decay;
      sumOfCoupling[member]! += members.length - 1;
      for (const other of members.subarray(at + 1)) {
        const key = pairKey(member, other, components);
        together.set(key, (together.get(key) ?? 0) + decay / (members.length - 1));
      }
    }
  }
  const pairs = Array.from(shared, (count, row): CoChange => {
    const a = first[row]!;
    const b = second[row]!;
    const revisionsA = revisions[a]!;
    const revisionsB = revisions[b]!;
    return {
      a,
      b,
      shared: count,
      revisionsA,
      revisionsB,
      degree: (2 * count) / (revisionsA + revisionsB),
      confidenceAToB: count / revisionsA,
      confidenceBToA: count / revisionsB,
      jaccard: count / (revisionsA + revisionsB - count),
      lift: (count * counted) / (revisionsA * revisionsB),
      weight: (together.get(pairKey(a, b, components)) ?? 0) / (Math.min(activity[a]!, activity[b]!) + 1),
    };
  });
  pairs.sort((one, other) => other.degree - one.degree || other.shared - one.shared || one.a - other.a || one.b - other.b);
  return { sets: counted, multiple, revisions, sumOfCoupling, pairs };
}

function decaysOf({ rows, ageDays, weights }: ChangeSets, halfLifeDays: number): Float64Array {
  return Float64Array.from({ length: Math.max(0, rows.offsets.length - 1) }, (_, set) => {
    const age = Math.max(0, ageDays?.[set] ?? 0);
    return (weights?.[set] ?? 1) * 2 ** (-age / halfLifeDays);
  });
}

function pairKey(one: number, other: number, components: number): number {
  return one < other ? one * components + other : other * components + one;
}
