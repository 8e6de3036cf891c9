/** The way of finished items through states: in which order they stand, who has them, how many items go from one to the next. */
import type { ItemFlow, StateKind } from "./item-flow.js";

export interface StateFlow {
  readonly name: string;
  readonly kind: StateKind;
  /** Of all items. */
  readonly seconds: number;
  /** Who has most of the time in it, or must act in it; null where no team has more than half. */
  readonly team: string | null;
}

export interface StateMove {
  readonly from: string;
  readonly to: string;
  /** Items that went this way, each counted once. */
  readonly items: number;
  /** `to` usually comes before `from`. */
  readonly isRework: boolean;
}

export interface StatePath {
  /** In the order in which items usually reach them. */
  readonly states: readonly StateFlow[];
  /** In the order of their states. */
  readonly moves: readonly StateMove[];
}

export function statePath(items: readonly Pick<ItemFlow, "segments">[]): StatePath {
  const states = new Map<string, Tally>();
  const moves = new Map<string, { from: string; to: string; items: number }>();
  for (const { segments } of items) {
    const reached = new Set<string>();
    const gone = new Set<string>();
    for (const [index, { state, kind, from, to, team, waitsFor }] of segments.entries()) {
      const known = states.get(state) ?? { kind, seconds: 0, places: 0, items: 0, teams: new Map<string, number>() };
      states.set(state, known);
      known.seconds += to - from;
      const who = waitsFor ?? team;
      if (who !== null) known.teams.set(who, (known.teams.get(who) ?? 0) + to - from);
      if (!reached.has(state)) {
        known.places += reached.size;
        known.items++;
        reached.add(state);
      }
      const before = segments[index - 1]?.state;
      if (before === undefined || before === state) continue;
      const way = `${before}\0${state}`;
      if (gone.has(way)) continue;
      gone.add(way);
      const move = moves.get(way) ?? { from: before, to: state, items: 0 };
      moves.set(way, move);
      move.items++;
    }
  }
  const order = [...states].toSorted(([a, one], [b, other]) => placeOf(one) - placeOf(other) || (a < b ? -1 : 1));
  const ranks = new Map(order.map(([name], rank) => [name, rank]));
  const rank = (name: string): number => ranks.get(name) ?? 0;
  return {
    states: order.map(([name, { kind, seconds, teams }]) => ({ name, kind, seconds, team: mostOf(teams, seconds) })),
    moves: [...moves.values()]
      .toSorted((a, b) => rank(a.from) - rank(b.from) || rank(a.to) - rank(b.to))
      .map((move) => ({ ...move, isRework: rank(move.to) < rank(move.from) })),
  };
}

interface Tally {
  readonly kind: StateKind;
  seconds: number;
  /** States that items had been in before they reached this one, summed. */
  places: number;
  items: number;
  readonly teams: Map<string, number>;
}

function placeOf({ places, items }: Tally): number {
  return places / Math.max(1, items);
}

function mostOf(teams: ReadonlyMap<string, number>, seconds: number): string | null {
  const [most] = [...teams].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return most !== undefined && most[1] > seconds / 2 ? most[0] : null;
}
