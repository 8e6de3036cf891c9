/** Which lines are drawn before anybody asks for more, where all of them would be a mat. Pure. */
import type { DrawnLink } from "./lines.js";

/** More lines than these cannot be followed by eye. */
export const mostReadable = 90;

/** An end with so many lines, and with lines to so large a share of the others, is a hub: that it is one says more than its lines do. */
const hubLines = 10;
const hubShare = 0.25;

/** Of each end so many dependencies stay, and so many pairs without one, where it takes more than hubs. */
const strongest = { dependencies: 3, coupling: 1 };

export interface FewerLines {
  /** Keys of the lines that are drawn. */
  readonly kept: ReadonlySet<string>;
  /** Services and stores whose lines were left out, and how many. */
  readonly hubs: ReadonlyMap<string, number>;
  /** Whether the weaker ones of every end were left out, too. */
  readonly weaker: boolean;
}

/**
 * The largest hubs lose their lines first, and no more of them than it takes; groups are no hubs, they lose their weakest lines. An end keeps
 * its strongest line in any case: nobody looks alone who is not.
 * @param isGroup whether an end is a closed group.
 */
export function fewerLines(lines: readonly DrawnLink[], isGroup: (end: string) => boolean): FewerLines {
  const ofEnd = linesOfEnds(lines);
  const hubs = new Set<string>();
  const left = (): DrawnLink[] => lines.filter(({ between }) => !between.some((end) => hubs.has(end)));
  for (const hub of hubsOf(ofEnd).filter((end) => !isGroup(end))) {
    if (left().length <= mostReadable) break;
    hubs.add(hub);
  }
  const weaker = left().length > mostReadable;
  const kept = keysOf(weaker ? [...linesOfEnds(left()).values()].flatMap(strongestOf) : left());
  for (const own of ofEnd.values()) {
    const [first] = own;
    if (first !== undefined && !own.some(({ key }) => kept.has(key))) kept.add(first.key);
  }
  const missing = (end: string): number => (ofEnd.get(end) ?? []).filter(({ key }) => !kept.has(key)).length;
  return { kept, hubs: new Map([...hubs].map((hub) => [hub, missing(hub)])), weaker };
}

/** The largest first. */
function hubsOf(ofEnd: ReadonlyMap<string, readonly DrawnLink[]>): string[] {
  const least = Math.max(hubLines, ofEnd.size * hubShare);
  return [...ofEnd]
    .filter(([, own]) => own.length >= least)
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([end]) => end);
}

function strongestOf(own: readonly DrawnLink[]): DrawnLink[] {
  return [
    ...own.filter(({ kind }) => kind !== "coupling").slice(0, strongest.dependencies),
    ...own.filter(({ kind }) => kind === "coupling").slice(0, strongest.coupling),
  ];
}

const sureness = ["hint", "likely", "confirmed"];

/** Lines of each end, the strongest first. */
function linesOfEnds(lines: readonly DrawnLink[]): Map<string, DrawnLink[]> {
  const ofEnd = new Map<string, DrawnLink[]>();
  const byStrength = lines.toSorted(
    (one, other) =>
      other.weight - one.weight ||
      sureness.indexOf(other.confidence) - sureness.indexOf(one.confidence) ||
      (one.key < other.key ? -1 : 1),
  );
  for (const line of byStrength) {
    for (const end of line.between) {
      const own = ofEnd.get(end);
      if (own === undefined) ofEnd.set(end, [line]);
      else own.push(line);
    }
  }
  return ofEnd;
}

function keysOf(lines: readonly DrawnLink[]): Set<string> {
  return new Set(lines.map(({ key }) => key));
}
