/** Which people are in which team, and when. */
import type { Problem, TeamFact, TeamMember } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/** What membership needs to know of people; `People` of derive/people has it. */
export interface KnownPeople {
  readonly persons: readonly { readonly commits: number }[];
  readonly find: (text: string) => readonly number[];
}

export interface TeamShare {
  readonly team: Ref;
  /** 1/k for a person in k teams at that time. */
  readonly weight: number;
}

export interface MembershipCoverage {
  /** People with commits, and those of them who are in a team at any time. */
  readonly people: number;
  readonly inTeams: number;
  /** Share of their commits made by people in teams, 0..1; null without commits. */
  readonly shareOfCommits: number | null;
}

export interface TeamMembership {
  /** Teams of a person at a time in seconds since 1970, sorted; empty when unknown. Being in a team counts for it, not for its parents. */
  readonly teamOf: (person: number, timeSeconds: number) => readonly TeamShare[];
  /** Members of a team and the teams below it, sorted; of all times when no time is given. */
  readonly membersOf: (team: Ref, timeSeconds?: number) => readonly number[];
  /** The team itself, its parent, and so on. */
  readonly lineOf: (team: Ref) => readonly Ref[];
  /** Members who match nobody or several people of the history. Not an error: a new member has no commits yet. */
  readonly unresolved: readonly { readonly team: Ref; readonly member: string; readonly candidates: number }[];
  readonly problems: readonly Problem[];
  readonly coverage: MembershipCoverage;
}

interface Term {
  readonly team: Ref;
  /** Seconds since 1970; the last second counts. */
  readonly from: number;
  readonly to: number;
}

/** Matches the members of declared teams with the people of the history. The days `from` and `to` both count; a month or a year stands for all of its days. */
export function teamMembership(teams: readonly TeamFact[], people: KnownPeople): TeamMembership {
  const parents = parentsOf(teams);
  const terms = new Map<number, Term[]>();
  const unresolved: { team: Ref; member: string; candidates: number }[] = [];
  for (const team of teams) {
    for (const member of team.members) {
      const found = people.find(member.id);
      const [person] = found;
      if (found.length !== 1 || person === undefined)
        unresolved.push({ team: team.ref, member: member.id, candidates: found.length });
      else terms.set(person, [...(terms.get(person) ?? []), termOf(team.ref, member)]);
    }
  }
  const lineOf = (team: Ref): readonly Ref[] => upwards(team, parents.of);
  return {
    teamOf: (person, timeSeconds) => sharesAt(terms.get(person) ?? [], timeSeconds, lineOf),
    membersOf: (team, timeSeconds) => {
      const isMember = (term: Term): boolean =>
        (timeSeconds === undefined || isDuring(term, timeSeconds)) && lineOf(term.team).includes(team);
      return [...terms]
        .filter(([, own]) => own.some(isMember))
        .map(([person]) => person)
        .sort((a, b) => a - b);
    },
    lineOf,
    unresolved,
    problems: [...parents.problems, ...unresolved.map((member) => problemOf(member, teams))],
    coverage: coverageOf(people, terms),
  };
}

/** Parents that exist; a loop is cut at its alphabetically first team. */
function parentsOf(teams: readonly TeamFact[]): { of: ReadonlyMap<Ref, Ref>; problems: readonly Problem[] } {
  const known = new Set(teams.map(({ ref }) => ref));
  const parents = new Map(
    teams.flatMap(({ ref, parent }) => (parent === null || !known.has(parent) ? [] : [[ref, parent] as const])),
  );
  const problems: Problem[] = [];
  for (const team of [...teams].sort((a, b) => (a.ref < b.ref ? -1 : 1))) {
    const { ref, parent } = team;
    if (parent !== null && !known.has(parent))
      problems.push(problem(team, `parent ${parent} of ${ref} is no known team`, "declare it or take the line out"));
    if (!isInLoop(ref, parents)) continue;
    parents.delete(ref);
    problems.push(problem(team, `${ref} is its own ancestor`, "take out one parent"));
  }
  return { of: parents, problems };
}

function isInLoop(team: Ref, parents: ReadonlyMap<Ref, Ref>): boolean {
  const seen = new Set<Ref>();
  for (let at = parents.get(team); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === team) return true;
    seen.add(at);
  }
  return false;
}

function problem(team: TeamFact, message: string, hint: string): Problem {
  const place = team.evidence.find((evidence) => evidence.type === "declaration" || evidence.type === "file");
  return { path: place?.file ?? "drystone.yaml", line: place?.line ?? null, message, hint };
}

function upwards(team: Ref, parents: ReadonlyMap<Ref, Ref>): readonly Ref[] {
  const line: Ref[] = [];
  for (let at: Ref | undefined = team; at !== undefined; at = parents.get(at)) line.push(at);
  return line;
}

function termOf(team: Ref, { from, to }: TeamMember): Term {
  return { team, from: from === null ? -Infinity : firstSecond(from), to: to === null ? Infinity : afterLastSecond(to) - 1 };
}

/** First second of a day, month or year; -Infinity for text that is no date. */
function firstSecond(text: string): number {
  const parts = dateParts(text);
  return parts === null ? -Infinity : Date.UTC(parts[0], (parts[1] ?? 1) - 1, parts[2] ?? 1) / 1000;
}

function afterLastSecond(text: string): number {
  const parts = dateParts(text);
  if (parts === null) return Infinity;
  const [year, month, day] = parts;
  if (month === undefined) return Date.UTC(year + 1, 0, 1) / 1000;
  return (day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1)) / 1000;
}

function dateParts(text: string): readonly [number, number | undefined, number | undefined] | null {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text.trim());
  if (!match) return null;
  const [, year, month, day] = match;
  return [Number(year), month === undefined ? undefined : Number(month), day === undefined ? undefined : Number(day)];
}

function isDuring({ from, to }: Term, timeSeconds: number): boolean {
  return from <= timeSeconds && timeSeconds <= to;
}

/** Who is listed in a team and in one above it is in the lower one. */
function sharesAt(terms: readonly Term[], timeSeconds: number, lineOf: (team: Ref) => readonly Ref[]): readonly TeamShare[] {
  const now = [...new Set(terms.filter((term) => isDuring(term, timeSeconds)).map(({ team }) => team))].sort();
  const lowest = now.filter((team) => !now.some((other) => other !== team && lineOf(other).includes(team)));
  return lowest.map((team) => ({ team, weight: 1 / lowest.length }));
}

function problemOf(
  { team: ref, member, candidates }: { team: Ref; member: string; candidates: number },
  teams: readonly TeamFact[],
): Problem {
  const team = teams.find((one) => one.ref === ref) as TeamFact;
  if (candidates === 0)
    return problem(
      team,
      `${member} of ${ref} matches no author`,
      "write the e-mail address or login of the commits, or leave it if there are none yet",
    );
  return problem(team, `${member} of ${ref} matches ${candidates} people`, "write the e-mail address");
}

function coverageOf({ persons }: KnownPeople, terms: ReadonlyMap<number, unknown>): MembershipCoverage {
  const active = [...persons.keys()].filter((person) => (persons[person]?.commits ?? 0) > 0);
  const covered = active.filter((person) => terms.has(person));
  const commits = (of: readonly number[]): number => of.reduce((sum, person) => sum + (persons[person]?.commits ?? 0), 0);
  const all = commits(active);
  return { people: active.length, inTeams: covered.length, shareOfCommits: all === 0 ? null : commits(covered) / all };
}
