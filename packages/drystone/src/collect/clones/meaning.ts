/** Which part of a common stretch is a copy, and not what every program of the language looks like. */
import { literalCode, nameCode } from "./syntax.js";
import type { FileTokens } from "./tokenize.js";

export interface Stretch {
  readonly startA: number;
  readonly startB: number;
  /** Tokens. */
  readonly length: number;
}

export const leastTokens = 50;
/** Where fewer than 3 in 5 names and literals agree, two pieces of code look alike because the language makes them. */
const gain = 2;
const loss = 3;
/** A name that became another one did so almost everywhere. */
const leastConsistency = 0.9;
/** Runs of getters, constants and table rows have few different tokens. */
const leastKinds = 25;

/** The part of a stretch in which most names agree and the others changed consistently; null where no part of 50 tokens does. */
export function meaningfulPart(a: FileTokens, b: FileTokens, stretch: Stretch): Stretch | null {
  const part = densestPart(a, b, stretch);
  if (part.length < leastTokens) return null;
  const kinds = new Set<number>();
  const renamed = new Map<number, number>();
  let words = 0;
  let consistent = 0;
  for (let at = 0; at < part.length; at++) {
    const one = a.hashes[part.startA + at] ?? 0;
    const other = b.hashes[part.startB + at] ?? 0;
    kinds.add(one);
    if (!isWord(a.codes[part.startA + at])) continue;
    words++;
    const known = renamed.get(one);
    if (known === undefined) renamed.set(one, other);
    if (known === undefined || known === other) consistent++;
  }
  return kinds.size >= leastKinds && consistent >= leastConsistency * words ? part : null;
}

/** True when names and literals are the same too. */
export function isSameText(a: FileTokens, b: FileTokens, { startA, startB, length }: Stretch): boolean {
  for (let at = 0; at < length; at++) if (a.hashes[startA + at] !== b.hashes[startB + at]) return false;
  return true;
}

/** The part with the highest sum of agreements less disagreements (Kadane), punctuation around it included. */
function densestPart(a: FileTokens, b: FileTokens, { startA, startB, length }: Stretch): Stretch {
  let best = 0;
  let bestFrom = 0;
  let bestTo = 0;
  let sum = 0;
  let from = 0;
  for (let at = 0; at < length; at++) {
    if (isWord(a.codes[startA + at])) sum += a.hashes[startA + at] === b.hashes[startB + at] ? gain : -loss;
    if (sum < 0) {
      sum = 0;
      from = at + 1;
    } else if (sum > 0 && sum >= best) {
      best = sum;
      bestFrom = from;
      bestTo = at + 1;
    }
  }
  return { startA: startA + bestFrom, startB: startB + bestFrom, length: bestTo - bestFrom };
}

function isWord(code: number | undefined): boolean {
  return code === nameCode || code === literalCode;
}
