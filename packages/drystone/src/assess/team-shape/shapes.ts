/** What is declared and observed of each team: name, size, stability, key people, span, layers (metrics.md D4, D5, C1). */

import { type AuthoredFile, truckFactor } from "#derive/authorship/index.js";
import type { Estate } from "#derive/estate/index.js";
import { isKnown, owningTeams, strongestTeam, teamWeights } from "#derive/team-changes/index.js";
import type { TeamFact } from "#model/facts.js";
import { daySeconds, isoDate, monthsBefore } from "#util/dates.js";
import { teamStability } from "#util/statistics/index.js";
import { layersByTeam, type TeamLayers } from "./layers.js";

/** Yes, no, neither, or not known. */
export type Answer = boolean | "between" | null;

export interface TeamShape {
  readonly team: TeamFact;
  /** False for a name that says what people do and not what for, unless the team has declared a mission. */
  readonly named: boolean;
  /** Members declared for the end of the window; null when none ever was. */
  readonly size: number | null;
  /** Of them with a change in the last 90 days, and in the last six months. */
  readonly active: number;
  readonly activeHalfYear: number;
  readonly small: Answer;
  readonly stable: Answer;
  readonly retention: Retention | null;
  /** Change sets of the window that the team made. */
  readonly changes: number;
  /** Components with this team as their one owner. */
  readonly span: number;
  readonly files: number;
  readonly truckFactor: number | null;
  readonly layers: TeamLayers | null;
}

export interface Retention {
  /** Share of the earlier members who are still there, and common members over all, 0..1. */
  readonly retention: number;
  readonly jaccard: number;
  readonly earlier: number;
  /** From dates of membership; or from who worked, which cannot see those who left the list. */
  readonly from: "dates" | "activity";
}

const retentionMonths = 6;

/** Teams that hold people; a unit above teams, with no members of its own, is none. Sorted as given. */
export function teamShapes(estate: Estate, files: readonly AuthoredFile[], usable: boolean): TeamShape[] {
  const { teams } = estate.facts;
  const parents = new Set(teams.map(({ parent }) => parent));
  const owned = owningTeams(estate);
  const filesOf = filesByComponent(files);
  const layers = usable ? layersByTeam(estate) : null;
  const changes = usable ? changesByTeam(estate) : new Map<string, number>();
  const activity = usable ? lastChanges(estate) : new Map<number, number[]>();
  return teams
    .filter(({ ref, members }) => members.length > 0 || !parents.has(ref))
    .map((team): TeamShape => {
      const components = owned.get(team.ref) ?? [];
      const own = components.flatMap((component) => filesOf.get(component) ?? []);
      const size = sizeOf(estate, team);
      const retention = retentionOf(estate, team, activity);
      const since = (seconds: number): number =>
        membersAt(estate, team, estate.window.to).filter(
          (member) => typeof member === "number" && (activity.get(member)?.[0] ?? -Infinity) >= seconds,
        ).length;
      return {
        team,
        named: team.mission !== null || !isGenericName(team.name),
        size,
        active: since(estate.window.to - estate.parameters.D.activeDays * daySeconds),
        activeHalfYear: since(monthsBefore(estate.window.to, retentionMonths)),
        small: isSmall(estate, size),
        stable: isStable(estate, retention),
        retention,
        changes: changes.get(team.ref) ?? 0,
        span: components.length,
        files: own.length,
        truckFactor: truckFactor(own),
        layers: layers?.get(team.ref) ?? null,
      };
    });
}

function filesByComponent(files: readonly AuthoredFile[]): Map<number, AuthoredFile[]> {
  const found = new Map<number, AuthoredFile[]>();
  for (const file of files) {
    const own = found.get(file.component);
    if (own) own.push(file);
    else found.set(file.component, [file]);
  }
  return found;
}

/** metrics.md C1, with plurals and the names that code hosts give to rights. */
const genericWords = new Set(
  "team teams the group crew squad dev devs developer developers development eng engineer engineers engineering software tech technology it platform backend back end frontend front fullstack full stack web ui ux api server client mobile qa test tests testing quality data database dba ops operations devops sre infra infrastructure architecture architects design core common shared main all everyone staff member members maintainer maintainers approver approvers reviewer reviewers contributor contributors committer committers admin admins owner owners leads".split(
    " ",
  ),
);

/** True when every word says what people do (`backend-team`, `qa`), none says what for (`payments-backend`). */
export function isGenericName(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .every((word) => word === "" || /^\d+$/.test(word) || genericWords.has(word));
}

function sizeOf(estate: Estate, team: TeamFact): number | null {
  return team.members.length === 0 ? null : membersAt(estate, team, estate.window.to).length;
}

/** Members of the team itself at a time: persons where they are known from history, else what is written; each once. */
function membersAt(estate: Estate, team: TeamFact, seconds: number): (number | string)[] {
  const day = isoDate(seconds);
  const members = team.members.filter(
    ({ from, to }) => (from === null || from <= day.slice(0, from.length)) && (to === null || day.slice(0, to.length) <= to),
  );
  return [...new Set(members.map(({ id }) => personOf(estate, id)))];
}

function personOf(estate: Estate, text: string): number | string {
  const [person, ...others] = estate.people.find(text);
  return person === undefined || others.length > 0 ? text.trim().toLowerCase() : person;
}

function isSmall({ parameters: { D } }: Estate, size: number | null): Answer {
  if (size === null) return null;
  if (size > D.teamMax || size < 2) return false;
  return size < D.teamMin ? "between" : true;
}

function retentionOf(estate: Estate, team: TeamFact, activity: ReadonlyMap<number, readonly number[]>): Retention | null {
  const { to } = estate.window;
  const before = monthsBefore(to, retentionMonths);
  if (team.members.some((member) => member.from !== null || member.to !== null)) {
    const [earlier, now] = [membersAt(estate, team, before), membersAt(estate, team, to)];
    const stability = teamStability(earlier.map(String), now.map(String));
    return stability && { ...stability, earlier: earlier.length, from: "dates" };
  }
  const worked = (from: number, until: number): string[] =>
    membersAt(estate, team, to)
      .filter((member) => typeof member === "number" && (activity.get(member) ?? []).some((time) => time > from && time <= until))
      .map(String);
  const earlier = worked(monthsBefore(before, retentionMonths), before);
  const stability = teamStability(earlier, worked(before, to));
  return stability && { ...stability, earlier: earlier.length, from: "activity" };
}

/** Who left the list is not seen without dates: work can show that a team is unstable, never that it is stable. */
function isStable({ parameters: { C, D } }: Estate, retention: Retention | null): Answer {
  if (retention === null || (retention.from === "activity" && retention.earlier < D.teamMin)) return null;
  if (retention.retention < C.stableLo) return false;
  if (retention.from === "activity") return null;
  return retention.retention >= C.stableHi ? true : "between";
}

function changesByTeam(estate: Estate): Map<string, number> {
  const counts = new Map<string, number>();
  for (const set of [...estate.recent.sets, ...estate.recent.elsewhere]) {
    const weights = teamWeights(estate, set);
    const team = isKnown(weights) ? strongestTeam(weights) : null;
    if (team !== null) counts.set(team, (counts.get(team) ?? 0) + 1);
  }
  return counts;
}

/** Times of the change sets of each person in the window, newest first. */
function lastChanges(estate: Estate): Map<number, number[]> {
  const times = new Map<number, number[]>();
  const { sets, elsewhere, sweeps } = estate.recent;
  for (const set of [...sets, ...elsewhere, ...sweeps].sort((a, b) => b.time - a.time)) {
    for (const { person } of set.authors) {
      const own = times.get(person);
      if (own) own.push(set.time);
      else times.set(person, [set.time]);
    }
  }
  return times;
}
