/** Per component: how many of its changes its declared owner made. */
import type { ChangeSet } from "#derive/change-sets/index.js";
import type { Estate } from "#derive/estate/index.js";
import {
  byComponent,
  changesOfComponents,
  isKnown,
  type Responsible,
  responsibleFor,
  strongestTeam,
  teamWeights,
} from "#derive/team-changes/index.js";
import { type Ref, shortName } from "#model/refs.js";
import { type Estimate, wilson } from "#util/statistics/index.js";

export type OwnerState = "aligned" | "shared" | "contested" | "unknown";

export interface OwnerShare {
  readonly component: number;
  readonly responsible: Responsible & { readonly kind: "team" | "person" };
  /** Newest first. `team` is null where a named person owns the component: other persons are not told apart. */
  readonly changes: readonly { readonly set: ChangeSet; readonly byOwner: boolean; readonly team: Ref | null }[];
  /** Changes by the owner. */
  readonly own: number;
  /** Changes to the component by people whose team is not known; they are in none of the counts. */
  readonly unknown: number;
  readonly estimate: Estimate | null;
  readonly state: OwnerState;
}

/**
 * One entry per component with exactly one owner. A change set is the owner's when no other team has a larger weight among its authors
 * (metrics.md D3); teams below the owner count as it. @param components by index.
 */
export function ownerShares(estate: Estate, components: readonly number[]): OwnerShare[] {
  const sets = byComponent(changesOfComponents(estate, components), components);
  return components.flatMap((component) => {
    const responsible = responsibleFor(estate, component);
    if (responsible.kind !== "team" && responsible.kind !== "person") return [];
    const touching = sets.get(component) ?? [];
    const changes = touching.flatMap((set) =>
      responsible.kind === "team" ? byTeam(estate, set, responsible.ref) : byPerson(estate, set, responsible.ref),
    );
    const own = changes.filter(({ byOwner }) => byOwner).length;
    const estimate = wilson(own, changes.length, estate.parameters.ci.level);
    return [
      {
        component,
        responsible,
        changes,
        own,
        unknown: touching.length - changes.length,
        estimate,
        state: stateOf(estate, estimate, changes.length),
      },
    ];
  });
}

function byTeam(estate: Estate, set: ChangeSet, owner: Ref): OwnerShare["changes"] {
  const weights = teamWeights(estate, set, owner);
  const team = isKnown(weights) ? strongestTeam(weights, owner) : null;
  return team === null ? [] : [{ set, byOwner: team === owner, team }];
}

/** Needs no teams: the change is the owner's when nobody else has a larger weight. */
function byPerson(estate: Estate, set: ChangeSet, owner: Ref): OwnerShare["changes"] {
  const found = estate.people.find(shortName(owner));
  if (found.length !== 1 || set.authors.length === 0) return [];
  const most = Math.max(...set.authors.map(({ weight }) => weight));
  const own = set.authors.find(({ person }) => person === found[0])?.weight ?? 0;
  return [{ set, byOwner: own > 0 && own >= most - 1e-9, team: null }];
}

function stateOf(estate: Estate, estimate: Estimate | null, n: number): OwnerState {
  const { D, nMin } = estate.parameters;
  if (estimate === null || n < nMin.service) return "unknown";
  if (estimate.low >= D.ownerHi) return "aligned";
  return estimate.high < D.ownerLo ? "contested" : "shared";
}
