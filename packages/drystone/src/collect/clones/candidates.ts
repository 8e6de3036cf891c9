/** Maximal common stretches of tokens between files of different components. */
import type { Ref } from "#model/refs.js";
import { runLength, winnow } from "./fingerprints.js";
import { leastTokens, meaningfulPart, type Stretch } from "./meaning.js";
import type { FileTokens } from "./tokenize.js";

export interface Candidate extends Stretch {
  /** Indices of the two files, a < b. */
  readonly a: number;
  readonly b: number;
}

export interface CandidateFile {
  readonly component: Ref;
  readonly tokens: FileTokens;
}

/** Each place is compared with so many of the following places of other components that share a run. */
const neighbours = 3;
/** A folded run that stands in more places is an idiom of the language, such as a getter. */
const maxPlaces = 60;
/** Places looked through for them. */
const maxLook = 64;
/** Two files that share more stretches are tables, or made to be slow. */
const maxStretches = 500;
/** Tokens compared while stretches grow, over all files. */
const maxCompared = 300_000_000;
/** 26 bits of a hash and 27 of an index fit into a number. */
const hashBits = 2 ** 26;
const indexBits = 2 ** 27;

/** Copies letter by letter first, then those with other names: the first find their partner even where the folded text is an idiom. */
export function candidates(files: readonly CandidateFile[]): Candidate[] {
  const found = new Found(files);
  match(files, ({ hashes }) => hashes, Number.POSITIVE_INFINITY, found);
  match(files, ({ codes }) => codes, maxPlaces, found);
  return found.withoutOverlap();
}

function match(
  files: readonly CandidateFile[],
  column: (tokens: FileTokens) => Uint8Array | Uint32Array,
  most: number,
  found: Found,
): void {
  const places = chosenRuns(files, column);
  const { keys, file, start } = places;
  let from = 0;
  for (let at = 1; at <= keys.length; at++) {
    if (at < keys.length && hashOf(keys[at]) === hashOf(keys[from])) continue;
    if (at - from > 1 && at - from <= most) {
      for (let one = from; one < at; one++) {
        const first = (keys[one] ?? 0) % indexBits;
        let compared = 0;
        const component = files[file[first] ?? 0]?.component;
        let previous = component;
        for (let other = one + 1; other < at && other - one <= maxLook && compared < neighbours; other++) {
          const second = (keys[other] ?? 0) % indexBits;
          const next = files[file[second] ?? 0]?.component;
          if (next === component || next === previous) continue;
          previous = next;
          compared++;
          found.extend(file[first] ?? 0, start[first] ?? 0, file[second] ?? 0, start[second] ?? 0);
        }
      }
    }
    from = at;
  }
}

function hashOf(key: number | undefined): number {
  return Math.floor((key ?? 0) / indexBits);
}

interface Runs {
  /** Hash and index of a run in one number, sorted, so that equal hashes stand together in the order of files. */
  readonly keys: Float64Array;
  readonly file: Int32Array;
  readonly start: Int32Array;
}

function chosenRuns(files: readonly CandidateFile[], column: (tokens: FileTokens) => Uint8Array | Uint32Array): Runs {
  const tokens = files.reduce((sum, file) => sum + file.tokens.codes.length, 0);
  // Winnowing chooses one in 13 on average and at most every run.
  let keys = new Float64Array(Math.ceil(tokens / 8) + files.length + 16);
  let file = new Int32Array(keys.length);
  let start = new Int32Array(keys.length);
  let size = 0;
  for (const [index, each] of files.entries()) {
    const seed = seedOf(each.tokens.language);
    winnow(column(each.tokens), (hash, at) => {
      if (size === keys.length) {
        keys = grown(keys, Float64Array);
        file = grown(file, Int32Array);
        start = grown(start, Int32Array);
      }
      keys[size] = ((hash ^ seed) >>> 6) * indexBits + size;
      file[size] = index;
      start[size] = at;
      size++;
    });
  }
  return { keys: keys.subarray(0, size).sort(), file, start };
}

function grown<Column extends Float64Array | Int32Array>(column: Column, make: new (length: number) => Column): Column {
  const larger = new make(column.length * 2);
  larger.set(column);
  return larger;
}

/** Languages are compared each with itself. */
function seedOf(language: string): number {
  let seed = 7;
  for (let at = 0; at < language.length; at++) seed = Math.imul(seed, 31) + language.charCodeAt(at);
  return Math.imul(seed, 0x9e3779b1) % hashBits;
}

interface Known {
  readonly start: number;
  readonly length: number;
}

/** Stretches found so far, by the two files and the distance between both starts: a stretch is extended once. */
class Found {
  readonly #byFiles = new Map<number, Map<number, Known[]>>();
  readonly #files: readonly CandidateFile[];
  #compared = 0;

  constructor(files: readonly CandidateFile[]) {
    this.#files = files;
  }

  /** Grows a common run to both sides as far as folded tokens are the same; a < b. */
  extend(a: number, startA: number, b: number, startB: number): void {
    const key = a * this.#files.length + b;
    const byDistance = this.#byFiles.get(key) ?? new Map<number, Known[]>();
    const distance = startB - startA;
    const known = byDistance.get(distance) ?? [];
    if (known.some(({ start, length }) => startA >= start && startA < start + length)) return;
    if (byDistance.size >= maxStretches || this.#compared >= maxCompared) return;
    const one = this.#files[a]?.tokens;
    const other = this.#files[b]?.tokens;
    if (one === undefined || other === undefined || one.language !== other.language) return;
    let from = 0;
    while (startA - from > 0 && startB - from > 0 && one.codes[startA - from - 1] === other.codes[startB - from - 1]) from++;
    let to = 0;
    const room = Math.min(one.codes.length - startA, other.codes.length - startB);
    while (to < room && one.codes[startA + to] === other.codes[startB + to]) to++;
    this.#compared += from + to;
    if (from + to < runLength) return;
    known.push({ start: startA - from, length: from + to });
    byDistance.set(distance, known);
    this.#byFiles.set(key, byDistance);
  }

  /** Of two files, the longest copies that do not lie on top of a longer one. */
  withoutOverlap(): Candidate[] {
    return [...this.#byFiles].flatMap(([key, byDistance]) => {
      const a = Math.floor(key / this.#files.length);
      const b = key % this.#files.length;
      const all = [...byDistance]
        .flatMap(([distance, stretches]) =>
          stretches.flatMap(({ start, length }) => this.#copyIn(a, b, { startA: start, startB: start + distance, length })),
        )
        .sort((one, other) => other.length - one.length || one.startA - other.startA || one.startB - other.startB);
      const kept: Candidate[] = [];
      for (const next of all) if (!kept.some((longer) => liesOnTop(longer, next))) kept.push(next);
      return kept;
    });
  }

  #copyIn(a: number, b: number, stretch: Stretch): Candidate[] {
    const one = this.#files[a]?.tokens;
    const other = this.#files[b]?.tokens;
    if (one === undefined || other === undefined || stretch.length < leastTokens) return [];
    const part = meaningfulPart(one, other, stretch);
    return part === null ? [] : [{ a, b, ...part }];
  }
}

/** Half of it or more is in the longer one, in either file. */
function liesOnTop(longer: Candidate, next: Candidate): boolean {
  const inA = overlap(longer.startA, longer.length, next.startA, next.length);
  const inB = overlap(longer.startB, longer.length, next.startB, next.length);
  return Math.max(inA, inB) >= next.length / 2;
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}
