/** Where a component lies and how it is called, for files that mention it. */
import type { ComponentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface ComponentPlace {
  readonly ref: Ref;
  readonly repository: string;
  readonly paths: readonly string[];
  readonly names: readonly string[];
}

export function componentPlaces(components: readonly ComponentFact[]): ComponentPlace[] {
  return components.map(({ ref, repository, paths, name, aliases }) => ({
    ref,
    repository,
    paths: paths.map((path) => path.replace(/\/?\*{1,50}$/, "")),
    names: [name, ...aliases].filter((known) => !/[.:/]/.test(known)),
  }));
}

export function isInside(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
