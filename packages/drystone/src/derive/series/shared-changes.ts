/** The changes that two components share, one by one, for the picture of both histories. */
import { type Estate, historyObstacles } from "#derive/estate/index.js";
import { commitId } from "#model/history.js";
import type { Measure } from "#model/result.js";
import { isoDate } from "#util/dates.js";
import type { ChangeSet } from "../change-sets/index.js";

/** One shared change may be chance and is no picture. */
const leastShared = 2;
/** Bounds of what a result holds: changes listed per pair, and over all pairs, strongest first. */
const mostPerPair = 40;
const mostListed = 2500;
/** Pairs, strongest first: two hundred services that all changed together would make twenty thousand. */
const mostPairs = 400;
/** Digits of a commit id: enough to be unique in the largest histories, and what `git show` takes. */
const idBytes = 6;

/**
 * One measure `history.shared` per two components with two change sets in common over the window of pairs. `detail.commits` lists them,
 * newest first: date, index of the repository in `inputs.repositories`, commit; `;` between them. `detail.listed` says how many are there.
 */
export function sharedChanges(estate: Estate): Measure[] {
  if (historyObstacles(estate).length > 0) return [];
  const { from, to } = estate.long;
  let room = mostListed;
  return pairsOf(estate).map(({ a, b, sets }) => {
    const listed = sets.slice(0, Math.min(mostPerPair, room));
    room -= listed.length;
    return {
      id: "history.shared",
      subjects: [estate.components[a]?.ref ?? "", estate.components[b]?.ref ?? ""],
      value: sets.length,
      unit: "change sets",
      interval: null,
      sample: null,
      window: `${isoDate(from)}/${isoDate(to)}`,
      detail: { listed: listed.length, commits: listed.flatMap((set) => commitText(estate, set)).join(";") },
    };
  });
}

interface SharedSets {
  readonly a: number;
  /** Greater than `a`. */
  readonly b: number;
  readonly sets: readonly ChangeSet[];
}

/** Most sets first, then in the order of the components. */
function pairsOf(estate: Estate): SharedSets[] {
  const isSubject = new Set(estate.subjects);
  const found = new Map<string, { a: number; b: number; sets: ChangeSet[] }>();
  for (const set of estate.long.sets) {
    const touched = set.components.filter((component) => isSubject.has(component));
    for (const [at, a] of touched.entries()) {
      for (const b of touched.slice(at + 1)) {
        const known = found.get(`${a} ${b}`);
        if (known) known.sets.push(set);
        else found.set(`${a} ${b}`, { a, b, sets: [set] });
      }
    }
  }
  return [...found.values()]
    .filter(({ sets }) => sets.length >= leastShared)
    .sort((x, y) => y.sets.length - x.sets.length || x.a - y.a || x.b - y.b)
    .slice(0, mostPairs);
}

function commitText(estate: Estate, { parts, time }: ChangeSet): string[] {
  const [part] = parts;
  const view = part === undefined ? undefined : estate.repositories[part.repository];
  return part === undefined || view === undefined
    ? []
    : [`${isoDate(time)} ${part.repository} ${commitId(view.history, part.head, idBytes)}`];
}
