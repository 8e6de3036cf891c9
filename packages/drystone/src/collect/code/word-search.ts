/** Which of many words a text holds, in one pass over it. Aho and Corasick, Efficient string matching (CACM 18(6), 1975). */

/** Words are ASCII and not empty; at most some thousand letters in all. */
export function wordSearch(words: Iterable<string>): (text: string) => (word: string) => boolean {
  const { next, ends, known, letters, width } = automaton([...new Set(words)]);
  return (text) => {
    const found = new Uint8Array(known.size);
    let left = known.size;
    let state = 0;
    for (let at = 0; at < text.length && left > 0; at++) {
      const letter = letters[text.charCodeAt(at)] ?? 0;
      state = letter === 0 ? 0 : (next[state * width + letter] ?? 0);
      for (const word of ends[state] ?? none)
        if (found[word] === 0) {
          found[word] = 1;
          left--;
        }
    }
    return (word) => found[known.get(word) ?? -1] === 1;
  };
}

const none: readonly number[] = [];

interface Automaton {
  /** Number of each character that some word has, from 1; 0 for all others. */
  readonly letters: Uint8Array;
  readonly width: number;
  /** From state and letter to the next state. */
  readonly next: Uint16Array;
  /** Words that end in a state; null for none. */
  readonly ends: readonly (readonly number[] | null)[];
  readonly known: ReadonlyMap<string, number>;
}

function automaton(words: readonly string[]): Automaton {
  const all = words.join("");
  const letters = new Uint8Array(128);
  let width = 1;
  for (const character of new Set(all)) letters[character.charCodeAt(0)] = width++;
  const next = new Uint16Array(width * (1 + all.length));
  const ends: (number[] | null)[] = [null];
  const steps: (readonly [letter: number, state: number])[][] = [[]];
  const known = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    known.set(word, index);
    let state = 0;
    for (let at = 0; at < word.length; at++) {
      const letter = letters[word.charCodeAt(at)] ?? 0;
      let to = next[state * width + letter] ?? 0;
      if (to === 0) {
        to = ends.push(null) - 1;
        next[state * width + letter] = to;
        steps[state]?.push([letter, to]);
        steps.push([]);
      }
      state = to;
    }
    ends[state] = [...(ends[state] ?? []), index];
  }
  joinStates(next, ends, steps, width);
  return { letters, width, next, ends, known };
}

/** Where a word goes no further, the longest end of what was read that begins another word goes on. */
function joinStates(
  next: Uint16Array,
  ends: (number[] | null)[],
  steps: readonly (readonly (readonly [letter: number, state: number])[])[],
  width: number,
): void {
  const fallback = new Uint16Array(ends.length);
  const queue = [0];
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    const own = steps[state] ?? [];
    if (state !== 0) {
      const inherited = ends[back];
      if (inherited != null) ends[state] = [...(ends[state] ?? []), ...inherited];
      next.copyWithin(state * width, back * width, (back + 1) * width);
    }
    for (const [letter, to] of own) {
      // Before the own step is put in, the copy says where the shorter end would go.
      if (state !== 0) fallback[to] = next[state * width + letter] ?? 0;
      next[state * width + letter] = to;
      queue.push(to);
    }
  }
}
