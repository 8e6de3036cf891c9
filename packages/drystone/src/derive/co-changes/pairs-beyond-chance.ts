import { mulberry32, type Random, randomIndex, shuffle } from "#util/random.js";
import { benjaminiHochberg, hypergeometricTail } from "#util/statistics/index.js";
import type { ChangeSets } from "./co-changes.js";
import { countPairs } from "./pair-table.js";

export interface PairsBeyondChance {
  /** Pairs with at least `minShared` shared sets, by rising q, then falling lift, then indices. */
  readonly pairs: readonly PairChance[];
  /** Pairs that had a chance to share `minShared` sets: the family that q accounts for. */
  readonly tested: number;
  readonly draws: number;
  /** Time blocks within which sets were redrawn. */
  readonly blocks: number;
}

export interface PairChance {
  readonly a: number;
  /** Greater than `a`. */
  readonly b: number;
  readonly shared: number;
  /** Shared sets to be expected when only the sizes of the sets and the activity of the components are given. */
  readonly expected: number;
  /** shared / expected. */
  readonly lift: number;
  /** Chance of as many shared sets or more. */
  readonly p: number;
  /** The same after Benjamini-Hochberg over all tested pairs. */
  readonly q: number;
}

export interface ChanceOptions {
  readonly seed: number;
  readonly draws?: number;
  readonly minShared?: number;
  /** Sets are redrawn within blocks of at least this many days and sets, when ages are known. */
  readonly blockDays?: number;
  readonly blockSets?: number;
}

/** Which pairs change together more often than wide sets and busy components explain?
 *
 *  The null redraws who is in which set, keeping how many components each set has and how many sets each component is in (curveball,
 *  Strona et al. 2014, trading between components), within blocks of time, so that a component is not expected in sets from before it existed.
 *  A sweep over 40 components stays a sweep over 40 components in every draw and therefore makes no pair special.
 *  The draws give the expected count; p is the hypergeometric tail with both activities as margins and the population fitted to that count,
 *  because p values counted in draws are too coarse for hundreds of pairs. */
export function pairsBeyondChance(changeSets: ChangeSets, options: ChanceOptions): PairsBeyondChance {
  const { rows, components } = changeSets;
  const { seed, draws = 500, minShared = 5, blockDays = 91, blockSets = 100 } = options;
  const blocks = timeBlocks(changeSets, blockDays, blockSets).map((sets) => columnsOf(changeSets, sets));
  const redraws = Math.max(50, Math.min(draws, Math.floor(workLimit / (1 + workOfDraw(blocks)))));
  const { revisions, first, second, shared } = countPairs(rows, components, components);
  const sums = drawSums(blocks, components, redraws, mulberry32(seed));

  const possible = revisions.filter((count) => count >= minShared).length;
  const tested = (possible * (possible - 1)) / 2;
  const candidates: Omit<PairChance, "q">[] = [];
  for (const [row, count] of shared.entries()) {
    const a = first[row]!;
    const b = second[row]!;
    if (Math.min(revisions[a]!, revisions[b]!) < minShared) continue;
    // One draw more with the observed count: nothing is expected to be impossible that has happened.
    const expected = ((sums.get(a * components + b) ?? 0) + count) / (redraws + 1);
    const population = (revisions[a]! * revisions[b]!) / expected;
    candidates.push({
      a,
      b,
      shared: count,
      expected,
      lift: count / expected,
      p: hypergeometricTail(count, revisions[a]!, revisions[b]!, population),
    });
  }
  const adjusted = benjaminiHochberg(
    candidates.map((pair) => pair.p),
    tested,
  );
  const pairs = candidates
    .map((pair, index): PairChance => ({ ...pair, q: Math.min(1, adjusted[index]!) }))
    .filter((pair) => pair.shared >= minShared);
  pairs.sort((one, other) => one.q - other.q || other.lift - one.lift || one.a - other.a || one.b - other.b);
  return { pairs, tested, draws: redraws, blocks: blocks.length };
}

/** Steps that all draws together may cost; fewer draws are made for very large inputs. */
const workLimit = 200_000_000;

/** Passes over all components between two draws; each pass trades every component once. Before the first draw there are `burnIn`. */
const passes = 2;
const burnIn = 20;

/** One block of time: which sets each of its components is in. Lengths never change, only who is where. */
interface Columns {
  readonly sets: number;
  /** Component of each column. */
  readonly owners: Int32Array;
  readonly offsets: Int32Array;
  /** Indices of sets within the block. */
  readonly members: Int32Array;
  /** Size of every set of the block. */
  readonly sizes: Int32Array;
}

/** Sets by age, cut into blocks of at least `days` and `count` sets; a rest that is too short joins the block before. */
function timeBlocks({ rows, ageDays }: ChangeSets, days: number, count: number): number[][] {
  const all = Array.from({ length: Math.max(0, rows.offsets.length - 1) }, (_, set) => set);
  if (!ageDays) return [all];
  const age = (set: number): number => ageDays[set] ?? 0;
  all.sort((one, other) => age(one) - age(other) || one - other);
  const blocks: number[][] = [];
  let block: number[] = [];
  for (const set of all) {
    const full = block.length >= count && age(set) - age(block[0]!) >= days;
    if (full) {
      blocks.push(block);
      block = [];
    }
    block.push(set);
  }
  const last = blocks.at(-1);
  if (last && (block.length < count || age(block.at(-1)!) - age(block[0]!) < days / 2)) last.push(...block);
  else blocks.push(block);
  return blocks;
}

function columnsOf({ rows, components }: ChangeSets, sets: readonly number[]): Columns {
  const setsOf: number[][] = Array.from({ length: components }, () => []);
  const sizes = new Int32Array(sets.length);
  for (const [index, set] of sets.entries()) {
    const members = rows.values.subarray(rows.offsets[set], rows.offsets[set + 1]);
    sizes[index] = members.length;
    for (const component of members) setsOf[component]!.push(index);
  }
  const owners = Int32Array.from(setsOf.keys()).filter((component) => setsOf[component]!.length > 0);
  const offsets = new Int32Array(owners.length + 1);
  for (const [column, owner] of owners.entries()) offsets[column + 1] = offsets[column]! + setsOf[owner]!.length;
  return { sets: sets.length, owners, offsets, members: Int32Array.from(setsOf.flat()), sizes };
}

function workOfDraw(blocks: readonly Columns[]): number {
  let work = 0;
  for (const { members, sizes } of blocks) {
    work += passes * 3 * members.length;
    for (const size of sizes) work += (size * (size - 1)) / 2;
  }
  return work;
}

/** Shared sets of every pair, summed over the draws; keys are a * components + b with a < b. */
function drawSums(blocks: readonly Columns[], components: number, draws: number, random: Random): Map<number, number> {
  const sums = new Map<number, number>();
  for (const block of blocks) {
    const trade = trader(block, random);
    const count = pairCounter(block);
    for (let pass = 0; pass < burnIn; pass++) trade();
    for (let draw = 0; draw < draws; draw++) {
      for (let pass = 0; pass < passes; pass++) trade();
      count.add();
    }
    count.addTo(sums, components);
  }
  return sums;
}

/** One pass of trades: components are paired at random; of the sets that only one of both is in, who is in which is drawn anew. */
function trader({ owners, offsets, members, sets }: Columns, random: Random): () => void {
  const order = Int32Array.from(owners.keys());
  const mark = new Int32Array(sets);
  const pool = new Int32Array(sets);
  let stamp = 0;

  /** Moves the marked members of a column to its front; returns where the others start. */
  const partition = (start: number, end: number): number => {
    let border = start;
    for (let at = start; at < end; at++) {
      const set = members[at]!;
      if (mark[set] !== stamp) continue;
      members[at] = members[border]!;
      members[border++] = set;
    }
    return border;
  };
  const markAll = (start: number, end: number): void => {
    stamp += 1;
    for (let at = start; at < end; at++) mark[members[at]!] = stamp;
  };

  return () => {
    shuffle(order, random);
    for (let at = 0; at + 1 < order.length; at += 2) {
      const one = order[at]!;
      const other = order[at + 1]!;
      markAll(offsets[other]!, offsets[other + 1]!);
      const oneFrom = partition(offsets[one]!, offsets[one + 1]!);
      markAll(offsets[one]!, offsets[one + 1]!);
      const otherFrom = partition(offsets[other]!, offsets[other + 1]!);
      redeal(oneFrom, offsets[one + 1]!, otherFrom, offsets[other + 1]!);
    }
  };

  function redeal(oneFrom: number, oneTo: number, otherFrom: number, otherTo: number): void {
    let size = 0;
    for (let at = oneFrom; at < oneTo; at++) pool[size++] = members[at]!;
    for (let at = otherFrom; at < otherTo; at++) pool[size++] = members[at]!;
    // Drawing the smaller side decides the larger one too.
    const [smallFrom, smallTo, largeFrom] =
      oneTo - oneFrom < otherTo - otherFrom ? [oneFrom, oneTo, otherFrom] : [otherFrom, otherTo, oneFrom];
    for (let at = smallFrom; at < smallTo; at++) {
      const pick = randomIndex(random, size);
      members[at] = pool[pick]!;
      pool[pick] = pool[--size]!;
    }
    for (let at = 0; at < size; at++) members[largeFrom + at] = pool[at]!;
  }
}

/** Counts pairs of columns over draws, in a triangle of the block's components. */
function pairCounter({ owners, offsets, members, sizes }: Columns): {
  add(): void;
  addTo(sums: Map<number, number>, components: number): void;
} {
  const width = owners.length;
  const counts = new Float64Array(width * width);
  const starts = new Int32Array(sizes.length + 1);
  for (const [set, size] of sizes.entries()) starts[set + 1] = starts[set]! + size;
  const filled = new Int32Array(sizes.length);
  const columns = new Int32Array(members.length);

  return {
    add() {
      filled.fill(0);
      for (let column = 0; column < width; column++) {
        for (let at = offsets[column]!; at < offsets[column + 1]!; at++) {
          const set = members[at]!;
          if (sizes[set]! < 2) continue;
          const start = starts[set]!;
          const before = filled[set]!;
          for (let other = 0; other < before; other++) counts[columns[start + other]! * width + column]! += 1;
          columns[start + before] = column;
          filled[set] = before + 1;
        }
      }
    },
    addTo(sums, components) {
      for (let one = 0; one < width; one++) {
        for (let other = one + 1; other < width; other++) {
          const count = counts[one * width + other]!;
          if (count === 0) continue;
          const key = owners[one]! * components + owners[other]!;
          sums.set(key, (sums.get(key) ?? 0) + count);
        }
      }
    },
  };
}
