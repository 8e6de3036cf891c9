/** Copies of code between components: maximal stretches of 50 tokens or more that are the same but for names and literals. */
import type { CloneFacts, ClonePair, ClonePlace } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { type Candidate, candidates } from "./candidates.js";
import { isSameText } from "./meaning.js";
import type { FileTokens } from "./tokenize.js";

export interface ClonableFile {
  readonly component: Ref;
  readonly repository: string;
  readonly file: string;
  readonly tokens: FileTokens;
}

const maxFiles = 50_000;
const maxTokens = 40_000_000;
/** The longest are kept. */
const maxPairs = 20_000;

/** Pairs between different components only; the order of `files` does not matter. Time is near linear in the tokens. */
export function findClones(files: readonly ClonableFile[]): CloneFacts {
  const sorted = bounded(
    files.toSorted((a, b) => compare(a.component, b.component) || compare(a.repository, b.repository) || compare(a.file, b.file)),
  );
  const pairs = candidates(sorted).map((candidate) => pairOf(sorted, candidate));
  return { lines: linesOf(files), pairs: pairs.sort(longestFirst).slice(0, maxPairs) };
}

function bounded(files: readonly ClonableFile[]): readonly ClonableFile[] {
  let tokens = 0;
  return files.slice(0, maxFiles).filter((file) => (tokens += file.tokens.codes.length) <= maxTokens);
}

function pairOf(files: readonly ClonableFile[], candidate: Candidate): ClonePair {
  const { startA, startB, length } = candidate;
  const one = files[candidate.a];
  const other = files[candidate.b];
  return {
    tokens: length,
    exact: one !== undefined && other !== undefined && isSameText(one.tokens, other.tokens, candidate),
    places: [placeOf(one, startA, length), placeOf(other, startB, length)],
  };
}

/** Whole lines: a first or last line that lies only partly in the copy is left out. */
function placeOf(file: ClonableFile | undefined, start: number, length: number): ClonePlace {
  const lines = file?.tokens.lines ?? new Uint16Array();
  const end = start + length;
  const first = lines[start] ?? 1;
  const last = lines[end - 1] ?? first;
  const from = lines[start - 1] === first ? first + 1 : first;
  const to = lines[end] === last ? last - 1 : last;
  return {
    component: file?.component ?? "",
    repository: file?.repository ?? "",
    file: file?.file ?? "",
    from: from <= to ? from : first,
    to: from <= to ? to : last,
  };
}

function linesOf(files: readonly ClonableFile[]): CloneFacts["lines"] {
  const lines = new Map<Ref, number>();
  for (const { component, tokens } of files) lines.set(component, (lines.get(component) ?? 0) + tokens.programLines);
  return [...lines].sort(([a], [b]) => compare(a, b)).map(([component, count]) => ({ component, lines: count }));
}

function longestFirst(one: ClonePair, other: ClonePair): number {
  return other.tokens - one.tokens || compare(keyOf(one), keyOf(other));
}

function keyOf({ places }: ClonePair): string {
  return places.map(({ repository, file, from }) => `${repository}\0${file}\0${String(from).padStart(6, "0")}`).join("\0");
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
