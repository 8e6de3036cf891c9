/** Work items of a window as flow: items, touch times, waits by team, and whether the window is steady enough for queues to mean something. */
import { commitCount } from "#model/history.js";
import { shortName } from "#model/refs.js";
import type { Estate } from "../estate/index.js";
import { sessionSeconds } from "./commit-sessions.js";
import { type ItemFlow, itemFlow } from "./item-flow.js";
import { type StatePath, statePath } from "./state-flow.js";

export interface WorkFlow {
  /** Finished in the window, or open at its end. */
  readonly items: readonly ItemFlow[];
  readonly finished: readonly ItemFlow[];
  readonly from: number;
  readonly to: number;
  /** Seconds of lead of the finished items, and how much of it was work: by commits at least, by states at most. Null where nothing tells. */
  readonly touch: {
    readonly lead: number;
    readonly least: number | null;
    readonly most: number | null;
    readonly withCommits: number;
  };
  /** Seconds of waiting of the finished items by the team that must act next; null for nobody known. */
  readonly waits: ReadonlyMap<string | null, number>;
  /** The finished items by state. */
  readonly path: StatePath;
  readonly little: Little | null;
}

/** Little's law over the window: work in progress = arrivals per day × days each takes, if the window is steady. */
export interface Little {
  readonly inProgress: number;
  readonly arrivalsPerDay: number;
  readonly days: number;
  /** |L − λW| / L. */
  readonly error: number;
}

const day = 86_400;

/** Null without work items. */
export function workFlow(estate: Estate): WorkFlow | null {
  const { workItems, workStates } = estate.facts;
  const last = workItems.reduce((latest, { steps, done }) => Math.max(latest, done ?? 0, steps.at(-1)?.at ?? 0), 0);
  if (last === 0) return null;
  const { months, days } = estate.parameters.window;
  const length = days ?? (months === null ? Infinity : months * 30.44);
  const teamOf = teamOfPerson(estate);
  const all = workItems.flatMap((item) => itemFlow(item, workStates, last, teamOf) ?? []);
  const from = Math.max(
    last - length * day,
    all.reduce((first, { created }) => Math.min(first, created), last),
  );
  const items = all.filter(({ done }) => done === null || done > from);
  const finished = items.filter(({ done }) => done !== null);
  return {
    items,
    finished,
    from,
    to: last,
    touch: touchOf(finished, estate),
    waits: waitsOf(finished),
    path: statePath(finished),
    little: littleOf(all, from, last),
  };
}

function teamOfPerson({ people, teams }: Estate): (person: string, time: number) => string | null {
  const known = new Map<string, readonly number[]>();
  return (person, time) => {
    const found = known.get(person) ?? people.find(person);
    known.set(person, found);
    const [only, ...more] = found;
    if (only === undefined || more.length > 0) return null;
    const [team, ...others] = teams.teamOf(only, time);
    return team === undefined || others.length > 0 ? null : shortName(team.team);
  };
}

function touchOf(finished: readonly ItemFlow[], estate: Estate): WorkFlow["touch"] {
  const commits = commitTimes(estate);
  let [lead, least, most, withCommits] = [0, 0, 0, 0];
  const hasStates = finished.some(({ active }) => active !== null && active > 0);
  for (const item of finished) {
    lead += item.lead;
    const times = timesOf(commits, item.id).filter(
      (time) => time >= item.created - day && (item.done === null || time <= item.done + day),
    );
    if (times.length > 0) withCommits++;
    const sessions = Math.min(item.lead, sessionSeconds(times, estate.parameters.G));
    least += sessions;
    most += Math.min(item.lead, Math.max(item.active ?? 0, sessions));
  }
  return { lead, least: withCommits > 0 ? least : null, most: hasStates ? most : null, withCommits };
}

/** Author times of commits by the tickets they name. */
function commitTimes({ facts }: Estate): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const history of facts.histories) {
    for (let commit = 0; commit < commitCount(history); commit++) {
      const [start = 0, end = 0] = [history.keys.offsets[commit], history.keys.offsets[commit + 1]];
      for (let at = start; at < end; at++) {
        const key = (history.keyNames[history.keys.values[at] ?? -1] ?? "").toUpperCase();
        const known = times.get(key) ?? [];
        known.push(history.authorTimes[commit] ?? 0);
        times.set(key, known);
      }
    }
  }
  return times;
}

/** `owner/shop#12` is `#12` in the commits of its repository. */
function timesOf(commits: ReadonlyMap<string, readonly number[]>, id: string): readonly number[] {
  const own = commits.get(id.toUpperCase());
  const number = /#\d+$/.exec(id)?.[0];
  return own ?? (number === undefined ? [] : (commits.get(number) ?? []));
}

function waitsOf(finished: readonly ItemFlow[]): Map<string | null, number> {
  const waits = new Map<string | null, number>();
  for (const { segments } of finished)
    for (const { kind, from, to, waitsFor } of segments)
      if (kind === "waiting") waits.set(waitsFor, (waits.get(waitsFor) ?? 0) + to - from);
  return waits;
}

/** Items that were there from `from` to `to`, wherever they began and ended. */
export function littleOf(items: readonly Pick<ItemFlow, "created" | "done">[], from: number, to: number): Little | null {
  const length = (to - from) / day;
  if (!(length > 0)) return null;
  const present = items.reduce(
    (sum, { created, done }) => sum + Math.max(0, Math.min(to, done ?? to) - Math.max(from, created)),
    0,
  );
  const arrivals = items.filter(({ created }) => created >= from && created <= to).length;
  const ended = items.filter(({ done }) => done !== null && done > from && done <= to);
  if (ended.length === 0 || present === 0) return null;
  const days = ended.reduce((sum, { created, done }) => sum + ((done ?? 0) - created) / day, 0) / ended.length;
  return littleError(present / (to - from), arrivals / length, days);
}

export function littleError(inProgress: number, arrivalsPerDay: number, days: number): Little {
  return { inProgress, arrivalsPerDay, days, error: Math.abs(inProgress - arrivalsPerDay * days) / inProgress };
}
