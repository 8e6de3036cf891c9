/** Names are unique in a system: on a clash the less certain one takes the name of what it stands in before its own. */
import type { ComponentFact, ResourceFact } from "#model/facts.js";
import { componentRef, refName, resourceRef } from "#model/refs.js";
import { groupBy } from "#util/group-by.js";

/** Renames in the given order: the first of equal names keeps it, unless all of them are parts inside, none of which has more right to it. */
export function withUniqueNames<T extends ComponentFact | ResourceFact>(
  items: readonly T[],
  taken: ReadonlySet<string> = new Set(),
): T[] {
  const used = new Set([...taken, ...sharedByParts(items)]);
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

/** `api` of `orders/api` and of `billing/api`. */
function sharedByParts(items: readonly (ComponentFact | ResourceFact)[]): string[] {
  const byName = groupBy(items, ({ name }) => refName(name));
  return [...byName].flatMap(([name, same]) => (same.length > 1 && same.every(isPartInside) ? [name] : []));
}

function isPartInside(item: ComponentFact | ResourceFact): boolean {
  return "paths" in item && (item.kind === "library" || item.kind === "module") && (item.paths[0] ?? "").split("/").length > 2;
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
