/** Whose files they are, and how few people could leave before most of them are nobody's (Avelino et al., ICPC 2016; metrics.md D5). */
import { commitCount } from "#model/history.js";
import { degreeOfAuthorship } from "#util/statistics/index.js";
import type { RepositoryView } from "../change-sets/index.js";
import type { Estate } from "../estate/index.js";

export interface AuthoredFile {
  readonly repository: string;
  readonly path: string;
  /** By index. */
  readonly component: number;
  /** Persons, ascending; none where nobody knows enough of it. */
  readonly authors: readonly number[];
}

/** An author has more than this share of the largest degree of authorship of the file, and this degree, or has made the file. */
const authorShare = 0.75;
const authorDegree = 3.293;
/** The system is in trouble when fewer of its files have an author. */
const coveredShare = 0.5;
/** Who has less than this share of the files of the strongest author is no key person. */
const keyShare = 0.1;

/** Files of components that exist at HEAD and are no noise, with at least one change by people, over all history. */
export function authoredFiles(estate: Estate): AuthoredFile[] {
  return estate.repositories.flatMap((view, repository) => filesOf(estate, view, repository));
}

/** Least number of people without whom less than half of the files have an author; 0 when that is so from the start, null without files. */
export function truckFactor(files: readonly Pick<AuthoredFile, "authors">[]): number | null {
  if (files.length === 0) return null;
  const filesByAuthor = new Map<number, number[]>();
  for (const [file, { authors }] of files.entries()) {
    for (const author of authors) {
      const own = filesByAuthor.get(author);
      if (own) own.push(file);
      else filesByAuthor.set(author, [file]);
    }
  }
  const ranked = [...filesByAuthor].sort(([p, x], [q, y]) => y.length - x.length || p - q);
  const left = files.map(({ authors }) => authors.length);
  let covered = left.filter((authors) => authors > 0).length;
  const most = ranked[0]?.[1].length ?? 0;
  let key = 0;
  for (const [, own] of ranked) {
    if (covered < coveredShare * files.length) break;
    if (own.length >= keyShare * most) key++;
    for (const file of own) {
      left[file] = (left[file] ?? 0) - 1;
      if (left[file] === 0) covered--;
    }
  }
  return key;
}

interface Changes {
  /** Of the newest change. */
  component: number;
  total: number;
  /** Of the oldest change: who made the file. */
  readonly creators: readonly { readonly person: number }[];
  readonly byPerson: Map<number, number>;
}

function filesOf(
  estate: Estate,
  { history, lineage, noise, repository: { id, files } }: RepositoryView,
  repository: number,
): AuthoredFile[] {
  const alive = new Set(files);
  const counts = Uint8Array.from(history.paths, (path, index) => (noise[index] === null && alive.has(path) ? 1 : 0));
  const changes = new Map<number, Changes>();
  for (let commit = 0; commit < commitCount(history); commit++) {
    const authors = estate.people.authorsOf(repository, commit);
    for (let i = history.fileOffsets[commit] ?? 0; i < (history.fileOffsets[commit + 1] ?? 0); i++) {
      const path = lineage.pathAtHead[i] ?? 0;
      const component = lineage.component[i] ?? -1;
      if (counts[path] !== 1 || component < 0) continue;
      let file = changes.get(path);
      if (!file) changes.set(path, (file = { component, total: 0, creators: authors, byPerson: new Map<number, number>() }));
      file.component = component;
      if (authors.length > 0) file.total++;
      for (const { person } of authors) file.byPerson.set(person, (file.byPerson.get(person) ?? 0) + 1);
    }
  }
  return [...changes].flatMap(([path, file]) =>
    file.total === 0
      ? []
      : [{ repository: id, path: history.paths[path] ?? "", component: file.component, authors: authorsOf(file) }],
  );
}

function authorsOf({ total, creators, byPerson }: Changes): number[] {
  const degrees = [...byPerson].map(([person, own]) => {
    const created = creators.some((creator) => creator.person === person);
    return { person, created, degree: degreeOfAuthorship(created, own, total - own) };
  });
  const largest = Math.max(...degrees.map(({ degree }) => degree));
  return degrees
    .filter(({ degree, created }) => degree > authorShare * largest && (degree >= authorDegree || created))
    .map(({ person }) => person)
    .sort((a, b) => a - b);
}
