/**
 * Do the groups of files that change together stay the same from quarter to quarter (metrics.md F3, M2 b)?
 * 1 - ARI between the communities of two quarters that follow each other, over the files that changed in both, less the noise floor: the same between two
 * halves of the change sets of one quarter. Halves tell less than quarters, so the floor is rather too high than too low.
 */

import { monthsBefore } from "#util/dates.js";
import { mulberry32, shuffle } from "#util/random.js";
import { adjustedRandIndex } from "#util/statistics/index.js";
import { steadyCommunities, type WeightedGraph } from "../communities/index.js";
import type { Estate } from "../estate/index.js";
import { viewFiles } from "../files/index.js";

export interface CommunityChurn {
  /** 1 - ARI between the two quarters, 0..1. */
  readonly churn: number;
  /** What halves of one quarter differ by. */
  readonly floor: number;
  /** Files that changed with others in both quarters. */
  readonly files: number;
}

/** Of the program files of a system of one deployable; of several the question does not arise: empty. */
export function churnOf(estate: Estate): readonly (CommunityChurn | null)[] {
  if (estate.services.length > 1 || estate.facts.config.people === "off") return [];
  const view = viewFiles(estate);
  const changes = view.changes.map(({ set, files }) => ({
    time: set.time,
    files: files.filter((file) => view.files[file]?.isProgram === true),
  }));
  return communityChurn(changes, estate.window.to, estate.parameters.ci.seed);
}

interface ChurnChange {
  /** Seconds since 1970. */
  readonly time: number;
  /** Places of files; a change of one file tells nothing. */
  readonly files: readonly number[];
}

/** Change sets of a quarter, and files of two of them, that tell anything: ours, no source. */
const leastChanges = 30;
const leastFiles = 20;
const quarters = 4;
const mostPlaces = 2 ** 26;
const splits = 2;

/** @returns the three steps between the four quarters before `end`, oldest first; null for one of which too little is known. */
export function communityChurn(changes: readonly ChurnChange[], end: number, seed: number): readonly (CommunityChurn | null)[] {
  const bounds = Array.from({ length: quarters + 1 }, (_, at) => monthsBefore(end, 3 * (quarters - at)));
  const perQuarter = bounds
    .slice(1)
    .map((to, at) => changes.filter(({ time, files }) => files.length > 1 && time > (bounds[at] ?? 0) && time <= to));
  const told = perQuarter.map((own) =>
    own.length < leastChanges ? null : { groups: groupsOf(own, seed), floor: floorOf(own, seed) },
  );
  return told.slice(1).map((after, at): CommunityChurn | null => {
    const before = told[at] ?? null;
    if (before === null || after === null || before.floor === null || after.floor === null) return null;
    const step = difference(before.groups, after.groups);
    return step === null ? null : { ...step, floor: (before.floor + after.floor) / 2 };
  });
}

/** Mean difference between random halves; null where they have too few files in common. */
function floorOf(changes: readonly ChurnChange[], seed: number): number | null {
  const random = mulberry32(seed);
  const differences = Array.from({ length: splits }, () => {
    const order = shuffle(Int32Array.from(changes.keys()), random);
    const half = order.length >> 1;
    const side = (places: Int32Array) =>
      groupsOf(
        [...places].flatMap((place) => changes[place] ?? []),
        seed,
      );
    return difference(side(order.slice(0, half)), side(order.slice(half)));
  });
  const known = differences.flatMap((one) => (one === null ? [] : [one.churn]));
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}

/** Community of each file that changed with another one. */
function groupsOf(changes: readonly ChurnChange[], seed: number): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  const weights = new Map<number, [number, number, number]>();
  for (const { files } of changes) {
    const nodes = files.map((file) => placeOf(places, file)).sort((a, b) => a - b);
    for (const [at, a] of nodes.entries()) {
      for (const b of nodes.slice(at + 1)) {
        const key = a * mostPlaces + b;
        const edge = weights.get(key);
        // Many files in one change say less about each pair of them.
        const weight = 1 / (nodes.length - 1);
        if (edge === undefined) weights.set(key, [a, b, weight]);
        else edge[2] += weight;
      }
    }
  }
  const graph: WeightedGraph = { size: places.size, edges: [...weights.values()] };
  const labels = steadyCommunities(graph, seed);
  return new Map([...places].map(([file, place]) => [file, labels[place] ?? -1]));
}

function placeOf(places: Map<number, number>, file: number): number {
  const known = places.get(file);
  if (known !== undefined) return known;
  places.set(file, places.size);
  return places.size - 1;
}

function difference(
  one: ReadonlyMap<number, number>,
  other: ReadonlyMap<number, number>,
): Pick<CommunityChurn, "churn" | "files"> | null {
  const both = [...one.keys()].filter((file) => other.has(file));
  if (both.length < leastFiles) return null;
  const index = adjustedRandIndex(
    both.map((file) => one.get(file) ?? -1),
    both.map((file) => other.get(file) ?? -1),
  );
  return { churn: Math.min(1, Math.max(0, 1 - index)), files: both.length };
}
