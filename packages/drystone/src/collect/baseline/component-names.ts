/** Finds the components that a text of an operator means: the job of a scrape, a label, the name of a file. */
import type { ComponentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import { plainName } from "#util/words.js";

export interface ComponentNames {
  /** Components of that name, or of which the name is one of theirs with a usual ending. */
  named(name: string): Ref[];
}

const endings = /(?:service|svc|server|app|api|deployment|http|probe|metrics|monitor)$/;

export function componentNames(components: readonly ComponentFact[]): ComponentNames {
  const exact = new Map<string, Set<Ref>>();
  const loose = new Map<string, Set<Ref>>();
  for (const { ref, name, aliases } of components) {
    for (const known of [name, ...aliases]) {
      add(exact, plainName(known), ref);
      add(loose, plainName(known).replace(endings, ""), ref);
    }
  }
  return {
    named(name) {
      const plain = plainName(name);
      return [...(exact.get(plain) ?? loose.get(plain.replace(endings, "")) ?? [])].sort();
    },
  };
}

function add(map: Map<string, Set<Ref>>, key: string, ref: Ref): void {
  if (key.length > 1) map.set(key, (map.get(key) ?? new Set<Ref>()).add(ref));
}
