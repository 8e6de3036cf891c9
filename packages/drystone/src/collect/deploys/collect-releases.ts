/** What stands for deploys where no deploy was given: commits that change versions in manifests, else tags. */
import type { Clone } from "#collect/git/index.js";
import type { ComponentNames } from "#collect/records/index.js";
import { type ComponentFact, type DeployFact, isDeployable, type SourceFact } from "#model/facts.js";
import type { History } from "#model/history.js";
import { isoDate } from "#util/dates.js";
import { imageTagCommits } from "./image-tag-commits.js";
import { releaseTags } from "./release-tags.js";

export interface CollectedReleases {
  /** All are proxies, by time. */
  readonly deploys: readonly DeployFact[];
  readonly sources: readonly SourceFact[];
}

const commitSource = "image-tag commits";
const tagSource = "git tags";

/** @param histories parallel to the clones. A service whose manifests tell its versions is not counted by its tags too. */
export function collectReleases(
  clones: readonly Clone[],
  histories: readonly History[],
  components: readonly ComponentFact[],
  names: ComponentNames,
): CollectedReleases {
  const deployables = components.filter((component) => isDeployable(component));
  const refs = new Set(deployables.map(({ ref }) => ref));
  const find: ComponentNames["find"] = (name) => {
    const found = names.find(name);
    return found !== null && refs.has(found) ? found : null;
  };
  if (refs.size === 0) return { deploys: [], sources: [] };
  const commits = clones.map((clone, index) => {
    const history = histories[index];
    return history === undefined ? [] : imageTagCommits(clone, history, find, commitSource);
  });
  const inManifests = new Set(commits.flat().map(({ component }) => component));
  const tags = clones.map((clone) => {
    const own = deployables.filter(({ repository }) => repository === clone.id);
    const [only, ...more] = own;
    return releaseTags(clone, find, more.length === 0 ? (only?.ref ?? null) : null, tagSource).filter(
      ({ component }) => !inManifests.has(component),
    );
  });
  return {
    deploys: [...commits, ...tags].flat().sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1)),
    sources: clones.flatMap(({ id }, index) => [
      ...sourceOf(id, commitSource, commits[index] ?? []),
      ...sourceOf(id, tagSource, tags[index] ?? []),
    ]),
  };
}

function sourceOf(repository: string, path: string, deploys: readonly DeployFact[]): SourceFact[] {
  if (deploys.length === 0) return [];
  const times = deploys.map(({ time }) => time);
  const [from, to] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  return [
    {
      kind: "deploy",
      repository,
      path,
      read: true,
      facts: deploys.length,
      problem: null,
      window: { from: isoDate(from), to: isoDate(to) },
    },
  ];
}
