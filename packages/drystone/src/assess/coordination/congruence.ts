/** Who needs to coordinate because what they change changes together, and where this can be seen (metrics.md D1; Cataldo et al., CSCW 2006). */
import { coChanges } from "#derive/co-changes/index.js";
import type { Estate } from "#derive/estate/index.js";
import { changesOfComponents, owningTeams } from "#derive/team-changes/index.js";
import type { TeamShare } from "#derive/teams/index.js";
import type { Ref } from "#model/refs.js";
import {
  type Congruence,
  congruence,
  coordinationRequirements,
  crossTeamShare,
  type Matrix,
  teamRequirements,
} from "#util/statistics/index.js";
import { apart } from "./crossings.js";

/** People times people is the size of everything here. */
const mostPeople = 500;

export interface Need {
  /** People in teams who changed something, at most 500, the most active ones. */
  readonly people: number;
  /** Of the need between two people how much crosses teams, 0..1; null without need. */
  readonly crossTeamShare: number | null;
  /** Pairs of people who need to coordinate. */
  readonly required: number;
  readonly layers: readonly Layer[];
  /** Required pairs across every two teams, and those of them seen in any layer; greatest need first. */
  readonly betweenTeams: readonly {
    readonly a: Ref;
    readonly b: Ref;
    readonly need: number;
    readonly required: number;
    readonly seen: number;
  }[];
  readonly cohesion: readonly Cohesion[];
}

/** One way in which coordination can be seen. */
export interface Layer {
  readonly id: "membership" | "co-authorship";
  readonly congruence: Congruence;
}

export interface Cohesion {
  readonly team: Ref;
  /** Members who changed something in the window. */
  readonly active: number;
  /** Share of them in the largest group that is connected by work on the same component, 0..1. */
  readonly share: number;
}

/** What people do (change sets per component, by weight), what depends on what (degree of co-change, zero within a component), and who is seen together. */
export function coordinationNeed(estate: Estate): Need {
  const owning = owningTeams(estate);
  const components = [...owning.values()].flat().sort((a, b) => a - b);
  const place = new Map(components.map((component, at) => [component, at]));
  const work = workOf(estate, components, place);
  const people = work.people;
  const required = coordinationRequirements(work.assignment, dependency(estate, place));
  const teamsOf = people.map((person) => owningTeamsOf(estate, owning, person));
  const membership = sameTeam(teamsOf.map((own) => own.map(({ team }) => team)));
  const coAuthored = coAuthorship(estate, people);
  const teams = [...new Set(teamsOf.flatMap((own) => own.map(({ team }) => team)))].sort();
  const shares = teams.map((team) => teamsOf.map((own) => own.find((share) => share.team === team)?.weight ?? 0));
  const hasCoAuthors = coAuthored.some((row) => row.some((count) => count > 0));
  const layers: Layer[] = [
    { id: "membership", congruence: congruence(required, membership) },
    ...(hasCoAuthors ? [{ id: "co-authorship" as const, congruence: congruence(required, coAuthored) }] : []),
  ];
  return {
    people: people.length,
    crossTeamShare: crossTeamShare(teamRequirements(required, shares)),
    required: layers[0]?.congruence.needed ?? 0,
    layers,
    betweenTeams: betweenTeams(
      estate,
      required,
      teamsOf,
      (one, other) => (membership[one]?.[other] ?? 0) + (coAuthored[one]?.[other] ?? 0) > 0,
    ),
    cohesion: teams.flatMap((team) => cohesionOf(team, teamsOf, work.assignment)),
  };
}

/** Who is in more teams than this is in none of them in particular. */
const mostTeams = 8;

/** Teams of a person now; a team below one that owns something counts as the owner. */
function owningTeamsOf(estate: Estate, owning: ReadonlyMap<Ref, unknown>, person: number): TeamShare[] {
  const weights = new Map<Ref, number>();
  for (const { team, weight } of estate.teams.teamOf(person, estate.window.to)) {
    const owner = estate.teams.lineOf(team).find((above) => owning.has(above)) ?? team;
    weights.set(owner, (weights.get(owner) ?? 0) + weight);
  }
  return weights.size > mostTeams ? [] : [...weights].map(([team, weight]) => ({ team, weight }));
}

function workOf(
  estate: Estate,
  components: readonly number[],
  place: ReadonlyMap<number, number>,
): { people: number[]; assignment: number[][] } {
  const rows = new Map<number, { total: number; counts: number[] }>();
  for (const set of changesOfComponents(estate, components)) {
    for (const { person, weight } of set.authors) {
      if (estate.teams.teamOf(person, estate.window.to).length === 0) continue;
      const row = rows.get(person) ?? { total: 0, counts: components.map(() => 0) };
      row.total += weight;
      for (const component of set.components) {
        const at = place.get(component);
        if (at !== undefined) row.counts[at] = (row.counts[at] ?? 0) + weight;
      }
      rows.set(person, row);
    }
  }
  const chosen = [...rows]
    .sort(([p, x], [q, y]) => y.total - x.total || p - q)
    .slice(0, mostPeople)
    .sort(([p], [q]) => p - q);
  return { people: chosen.map(([person]) => person), assignment: chosen.map(([, { counts }]) => counts) };
}

/** Degree of co-change; pairs with fewer shared sets than the least sample are noise and need nothing. */
function dependency(estate: Estate, place: ReadonlyMap<number, number>): Matrix {
  const offsets = [0];
  const values: number[] = [];
  for (const set of estate.recent.sets) {
    for (const component of set.components) {
      const at = place.get(component);
      if (at !== undefined) values.push(at);
    }
    offsets.push(values.length);
  }
  const degrees = Array.from({ length: place.size }, () => Array.from({ length: place.size }, () => 0));
  const { pairs } = coChanges({
    rows: { offsets: Int32Array.from(offsets), values: Int32Array.from(values) },
    components: place.size,
  });
  for (const { a, b, shared, degree } of pairs) {
    if (shared < estate.parameters.nMin.pair) continue;
    const [one, other] = [degrees[a], degrees[b]];
    if (one && other) one[b] = other[a] = degree;
  }
  return degrees;
}

function sameTeam(teamsOf: readonly (readonly Ref[])[]): Matrix {
  return teamsOf.map((own, one) =>
    teamsOf.map((others, other) => (one !== other && own.some((team) => others.includes(team)) ? 1 : 0)),
  );
}

/** Commits of the window that two people made together. */
function coAuthorship(estate: Estate, people: readonly number[]): number[][] {
  const place = new Map(people.map((person, at) => [person, at]));
  const counts = people.map(() => people.map(() => 0));
  for (const set of [...estate.recent.sets, ...estate.recent.elsewhere, ...estate.recent.sweeps]) {
    if (set.authors.length < 2) continue;
    for (const { repository, commits } of set.parts) {
      for (const commit of commits) {
        const authors = estate.people.authorsOf(repository, commit).flatMap(({ person }) => place.get(person) ?? []);
        for (const one of authors) for (const other of authors) if (one !== other) addTo(counts[one], other);
      }
    }
  }
  return counts;
}

function addTo(row: number[] | undefined, at: number): void {
  if (row) row[at] = (row[at] ?? 0) + 1;
}

function betweenTeams(
  estate: Estate,
  required: Matrix,
  teamsOf: readonly (readonly TeamShare[])[],
  isSeen: (one: number, other: number) => boolean,
): Need["betweenTeams"] {
  const isApart = apart(estate);
  const found = new Map<string, { a: Ref; b: Ref; need: number; required: number; seen: number }>();
  for (let one = 0; one < required.length; one++) {
    for (let other = one + 1; other < required.length; other++) {
      const need = (required[one]?.[other] ?? 0) + (required[other]?.[one] ?? 0);
      if (need <= 0) continue;
      for (const first of teamsOf[one] ?? []) {
        for (const second of teamsOf[other] ?? []) {
          if (!isApart(first.team, second.team)) continue;
          const [a, b] = first.team < second.team ? [first.team, second.team] : [second.team, first.team];
          const pair = found.get(`${a} ${b}`) ?? { a, b, need: 0, required: 0, seen: 0 };
          pair.need += need * first.weight * second.weight;
          pair.required++;
          if (isSeen(one, other)) pair.seen++;
          found.set(`${a} ${b}`, pair);
        }
      }
    }
  }
  return [...found.values()].sort((x, y) => y.need - x.need || (x.a + x.b < y.a + y.b ? -1 : 1));
}

/** Members are connected when they changed the same component; unconnected members share a name, not work. */
function cohesionOf(team: Ref, teamsOf: readonly (readonly TeamShare[])[], assignment: Matrix): Cohesion[] {
  const members = teamsOf.flatMap((own, person) => (own.some((share) => share.team === team) ? [person] : []));
  if (members.length < 2) return [];
  const left = new Set(members);
  let largest = 0;
  for (const start of members) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const member of group) {
      for (const other of left) {
        if (!assignment[member]?.some((changes, component) => changes > 0 && (assignment[other]?.[component] ?? 0) > 0)) continue;
        left.delete(other);
        group.push(other);
      }
    }
    largest = Math.max(largest, group.length);
  }
  return [{ team, active: members.length, share: largest / members.length }];
}
