import type { SourceFact } from "#model/facts.js";

/** By kind, repository and path. */
export function sortedSources(sources: readonly SourceFact[]): SourceFact[] {
  return sources.toSorted((a, b) => (sourceKey(a) < sourceKey(b) ? -1 : sourceKey(a) > sourceKey(b) ? 1 : 0));
}

function sourceKey({ kind, repository, path }: SourceFact): string {
  return `${kind}\0${repository}\0${path}`;
}
