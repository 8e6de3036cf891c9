import type { Clone, CloneState } from "#collect/git/index.js";
import type { RepositoryFact } from "#model/facts.js";

/** What is known of a repository beside its history. */
export function repositoryFact(
  clone: Clone,
  state: CloneState | undefined,
  files: readonly string[] | undefined,
  dialect: RepositoryFact["dialect"] | undefined,
): RepositoryFact {
  return {
    id: clone.id,
    head: state?.head ?? null,
    objectFormat: state?.objectFormat ?? "sha1",
    bare: state?.bare ?? false,
    shallow: state?.shallow ?? false,
    shallowBoundary: state?.shallowBoundary ?? [],
    partial: state?.partial ?? false,
    detached: state?.detached ?? false,
    replaceRefs: state?.replaceRefs ?? 0,
    dialect: dialect ?? "unknown",
    files: files ?? [],
  };
}
