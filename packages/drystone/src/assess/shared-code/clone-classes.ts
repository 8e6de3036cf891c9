/** Pairs of places with the same code, joined to pieces that stand in two services or more. */
import type { ClonePair, ClonePlace } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface CloneClass {
  /** Sorted by component, file and line. */
  readonly places: readonly ClonePlace[];
  /** Sorted. */
  readonly components: readonly Ref[];
  /** Of the longest place. */
  readonly lines: number;
  /** Lines of all places but the longest. */
  readonly extraLines: number;
  readonly pairs: number;
  /** True when all pairs are the same letter by letter. */
  readonly exact: boolean;
}

/** Two places of one file are one place when they share half of the shorter. Most lines to save first. */
export function cloneClasses(pairs: readonly ClonePair[]): CloneClass[] {
  const places = pairs.flatMap((pair) => pair.places);
  const group = Int32Array.from(places, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while ((group[root] ?? root) !== root) root = group[root] ?? root;
    for (let at = index; at !== root; ) {
      const next = group[at] ?? root;
      group[at] = root;
      at = next;
    }
    return root;
  };
  for (let pair = 0; pair < pairs.length; pair++) group[find(2 * pair)] = find(2 * pair + 1);
  for (const inFile of byFile(places)) {
    for (const [at, index] of inFile.entries()) {
      // Places are sorted by their first line: those before are the only ones that can reach into this one.
      for (const other of inFile.slice(Math.max(0, at - lookBack), at))
        if (isSamePlace(places[other], places[index])) group[find(other)] = find(index);
    }
  }
  const classes = new Map<number, number[]>();
  for (const index of places.keys()) {
    const root = find(index);
    const known = classes.get(root);
    if (known) known.push(index);
    else classes.set(root, [index]);
  }
  return [...classes.values()].map((members) => classOf(pairs, places, members)).sort(mostFirst);
}

const lookBack = 30;

/** Lines per component that lie in a place; what lies in two counts once. */
export function mergedLines(places: readonly ClonePlace[]): Map<Ref, number> {
  const lines = new Map<Ref, number>();
  for (const inFile of byFile(places)) {
    let reached = 0;
    for (const index of inFile) {
      const place = places[index];
      if (place === undefined) continue;
      const more = Math.max(0, place.to - Math.max(place.from - 1, reached));
      reached = Math.max(reached, place.to);
      lines.set(place.component, (lines.get(place.component) ?? 0) + more);
    }
  }
  return lines;
}

/** Indices of places per file, by first line. */
function byFile(places: readonly ClonePlace[]): Iterable<number[]> {
  const files = new Map<string, number[]>();
  for (const [index, { repository, file }] of places.entries()) {
    const key = `${repository}\0${file}`;
    const own = files.get(key);
    if (own) own.push(index);
    else files.set(key, [index]);
  }
  for (const own of files.values()) own.sort((a, b) => (places[a]?.from ?? 0) - (places[b]?.from ?? 0) || a - b);
  return files.values();
}

function isSamePlace(one: ClonePlace | undefined, other: ClonePlace | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const shared = Math.min(one.to, other.to) - Math.max(one.from, other.from) + 1;
  return shared * 2 >= Math.min(one.to - one.from, other.to - other.from) + 1;
}

function classOf(pairs: readonly ClonePair[], all: readonly ClonePlace[], members: readonly number[]): CloneClass {
  const places: ClonePlace[] = [];
  for (const inFile of byFile(members.flatMap((index) => all[index] ?? []))) {
    const own = inFile.flatMap((index) => all[members[index] ?? -1] ?? []);
    const [first] = own;
    if (first !== undefined) places.push({ ...first, to: Math.max(...own.map(({ to }) => to)) });
  }
  places.sort((a, b) => compare(a.component, b.component) || compare(a.file, b.file) || a.from - b.from);
  const lines = places.map(({ from, to }) => to - from + 1);
  const longest = Math.max(...lines);
  const own = [...new Set(members.map((index) => index >> 1))];
  return {
    places,
    components: [...new Set(places.map(({ component }) => component))],
    lines: longest,
    extraLines: lines.reduce((sum, each) => sum + each, 0) - longest,
    pairs: own.length,
    exact: own.every((pair) => pairs[pair]?.exact === true),
  };
}

function mostFirst(one: CloneClass, other: CloneClass): number {
  const [a, b] = [one.places[0], other.places[0]];
  return other.extraLines - one.extraLines || compare(a?.file ?? "", b?.file ?? "") || (a?.from ?? 0) - (b?.from ?? 0);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
