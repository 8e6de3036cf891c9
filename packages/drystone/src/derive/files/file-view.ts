/** Change sets file by file: what a part that is no component (a folder, a set of paths) is asked with. */
import { commitCount } from "#model/history.js";
import type { ChangeSet } from "../change-sets/index.js";
import type { Estate } from "../estate/index.js";
import { componentIndex } from "../lineage/index.js";
import { noiseOf } from "../noise/index.js";
import { isProgram, isTestPath } from "./kinds-of-files.js";

export interface SourceFile {
  /** By index. */
  readonly repository: number;
  readonly path: string;
  /** By index; -1 for none. */
  readonly component: number;
  /** Program text that is no test and no noise. */
  readonly isProgram: boolean;
}

/** One change set by people in the window; sweeps are out. */
export interface FileChange {
  readonly set: ChangeSet;
  /** Files that exist at HEAD and are no noise, by index into `FileView.files`, ascending. */
  readonly files: readonly number[];
}

export interface FileView {
  /** Tracked files, repository by repository, sorted by path within each. */
  readonly files: readonly SourceFile[];
  /** Index of a file, or -1. */
  readonly find: (repository: string, path: string) => number;
  /** Of the window, newest first. */
  readonly changes: readonly FileChange[];
}

/** @param sets to look at; without them those of the window by people, sweeps left out. */
export function viewFiles(estate: Estate, sets: readonly ChangeSet[] = setsOfWindow(estate)): FileView {
  const files: SourceFile[] = [];
  const places = estate.facts.repositories.map(() => new Map<string, number>());
  for (const [repository, fact] of estate.facts.repositories.entries()) {
    const componentOf = componentIndex(estate.components, (component) => component.repository === fact.id);
    for (const path of fact.files) {
      places[repository]?.set(path, files.length);
      files.push({
        repository,
        path,
        component: componentOf(path),
        isProgram: isProgram(path) && !isTestPath(path) && noiseOf(path) === null,
      });
    }
  }
  const repositoryOf = new Map(estate.facts.repositories.map(({ id }, index) => [id, index]));
  return {
    files,
    find: (repository, path) => places[repositoryOf.get(repository) ?? -1]?.get(path) ?? -1,
    changes: changesOf(estate, places, sets),
  };
}

function setsOfWindow({ recent, parameters }: Estate): ChangeSet[] {
  const narrow = recent.elsewhere.filter(({ files }) => files > 0 && files <= parameters.changeSet.maxFiles);
  return [...recent.sets, ...narrow].sort((a, b) => b.time - a.time);
}

function changesOf(estate: Estate, places: readonly ReadonlyMap<string, number>[], sets: readonly ChangeSet[]): FileChange[] {
  // Per repository: index of the file for each path of its history, -1 for noise and for what is gone.
  const alive = estate.repositories.map(({ history, noise }, repository) =>
    Int32Array.from(history.paths, (path, index) => (noise[index] === null ? (places[repository]?.get(path) ?? -1) : -1)),
  );
  return sets.map((set) => {
    const found = new Set<number>();
    for (const { repository, commits } of set.parts) {
      const view = estate.repositories[repository];
      if (view === undefined) continue;
      const { history, lineage } = view;
      for (const commit of commits) {
        if (commit >= commitCount(history) || estate.people.isBotCommit(repository, commit)) continue;
        for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
          const file = alive[repository]?.[lineage.pathAtHead[i] ?? 0] ?? -1;
          if (file >= 0) found.add(file);
        }
      }
    }
    return { set, files: [...found].sort((a, b) => a - b) };
  });
}
