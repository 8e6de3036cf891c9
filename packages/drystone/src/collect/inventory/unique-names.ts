/** Names are unique in a system: on a clash the less certain one takes the name of what it stands in before its own. */
import type { ComponentFact, ResourceFact } from "#model/facts.js";
import { componentRef, refName, resourceRef } from "#model/refs.js";

/** Renames in the given order: the first of equal names keeps it. */
export function withUniqueNames<T extends ComponentFact | ResourceFact>(
  items: readonly T[],
  taken: ReadonlySet<string> = new Set(),
): T[] {
  const used = new Set(taken);
  return items.map((item) => {
    const name = firstFree(item, used);
    used.add(refName(name));
    if (name === item.name) return item;
    return {
      ...item,
      name,
      ref: "built" in item ? componentRef(name) : resourceRef(name),
      aliases: [item.name, ...item.aliases],
    };
  });
}

function firstFree(item: ComponentFact | ResourceFact, used: ReadonlySet<string>): string {
  const folders = "paths" in item ? (item.paths[0] ?? "").split("/").slice(0, -1).reverse().filter(Boolean) : [];
  const repository = item.evidence.find((evidence) => "repository" in evidence);
  const outer = repository && "repository" in repository ? [repository.repository] : [];
  const names = [item.name, ...[...folders, ...outer].map((folder) => `${folder}-${item.name}`)];
  const free = names.find((name) => !used.has(refName(name)));
  if (free !== undefined) return free;
  for (let number = 2; ; number++) if (!used.has(refName(`${item.name}-${number}`))) return `${item.name}-${number}`;
}
