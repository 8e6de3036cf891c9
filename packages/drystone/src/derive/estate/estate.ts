/** What assessments look at: facts, and what two or more of them need from the facts. Built once per run; pure. */
import { type ComponentFact, type Facts, isDeployable, type RepositoryFact } from "#model/facts.js";
import { commitCount, emptyHistory } from "#model/history.js";
import type { Parameters } from "#model/parameters.js";
import type { Ref } from "#model/refs.js";
import { daySeconds, monthsBefore } from "#util/dates.js";
import {
  type ChangeSet,
  changeSetsOf,
  joinByKey,
  namesTicket,
  type RepositoryView,
  viewRepository,
} from "../change-sets/index.js";
import { componentIndex } from "../lineage/index.js";
import { type ComponentOwnership, componentOwnership, ownerRefs } from "../ownership/index.js";
import { type People, resolvePeople } from "../people/index.js";
import { type TeamMembership, teamMembership } from "../teams/index.js";
import { type SystemWindow, systemWindow } from "../window/index.js";

export interface Estate {
  readonly facts: Facts;
  readonly parameters: Parameters;
  readonly components: readonly ComponentFact[];
  /** Components by index whose coupling is judged: deployables where there are two or more, else modules. */
  readonly subjects: readonly number[];
  readonly level: "service" | "module";
  /** Deployables that are built here, by index. */
  readonly services: readonly number[];
  readonly people: People;
  readonly teams: TeamMembership;
  /** Parallel to `components`. */
  readonly ownership: readonly ComponentOwnership[];
  readonly window: SystemWindow;
  readonly repositories: readonly RepositoryView[];
  /** What stands against judging this history at all; empty when it can be. */
  readonly obstacles: readonly Obstacle[];
  /** The window after cuts, and what lies in it. */
  readonly recent: SystemChangeSets;
  /** The window of the same length before it; null where history does not reach back or is cut. */
  readonly before: SystemChangeSets | null;
  /** Pairs look further back (`parameters.pairs.months`). */
  readonly long: SystemChangeSets;
  /** How changes of several repositories are told to belong together. */
  readonly across: Across;
}

export interface Obstacle {
  readonly kind: "no-history" | "shallow" | "grafted" | "no-shared-key";
  readonly text: string;
  readonly repository: string | null;
  readonly input: string;
  readonly how: string;
}

export interface SystemChangeSets {
  readonly from: number;
  readonly to: number;
  /** By people, touching a subject, no sweeps; newest first. */
  readonly sets: readonly ChangeSet[];
  /** Wide sets by people: left out of coupling and reported on their own. */
  readonly sweeps: readonly ChangeSet[];
  /** Sets by people that touch no subject, or noise only. */
  readonly elsewhere: readonly ChangeSet[];
  readonly bots: readonly ChangeSet[];
  readonly commits: number;
  readonly merges: number;
  readonly reverts: number;
  /** Per repository, in words: how its commits became change sets. */
  readonly hygiene: readonly (readonly string[])[];
}

export interface Across {
  /** Repositories that hold a subject. */
  readonly repositories: number;
  /** Whether changes across repositories can be seen at all. */
  readonly visible: boolean;
  readonly sharedKeys: number;
  readonly keyedShare: number;
}

/** @param asOf end of the window in seconds; null for the last activity. */
export function deriveEstate(facts: Facts, parameters: Parameters, asOf: number | null): Estate {
  const { components } = facts;
  const people = resolvePeople(facts.histories, facts.config, facts.teams);
  const teams = teamMembership(facts.teams, people);
  const window = systemWindow(facts.histories, (repository, commit) => !people.isBotCommit(repository, commit), parameters, asOf);
  const repositories = facts.repositories.map((repository, index) => view(facts, repository, index, people, parameters));
  const services = indices(components, isDeployable);
  const modules = modulesOf(components);
  const level = services.length >= 2 ? "service" : "module";
  const subjects = level === "service" ? services : modules;
  const context = { facts, parameters, people, repositories, subjects, level } as const;
  const across = seeAcross(context, window);
  const cut = cutFrom(repositories, window.from);
  const recent = select(context, across, Math.max(window.from, cut), window.to);
  const length = parameters.window.months;
  const previousFrom = length === null ? null : monthsBefore(window.from, length);
  return {
    facts,
    parameters,
    components,
    subjects,
    level,
    services,
    people,
    teams,
    ownership: ownershipOf(facts),
    window,
    repositories,
    obstacles: findObstacles(facts, repositories, window, across, level),
    recent,
    before: previousFrom === null || cut > previousFrom ? null : select(context, across, previousFrom, window.from - 1),
    long: select(
      context,
      across,
      Math.max(monthsBefore(window.to, Math.max(parameters.pairs.months, length ?? 0)), cut),
      window.to,
    ),
    across,
  };
}

/** The change sets that other settings would give: to see whether a verdict hangs on one of them (metrics.md J). */
export function underOtherSettings(
  estate: Estate,
  other: { readonly months?: number; readonly maxFiles?: number; readonly noise?: boolean },
): SystemChangeSets {
  const { facts, people, subjects, level, window } = estate;
  const parameters = {
    ...estate.parameters,
    changeSet: { ...estate.parameters.changeSet, maxFiles: other.maxFiles ?? estate.parameters.changeSet.maxFiles },
  };
  const repositories = other.noise
    ? estate.repositories.map((repository) => ({ ...repository, noise: repository.noise.map(() => null) }))
    : estate.repositories;
  const from = other.months === undefined ? window.from : monthsBefore(window.to, other.months);
  return select(
    { facts, parameters, people, repositories, subjects, level },
    estate.across,
    Math.max(from, cutFrom(repositories, from)),
    window.to,
  );
}

/** What stands against asking history anything at all: it is missing, or a part of it would pass for the whole. */
export function historyObstacles(estate: Pick<Estate, "obstacles">): readonly Obstacle[] {
  return estate.obstacles.filter(({ kind }) => kind === "shallow" || kind === "no-history");
}

function view(facts: Facts, repository: RepositoryFact, index: number, people: People, parameters: Parameters): RepositoryView {
  const history = facts.histories[index] ?? emptyHistory(repository.id);
  return viewRepository(index, history, repository, facts.components, people, parameters);
}

/** Modules and libraries that are not a whole with parts of its own. A package at the root beside packages in folders is one of them. */
function modulesOf(components: readonly ComponentFact[]): number[] {
  const found = indices(components, ({ kind, built }) => built && (kind === "module" || kind === "library"));
  const wholes = new Set(components.map(({ partOf }) => partOf));
  const parts = found.filter((index) => !wholes.has(components[index]?.ref ?? ""));
  return parts.length >= 2 ? parts : found;
}

function indices<Value>(values: readonly Value[], accept: (value: Value) => boolean): number[] {
  return values.flatMap((value, index) => (accept(value) ? [index] : []));
}

/** The latest cut of any repository that falls into the window; the window starts there. */
function cutFrom(repositories: readonly RepositoryView[], from: number): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...repositories.map(({ cut }) => cut.from).filter((time) => time > from));
}

interface Context {
  readonly facts: Facts;
  readonly parameters: Parameters;
  readonly people: People;
  readonly repositories: readonly RepositoryView[];
  readonly subjects: readonly number[];
  readonly level: "service" | "module";
}

function select(context: Context, across: Across, from: number, to: number): SystemChangeSets {
  const { people, parameters, repositories, subjects } = context;
  const isSubject = new Set(subjects);
  const own = repositories.map((repository, index) => changeSetsOf(index, repository, people, from, to));
  const byTicket = repositories.map(({ unit }) => unit.unit === "ticket" || (across.visible && across.repositories > 1));
  const loose = own.flatMap(({ sets }, index) => (byTicket[index] ? [] : sets));
  // A ticket that was begun before the window and ended in it counts as a whole; nothing is read across a cut.
  const early = Math.max(from - parameters.changeSet.ticketDays * daySeconds, cutFrom(repositories, Number.NEGATIVE_INFINITY));
  const keyed = own.flatMap(({ sets }, index) => {
    const view = repositories[index];
    return byTicket[index] && view ? [...sets, ...changeSetsOf(index, view, people, early, from - 1).sets] : [];
  });
  const tickets = joinByKey(keyed, parameters.changeSet.ticketDays).filter(({ time }) => time >= from);
  const all = [...loose, ...tickets].sort((a, b) => b.time - a.time);
  const onlyKeyed = across.repositories > 1 && across.visible;
  const chosen: Record<"sets" | "sweeps" | "elsewhere" | "bots", ChangeSet[]> = { sets: [], sweeps: [], elsewhere: [], bots: [] };
  for (const set of all) {
    const width = set.components.filter((component) => isSubject.has(component)).length;
    if (set.bot) chosen.bots.push(set);
    else if (width === 0 || (onlyKeyed && !namesTicket(set))) chosen.elsewhere.push(set);
    else if (isSweep(set.files, width, subjects.length, parameters)) chosen.sweeps.push(set);
    else chosen.sets.push(set);
  }
  return {
    from,
    to,
    ...chosen,
    commits: sum(own.map(({ commits }) => commits)),
    merges: sum(own.map(({ merges }) => merges)),
    reverts: sum(own.map(({ reverts }) => reverts)),
    hygiene: own.map((counts, index) => hygieneOf(index, counts, chosen, context)),
  };
}

/** Wide changes: more files than one change has, or so many services that it is about none of them (metrics.md 0.3, architecture.md 5). */
function isSweep(files: number, width: number, subjects: number, { changeSet }: Parameters): boolean {
  return files > changeSet.maxFiles || width >= Math.max(changeSet.sweepServices, changeSet.sweepShare * subjects);
}

function hygieneOf(
  index: number,
  counts: { readonly commits: number; readonly merges: number; readonly reverts: number },
  chosen: Record<"sets" | "sweeps" | "elsewhere" | "bots", readonly ChangeSet[]>,
  { level, subjects, parameters }: Context,
): string[] {
  const { maxFiles, sweepServices } = parameters.changeSet;
  const isSubject = new Set(subjects);
  const of = (sets: readonly ChangeSet[]) => sets.filter((set) => set.parts[0]?.repository === index).length;
  const [bots, elsewhere, sweeps, sets] = [of(chosen.bots), of(chosen.elsewhere), of(chosen.sweeps), of(chosen.sets)];
  const alone = of(chosen.elsewhere.filter((set) => set.components.some((component) => isSubject.has(component))));
  return [
    `${count(counts.commits, "commit")} in the window`,
    `of them ${count(counts.merges, "merge")} and ${count(counts.reverts, "revert")}`,
    `the others make ${count(bots + elsewhere + sweeps + sets, "change set")}: ${bots} by bots`,
    `${elsewhere - alone} that touch no ${level} or only ${level === "module" ? "tests, " : ""}lock files, manifests, documentation and the like`,
    ...(alone > 0 ? [`${alone} that name no ticket: what changed with them in other repositories cannot be told`] : []),
    `${count(sweeps, "sweep")} (more than ${maxFiles} files, or half of the ${level}s and at least ${sweepServices})`,
    `${sets} by people to judge`,
  ];
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function seeAcross({ facts, repositories, people, subjects, parameters }: Context, window: SystemWindow): Across {
  const holders = new Set(subjects.map((subject) => facts.components[subject]?.repository));
  if (holders.size < 2) return { repositories: holders.size, visible: true, sharedKeys: 0, keyedShare: 0 };
  const repositoriesOfKey = new Map<string, Set<number>>();
  let sets = 0;
  let keyed = 0;
  for (const [index, repository] of repositories.entries()) {
    for (const set of changeSetsOf(index, repository, people, window.from, window.to).sets) {
      if (set.bot || set.components.length === 0) continue;
      sets++;
      if (namesTicket(set)) keyed++;
      for (const key of set.keys) {
        const seen = repositoriesOfKey.get(key);
        if (seen) seen.add(index);
        else repositoriesOfKey.set(key, new Set([index]));
      }
    }
  }
  const sharedKeys = [...repositoriesOfKey.values()].filter((seen) => seen.size > 1).length;
  const keyedShare = sets === 0 ? 0 : keyed / sets;
  return {
    repositories: holders.size,
    visible: keyedShare >= parameters.changeSet.ticketShare && sharedTracker(repositoriesOfKey),
    sharedKeys,
    keyedShare,
  };
}

/** Several repositories name tickets of one tracker project (`SHOP-…`), whether or not they ever shared one. */
function sharedTracker(repositoriesOfKey: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  const byProject = new Map<string, Set<number>>();
  for (const [key, seen] of repositoriesOfKey) {
    const project = key.replace(/[-#][0-9]+$/, "");
    const known = byProject.get(project) ?? new Set<number>();
    for (const repository of seen) known.add(repository);
    byProject.set(project, known);
  }
  return [...byProject.values()].some((seen) => seen.size > 1);
}

function findObstacles(
  facts: Facts,
  repositories: readonly RepositoryView[],
  window: SystemWindow,
  across: Across,
  level: "service" | "module",
): Obstacle[] {
  const found: Obstacle[] = [];
  for (const [index, { repository, cut, history }] of repositories.entries()) {
    if (!facts.histories[index] || commitCount(history) === 0) {
      found.push({
        kind: "no-history",
        text: `The history of ${repository.id} could not be read.`,
        repository: repository.id,
        input: `the history of ${repository.id}`,
        how: "git clone the repository again with its whole history, then drystone assess PATH",
      });
    } else if (cut.kind === "shallow" && cut.from > window.from) {
      found.push({
        kind: "shallow",
        text: `${repository.id} is a shallow clone: its history starts inside of the window, and a part of it would pass for the whole.`,
        repository: repository.id,
        input: "the whole history",
        how: "git fetch --unshallow --filter=blob:none   (GitHub Actions: actions/checkout with fetch-depth: 0, filter: blob:none)",
      });
    } else if (cut.kind === "grafted" && cut.from > window.from) {
      found.push({
        kind: "grafted",
        text: `${repository.id}: ${cut.reason ?? ""}`,
        repository: repository.id,
        input: "change sets after the repositories were merged",
        how: "run again when the merged history is older than the window, or pass the original repositories as one system: drystone assess REPOSITORY…",
      });
    }
  }
  if (!across.visible && level === "service") {
    found.push({
      kind: "no-shared-key",
      text: `The services live in ${across.repositories} repositories, and their commits name no common tickets: changes that belong together cannot be told from changes that do not.`,
      repository: null,
      input: "ticket keys in commit messages (SHOP-123), or deploy events",
      how: "drystone assess PATH… --deploys FILE   (or name the ticket in every commit from now on)",
    });
  }
  return found;
}

function ownershipOf(facts: Facts): ComponentOwnership[] {
  const refs = ownerRefs(facts.ownershipRules, facts.teams);
  const filesOf = filesByComponent(facts);
  return facts.components.map((component) =>
    componentOwnership(component, filesOf.get(component.ref) ?? [], facts.ownershipRules, refs),
  );
}

function filesByComponent(facts: Facts): Map<Ref, string[]> {
  const files = new Map<Ref, string[]>();
  for (const repository of facts.repositories) {
    const componentOf = componentIndex(facts.components, (component) => component.repository === repository.id);
    for (const path of repository.files) {
      const component = facts.components[componentOf(path)];
      if (!component) continue;
      const known = files.get(component.ref);
      if (known) known.push(path);
      else files.set(component.ref, [path]);
    }
  }
  return files;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
