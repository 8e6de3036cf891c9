/** Libraries that no build file names, because they are built with those who use them: the packages that the commands of one Go module share. */
import { type Inventory, libraryUse } from "#collect/inventory/index.js";
import type { ImportGraph, LibraryFact, RelationFact } from "#model/facts.js";
import { isTestFile } from "#util/test-files.js";
import type { FileOwners } from "./owners-of-files.js";

/** The inventory with those uses of its libraries that only imports show. Imports in tests do not count. */
export function withImportedLibraries(inventory: Inventory, graphs: readonly ImportGraph[], owners: FileOwners): Inventory {
  const known = new Set(inventory.relations.map(({ from, to }) => `${from}\n${to}`));
  const isLibrary = new Set(inventory.components.filter(({ kind }) => kind === "library").map(({ ref }) => ref));
  const found = new Map<string, RelationFact>();
  for (const graph of isLibrary.size === 0 ? [] : graphs) {
    const ownerOf = graph.files.map((file) => owners.of(graph.repository, file));
    for (const [edge, source] of graph.from.entries()) {
      const user = ownerOf[source] ?? null;
      const library = ownerOf[graph.to[edge] ?? -1] ?? null;
      if (user === null || library === null || user === library || !isLibrary.has(library)) continue;
      const key = `${user}\n${library}`;
      const file = graph.files[source] ?? "";
      if (known.has(key) || found.has(key) || isTestFile(file)) continue;
      const target = graph.files[graph.to[edge] ?? -1] ?? "";
      const line = graph.lines[edge] ?? 1;
      const place = { type: "file", repository: graph.repository, file, line, text: `imports ${target}` } as const;
      found.set(key, libraryUse(user, library, null, place));
    }
  }
  if (found.size === 0) return inventory;
  const added = [...found.values()];
  return {
    ...inventory,
    relations: [...inventory.relations, ...added].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    libraries: inventory.libraries.map((library) => withUses(library, added)),
  };
}

/** What is built together has one version. */
function withUses(library: LibraryFact, added: readonly RelationFact[]): LibraryFact {
  const uses = added
    .filter(({ to }) => library.internal && to === library.component)
    .map(({ from, evidence }) => ({ component: from, version: "workspace", resolved: true, evidence }));
  return uses.length === 0
    ? library
    : { ...library, uses: [...library.uses, ...uses].toSorted((a, b) => (a.component < b.component ? -1 : 1)) };
}
