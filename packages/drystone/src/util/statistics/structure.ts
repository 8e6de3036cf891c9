/** Rows of numbers, all of one length. */
export type Matrix = readonly (readonly number[])[];

/** Adjusted Rand index of two partitions of the same items (Hubert & Arabie 1985): 1 for equal, about 0 for unrelated, may be negative.
 *  `one[i]` and `other[i]` are the labels of item i; lengths are equal. 1 when neither partition separates anything. */
export function adjustedRandIndex(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  const common = pairsWithin(one.map((label, item) => JSON.stringify([label, other[item]])));
  const first = pairsWithin(one);
  const second = pairsWithin(other);
  const all = (one.length * (one.length - 1)) / 2;
  const expected = all > 0 ? (first * second) / all : 0;
  const most = (first + second) / 2;
  return most === expected ? 1 : (common - expected) / (most - expected);
}

function pairsWithin(labels: readonly (string | number)[]): number {
  const sizes = new Map<string | number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes.values()].reduce((pairs, size) => pairs + (size * (size - 1)) / 2, 0);
}

/** Who should coordinate with whom: A x D x A' (Cataldo et al., CSCW 2006). `assignment` is people x tasks, `dependency` tasks x tasks. */
export function coordinationRequirements(assignment: Matrix, dependency: Matrix): number[][] {
  return multiply(multiply(assignment, dependency), transpose(assignment));
}

export interface Congruence {
  /** Pairs of people who need to coordinate, and those of them who do. */
  readonly needed: number;
  readonly met: number;
  /** met / needed, 0..1, and the same weighted by need; null when nobody needs to. */
  readonly share: number | null;
  readonly weightedShare: number | null;
  /** Needed and not met: [person, other person, need], greatest need first. */
  readonly gaps: readonly (readonly [number, number, number])[];
}

/** Socio-technical congruence: required against observed coordination, both people x people; the diagonal is ignored, either direction counts. */
export function congruence(required: Matrix, observed: Matrix): Congruence {
  const gaps: [number, number, number][] = [];
  let needed = 0;
  let met = 0;
  let need = 0;
  let needMet = 0;
  for (let one = 0; one < required.length; one++) {
    for (let other = one + 1; other < required.length; other++) {
      const weight = at(required, one, other) + at(required, other, one);
      if (weight <= 0) continue;
      needed += 1;
      need += weight;
      if (at(observed, one, other) > 0 || at(observed, other, one) > 0) {
        met += 1;
        needMet += weight;
      } else gaps.push([one, other, weight]);
    }
  }
  gaps.sort((first, second) => second[2] - first[2] || first[0] - second[0] || first[1] - second[1]);
  return { needed, met, share: needed > 0 ? met / needed : null, weightedShare: need > 0 ? needMet / need : null, gaps };
}

/** Coordination between teams: S x C x S' with the diagonal of C set to 0. `membership` is teams x people; a person in k teams counts 1/k in each. */
export function teamRequirements(required: Matrix, membership: Matrix): number[][] {
  const betweenPeople = required.map((row, person) => row.map((need, other) => (person === other ? 0 : need)));
  return multiply(multiply(membership, betweenPeople), transpose(membership));
}

/** Share of the coordination need that crosses teams, 0..1; null without need. Takes what `teamRequirements` returns. */
export function crossTeamShare(teams: Matrix): number | null {
  let across = 0;
  let within = 0;
  for (let one = 0; one < teams.length; one++) {
    within += at(teams, one, one) / 2;
    for (let other = one + 1; other < teams.length; other++) across += (at(teams, one, other) + at(teams, other, one)) / 2;
  }
  return across + within > 0 ? across / (across + within) : null;
}

function multiply(left: Matrix, right: Matrix): number[][] {
  const width = right[0]?.length ?? 0;
  return left.map((row) => {
    const sums = Array.from({ length: width }, () => 0);
    for (const [middle, factor] of row.entries()) {
      if (factor === 0) continue;
      for (let column = 0; column < width; column++) sums[column]! += factor * at(right, middle, column);
    }
    return sums;
  });
}

function transpose(matrix: Matrix): number[][] {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0));
}

function at(matrix: Matrix, row: number, column: number): number {
  return matrix[row]?.[column] ?? 0;
}
