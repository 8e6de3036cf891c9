/** Changes that needed another team, month by month, and changes of the contract, which will (metrics.md F2). */
import type { ChangeSet } from "#derive/change-sets/index.js";
import { publicEntries } from "#derive/parts/index.js";
import { isKnown, peopleAnswer, strongestTeam, teamWeights } from "#derive/team-changes/index.js";
import type { Ref } from "#model/refs.js";
import type { Measure } from "#model/result.js";
import { monthsBefore } from "#util/dates.js";
import { type Advising, measure, owningTeam } from "../_shared/index.js";

export interface Coordination {
  /** One entry per whole month of the window, oldest first. */
  readonly months: readonly { readonly before: number; readonly after: number }[];
  /** Null where the owners of both sides are not known, or too few changes are. */
  readonly before: number | null;
  /** Contract changes times consumers; null without a contract to look at. */
  readonly after: number | null;
  readonly consumers: number;
  /** Too few changes of the part to tell. */
  readonly isThin: boolean;
  readonly sets: readonly ChangeSet[];
  /** Other teams that took part. */
  readonly teams: readonly Ref[];
  readonly measures: readonly Measure[];
}

export function coordination(advising: Advising): Coordination {
  const { estate, part, changes, crossings } = advising;
  const { team } = owningTeam(advising);
  const few = changes.inside.length < estate.parameters.nMin.service;
  const found = few || team === null || peopleAnswer(estate).state !== "usable" ? null : eventsOf(advising, team.ref);
  const hasContract =
    estate.facts.contracts.some(({ provider }) => provider !== null && part.refs.has(provider)) ||
    publicEntries(estate, advising.view, part).size > 0;
  const internal = new Set(changes.internal.map(({ set }) => set));
  const contractChanges = hasContract ? changes.inside.filter((set) => !internal.has(set)) : null;
  const consumers = Math.max(
    1,
    new Set(
      crossings.crossings
        .filter(({ direction, kind }) => direction === "in" && kind !== "table")
        .map(({ relation }) => relation?.from ?? ""),
    ).size,
  );
  const months = monthsOf(estate).map(([from, to]) => {
    const within = (sets: readonly ChangeSet[]) => sets.filter(({ time }) => time > from && time <= to).length;
    return { before: within(found?.sets ?? []), after: within(contractChanges ?? []) * consumers };
  });
  const before = found === null ? null : months.reduce((sum, month) => sum + month.before, 0);
  const after = contractChanges === null ? null : months.reduce((sum, month) => sum + month.after, 0);
  const perMonth = (count: number | null) => (count === null || months.length === 0 ? null : count / months.length);
  const sample = { n: months.length, of: "months" };
  return {
    months,
    before,
    after,
    consumers,
    isThin: few,
    sets: found?.sets ?? [],
    teams: found?.teams ?? [],
    measures: [
      measure("benefit.coordination", part.subject, perMonth(before), "changes per month that need another team today", {
        sample,
        detail: {
          basis:
            before === null ? (few ? "not known: too few changes" : "not known: owners of both sides are needed") : "counted",
        },
      }),
      measure(
        "benefit.contract-changes",
        part.subject,
        perMonth(after),
        "changes of its contract per month, times consumers, that still will",
        {
          sample,
          detail: { consumers, basis: after === null ? "not known: it has no contract" : "counted" },
        },
      ),
    ],
  };
}

/** A change of the part needs another team when people of another team make it, or when it also touches what another team owns. Null where no other team is known. */
function eventsOf(
  { estate, changes, part }: Advising,
  own: Ref,
): { readonly sets: readonly ChangeSet[]; readonly teams: readonly Ref[] } | null {
  const others = new Set(
    estate.ownership
      .flatMap(({ declared }) => declared.map(({ ref }) => ref))
      .filter((ref) => ref.startsWith("group:") && ref !== own),
  );
  // One team that owns everything has nobody to coordinate with; where owners are missing, nothing can be said.
  if (others.size === 0) {
    const alone = estate.subjects.every((index) => estate.ownership[index]?.declared.some(({ ref }) => ref === own));
    return alone ? { sets: [], teams: [] } : null;
  }
  const teams = new Set<Ref>();
  const sets = changes.inside.filter((set) => {
    const involved = set.components
      .filter((component) => !part.components.has(component))
      .flatMap((component) => estate.ownership[component]?.declared.map(({ ref }) => ref) ?? [])
      .filter((ref) => others.has(ref));
    const weights = teamWeights(estate, set, own);
    const by = isKnown(weights) ? strongestTeam(weights, own) : null;
    if (by !== null && by !== own) involved.push(by);
    for (const ref of involved) teams.add(ref);
    return involved.length > 0;
  });
  return { sets, teams: [...teams].sort() };
}

/** Whole months that end with the window: [from, to] in seconds, oldest first, twelve at most. */
function monthsOf({ recent }: Advising["estate"]): [number, number][] {
  const months: [number, number][] = [];
  for (let back = 0; back < 12; back++) {
    const [from, to] = [monthsBefore(recent.to, back + 1), monthsBefore(recent.to, back)];
    if (back > 0 && from < recent.from) break;
    months.unshift([from, to]);
  }
  return months;
}
