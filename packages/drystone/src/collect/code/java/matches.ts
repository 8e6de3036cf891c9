/** Matches of a pattern, but never so many that a file of one word takes long. */

const maxMatches = 500;

/** At most 500 matches, in order. */
export function* matches(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  let count = 0;
  for (const match of text.matchAll(pattern)) {
    if (++count > maxMatches) return;
    yield match;
  }
}

/** Those with `before` in the `reach` characters before them. */
export function* matchesAfter(text: string, pattern: RegExp, before: RegExp, reach: number): Generator<RegExpExecArray> {
  for (const match of matches(text, pattern))
    if (before.test(text.slice(Math.max(0, match.index - reach), match.index))) yield match;
}
