/** Which of many words a text holds, in one pass over it. Aho and Corasick, Efficient string matching (CACM 18(6), 1975). */

/** Words are ASCII and not empty; at most some thousand letters in all. */
export function wordSearch(words: Iterable<string>): (text: string) => (word: string) => boolean {
  const { next, ends, known } = automaton([...new Set(words)]);
  return (text) => {
    const found = new Uint8Array(known.size);
    let left = known.size;
    let state = 0;
    for (let at = 0; at < text.length && left > 0; at++) {
      const code = text.charCodeAt(at);
      state = code < width ? (next[state * width + code] ?? 0) : 0;
      for (const word of ends[state] ?? none)
        if (found[word] === 0) {
          found[word] = 1;
          left--;
        }
    }
    return (word) => found[known.get(word) ?? -1] === 1;
  };
}

const width = 128;
const none: readonly number[] = [];

interface Automaton {
  /** From state and character to the next state. */
  readonly next: Uint16Array;
  /** Words that end in a state; null for none. */
  readonly ends: readonly (readonly number[] | null)[];
  readonly known: ReadonlyMap<string, number>;
}

function automaton(words: readonly string[]): Automaton {
  const next = new Uint16Array(width * (1 + words.join("").length));
  const ends: (number[] | null)[] = [null];
  const known = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    known.set(word, index);
    let state = 0;
    for (const character of word) {
      const at = state * width + character.charCodeAt(0);
      if (next[at] === 0) next[at] = ends.push(null) - 1;
      state = next[at] ?? 0;
    }
    ends[state] = [...(ends[state] ?? []), index];
  }
  joinStates(next, ends);
  return { next, ends, known };
}

/** Where a word goes no further, the longest end of what was read that begins another word goes on. */
function joinStates(next: Uint16Array, ends: (number[] | null)[]): void {
  const fallback = new Uint16Array(ends.length);
  const queue = [...next.subarray(0, width)].filter((state) => state !== 0);
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    const inherited = ends[back];
    if (inherited != null) ends[state] = [...(ends[state] ?? []), ...inherited];
    for (let code = 0; code < width; code++) {
      const own = next[state * width + code] ?? 0;
      const shared = next[back * width + code] ?? 0;
      if (own === 0) next[state * width + code] = shared;
      else {
        fallback[own] = shared;
        queue.push(own);
      }
    }
  }
}
