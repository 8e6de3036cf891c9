/** What the repositories themselves say about releases. */
import { collectReleases } from "#collect/deploys/index.js";
import type { Clone } from "#collect/git/index.js";
import { componentNames } from "#collect/records/index.js";
import type { Facts } from "#model/facts.js";

/** The facts with what stands for deploys in the repositories: tags, and commits that change versions in manifests. @param clones parallel to the histories */
export function withReleases(facts: Facts, clones: readonly Clone[]): Facts {
  const names = componentNames(facts.components, facts.deployments);
  const { deploys, sources } = collectReleases(clones, facts.histories, facts.components, names);
  return deploys.length === 0 ? facts : { ...facts, deploys, sources: [...facts.sources, ...sources] };
}
