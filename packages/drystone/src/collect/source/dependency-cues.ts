/** What the build of a component says: frameworks that connect to registries, configuration, tracing and stores by themselves. */
import type { Cue } from "#collect/code/index.js";
import type { UsedDependency } from "#collect/inventory/index.js";
import type { FoundCue } from "#collect/links/index.js";
import { rolesOfDependencies, storesOfDependencies } from "#collect/settings/index.js";
import type { Ref } from "#model/refs.js";

export function dependencyCues(dependencies: readonly UsedDependency[]): Map<Ref, FoundCue[]> {
  const found = new Map<Ref, FoundCue[]>();
  for (const { name, use } of dependencies) {
    const [place] = use.evidence;
    if (place?.type !== "file") continue;
    const at = { file: place.file, line: place.line, text: place.text ?? name };
    const cues: Cue[] = [
      ...rolesOfDependencies([name]).map(({ role, technology }): Cue => ({ kind: "role", role, detail: technology, ...at })),
      ...storesOfDependencies([name]).map(
        ({ technology, library }): Cue => ({
          kind: "store-client",
          technology,
          library,
          database: null,
          ...at,
        }),
      ),
    ];
    const list = found.get(use.component) ?? [];
    found.set(use.component, list);
    for (const cue of cues) list.push({ repository: place.repository, cue, own: true });
  }
  return found;
}
