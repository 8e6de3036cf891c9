/** Change sets: what people changed together, with everything that is not design taken out and counted (history.md 3.2, 3.3; metrics.md 0.2, 0.3). */
import { type ComponentFact, isDeployable, type RepositoryFact } from "#model/facts.js";
import { commitCount, commitId, type History, subjectOf } from "#model/history.js";
import type { Parameters } from "#model/parameters.js";
import { daySeconds } from "#util/dates.js";
import { isTestFile } from "#util/test-files.js";
import { componentIndex, followRenames, type Lineage } from "../lineage/index.js";
import { type Noise, noiseOf } from "../noise/index.js";
import type { People } from "../people/index.js";
import { type Cut, cutOf } from "./cuts.js";
import { type Mainline, mainlineOf, parentCount } from "./mainline.js";
import { detectUnit, isTicket, keysOf, type Unit } from "./units.js";

export interface ChangeSet {
  /** Seconds: committer time of its newest commit. */
  readonly time: number;
  readonly parts: readonly ChangeSetPart[];
  /** Weights sum to 1; empty when only bots wrote it. */
  readonly authors: readonly { readonly person: number; readonly weight: number }[];
  /** Components with a changed file that is not noise, by index, ascending. */
  readonly components: readonly number[];
  /** Changed files that are not noise, each counted once however many commits touch it. */
  readonly files: number;
  readonly bot: boolean;
  readonly aiAssisted: boolean;
  /** What may join it with others: the tickets first, then Change-Ids. */
  readonly keys: readonly string[];
}

export interface ChangeSetPart {
  readonly repository: number;
  /** The commit to show for it: the merge that brought it in, or the commit itself. */
  readonly head: number;
  /** Newest first. */
  readonly commits: readonly number[];
  /** Changed files that are not noise: paths (index) under which they are known at HEAD, each once. */
  readonly files: readonly number[];
  /** Components of those files, by index, ascending. */
  readonly components: readonly number[];
}

/** How one repository's commits were read. */
export interface RepositoryView {
  readonly history: History;
  readonly repository: RepositoryFact;
  readonly mainline: Mainline;
  readonly unit: Unit;
  readonly cut: Cut;
  readonly lineage: Lineage;
  /** Per path: noise, seen from the component it belongs to. */
  readonly noise: readonly (Noise | null)[];
  /** Commits that only take another one back. */
  readonly reverted: ReadonlySet<number>;
}

export interface RepositoryChangeSets {
  /** Newest first, those of bots among them. */
  readonly sets: readonly ChangeSet[];
  /** Commits between the two times, and those of them left out. */
  readonly commits: number;
  readonly merges: number;
  readonly reverts: number;
}

/** Reads one repository. @param components of the whole system. */
export function viewRepository(
  index: number,
  history: History,
  repository: RepositoryFact,
  components: readonly ComponentFact[],
  people: People,
  parameters: Parameters,
): RepositoryView {
  const mainline = mainlineOf(history);
  const lineage = followRenames(
    history,
    componentIndex(components, (component) => component.repository === repository.id),
  );
  const noise = noiseOfPaths(history, components, lineage);
  const human = (commit: number) => !people.isBotCommit(index, commit);
  return {
    history,
    repository,
    mainline,
    lineage,
    noise,
    unit: detectUnit(history, mainline, human, parameters),
    cut: cutOf(history, repository, mainline, (path) => noise[path] === null),
    reverted: revertedCommits(history),
  };
}

/** Inside one program a change brings its tests along, and these often stand in a folder of their own: where modules are judged, they are no crossing. */
function noiseOfPaths(history: History, components: readonly ComponentFact[], lineage: Lineage): (Noise | null)[] {
  const componentOfPath = new Int32Array(history.paths.length).fill(-1);
  for (const [i, path] of history.files.entries()) {
    const component = lineage.component[i] ?? -1;
    if (component >= 0) componentOfPath[path] = component;
  }
  const areModulesJudged = components.filter(isDeployable).length < 2;
  return history.paths.map((path, index) => {
    const { paths = [], kind = null } = components[componentOfPath[index] ?? -1] ?? {};
    const folder = paths.find((candidate) => candidate !== "" && path.startsWith(`${candidate}/`));
    const inside = folder === undefined ? path : path.slice(folder.length + 1);
    const isTest = areModulesJudged && (kind === "module" || kind === "library") && isTestFile(inside);
    return isTest ? "test" : noiseOf(inside);
  });
}

/** Commits that take another commit of this history back: the change counts once, with the original. */
function revertedCommits(history: History): Set<number> {
  const bySubject = new Map<string, number[]>();
  const byId = new Map<string, number>();
  for (const [, target] of history.reverts) {
    if (target.startsWith(subjectMark)) bySubject.set(target.slice(subjectMark.length), []);
    else byId.set(target.slice(0, 7), -1);
  }
  for (let commit = 0; commit < commitCount(history); commit++) {
    if (bySubject.size > 0) bySubject.get(subjectOf(history, commit))?.push(commit);
    if (byId.size > 0) {
      const id = commitId(history, commit, 4).slice(0, 7);
      if (byId.get(id) === -1) byId.set(id, commit);
    }
  }
  const gone = new Set<number>();
  for (const [revert, target] of history.reverts) {
    const original = target.startsWith(subjectMark)
      ? bySubject.get(target.slice(subjectMark.length))?.findLast((commit) => commit < revert)
      : byId.get(target.slice(0, 7));
    if (original !== undefined && original >= 0 && original < revert) gone.add(revert);
  }
  return gone;
}

/** Before the subject of a reverted commit whose id the message does not give. */
const subjectMark = "subject:";

/** Change sets of one repository between two times in seconds, both included. */
export function changeSetsOf(
  index: number,
  view: RepositoryView,
  people: People,
  from: number,
  to: number,
): RepositoryChangeSets {
  const { history, unit } = view;
  const boundary = new Set(view.repository.shallowBoundary);
  const groups = new Map<number, number[]>();
  let commits = 0;
  let merges = 0;
  let reverts = 0;
  for (let commit = commitCount(history) - 1; commit >= 0; commit--) {
    const head = unit.base === "mainline" ? (view.mainline.changeOf[commit] ?? commit) : commit;
    const time = history.committerTimes[head] ?? 0;
    if (time < from || time > to) continue;
    commits++;
    if (parentCount(history, commit) > 1) merges++;
    else if (view.reverted.has(commit)) reverts++;
    // The cut of a shallow clone looks as if it had added every file.
    else if (boundary.size > 0 && boundary.has(commitId(history, commit))) continue;
    else {
      const group = groups.get(head);
      if (group) group.push(commit);
      else groups.set(head, [commit]);
    }
  }
  return { sets: [...groups].map(([head, group]) => changeSetOf(index, view, people, head, group)), commits, merges, reverts };
}

function changeSetOf(
  repository: number,
  view: RepositoryView,
  people: People,
  head: number,
  commits: readonly number[],
): ChangeSet {
  const { history, lineage, noise } = view;
  const files = new Set<number>();
  const components = new Set<number>();
  const weights = new Map<number, number>();
  const keys = new Set<string>(keysOf(history, head));
  let human = 0;
  let aiAssisted = false;
  for (const commit of commits) {
    for (const key of keysOf(history, commit)) keys.add(key);
    if (people.isAiAssisted(repository, commit)) aiAssisted = true;
    if (people.isBotCommit(repository, commit)) continue;
    human++;
    for (const { person, weight } of people.authorsOf(repository, commit))
      weights.set(person, (weights.get(person) ?? 0) + weight);
    for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
      if (noise[history.files[i] ?? 0] !== null) continue;
      files.add(lineage.pathAtHead[i] ?? 0);
      const component = lineage.component[i] ?? -1;
      if (component >= 0) components.add(component);
    }
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const touched = [...components].sort((a, b) => a - b);
  return {
    time: history.committerTimes[head] ?? 0,
    parts: [{ repository, head, commits, files: [...files], components: touched }],
    authors: [...weights].sort(([a], [b]) => a - b).map(([person, weight]) => ({ person, weight: weight / total })),
    components: touched,
    files: files.size,
    bot: human === 0,
    aiAssisted,
    keys: inOrder(keys),
  };
}

/** Tickets before Change-Ids: what several commits name says more than what each has of its own. */
function inOrder(keys: ReadonlySet<string>): string[] {
  const sorted = [...keys].sort();
  return [...sorted.filter(isTicket), ...sorted.filter((key) => !isTicket(key))];
}

/** Whether it names a ticket. */
export function namesTicket(set: ChangeSet): boolean {
  return set.keys.some(isTicket);
}

/** Joins change sets that share a key within `days`; a set belongs to the first of its keys. Sets without a key stay as they are. */
export function joinByKey(sets: readonly ChangeSet[], days: number): ChangeSet[] {
  const joined: ChangeSet[] = [];
  const open = new Map<string, ChangeSet[]>();
  for (const set of sets.toSorted((a, b) => a.time - b.time)) {
    const key = set.bot ? undefined : set.keys[0];
    if (key === undefined) {
      joined.push(set);
      continue;
    }
    const group = open.get(key);
    const start = group?.[0]?.time ?? Number.NEGATIVE_INFINITY;
    if (group && set.time - start <= days * daySeconds) group.push(set);
    else {
      if (group) joined.push(union(group));
      open.set(key, [set]);
    }
  }
  for (const group of open.values()) joined.push(union(group));
  return joined.sort((a, b) => b.time - a.time);
}

function union(sets: readonly ChangeSet[]): ChangeSet {
  const [only] = sets;
  if (sets.length === 1 && only) return only;
  const weights = new Map<number, number>();
  for (const set of sets)
    for (const { person, weight } of set.authors) weights.set(person, (weights.get(person) ?? 0) + weight / sets.length);
  const parts = sets.flatMap((set) => set.parts);
  return {
    time: sets.reduce((last, set) => Math.max(last, set.time), Number.NEGATIVE_INFINITY),
    parts,
    authors: [...weights].sort(([a], [b]) => a - b).map(([person, weight]) => ({ person, weight })),
    components: [...new Set(sets.flatMap((set) => set.components))].sort((a, b) => a - b),
    files: new Set(parts.flatMap(({ repository, files }) => files.map((file) => `${repository} ${file}`))).size,
    bot: false,
    aiAssisted: sets.some((set) => set.aiAssisted),
    keys: inOrder(new Set(sets.flatMap((set) => set.keys))),
  };
}
