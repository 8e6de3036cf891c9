/** Which files of libraries the code of a component reaches by its imports. */
import { folderOf } from "#collect/manifests/index.js";
import type { ImportGraph, ImportKind } from "#model/facts.js";
import type { Ref } from "#model/refs.js";
import type { Reaches } from "./belongings.js";
import type { ExchangedNames } from "./exchanged-names.js";
import { isWired } from "./is-wired.js";
import type { FileOwners } from "./owners-of-files.js";

/** Clients that are interfaces: they stand in the library of the service that they call, next to those that the same component never asks for. */
const clientInterfaces = new Set(["feign", "micronaut", "rest-client"]);

/** Names by repository and file; files of other languages have none. */
export type NamesOfFiles = ReadonlyMap<string, ReadonlyMap<string, ExchangedNames>>;

/**
 * Follows imports file by file; through a file that only passes on what others declare, just to those that declare a name that is taken. Imports of types are left out: nothing of
 * them runs.
 * @param libraries those of a component, directly or through others
 */
export function reachByImports(
  graphs: readonly ImportGraph[],
  names: NamesOfFiles,
  owners: FileOwners,
  libraries: ReadonlyMap<Ref, ReadonlySet<Ref>>,
): Reaches {
  const next = new Map(graphs.map((graph) => [graph.repository, neighbours(graph)]));
  const packages = new Map(graphs.map(({ repository, files }) => [repository, packagesOf(files)]));
  const starts = new Map(graphs.map((graph) => [graph.repository, filesByOwner(graph, owners)]));
  const finders = new Map(
    graphs.map(({ repository }) => [
      repository,
      definersOf(next.get(repository) ?? new Map(), names.get(repository) ?? new Map()),
    ]),
  );
  const byComponent = new Map<string, Reached>();
  const reached = (component: Ref, repository: string, others: readonly Ref[] = []): Reached => {
    const key = [component, repository, ...others].join("\n");
    const known = byComponent.get(key);
    if (known !== undefined) return known;
    const found = walk(
      next.get(repository) ?? new Map(),
      names.get(repository) ?? new Map(),
      finders.get(repository) ?? (() => new Set()),
      packages.get(repository) ?? new Map(),
      new Set([component, ...others].flatMap((ref) => [...(starts.get(repository)?.get(ref) ?? [])])),
    );
    byComponent.set(key, found);
    return found;
  };
  return (component, repository, cue) => {
    const { file: path, line } = cue;
    if (isWired(path)) {
      if (cue.kind !== "named-call" || !clientInterfaces.has(cue.via)) return true;
      // What only falls back for the client stands beside it.
      const home = owners.of(repository, path);
      return reached(
        component,
        repository,
        [...(libraries.get(component) ?? [])].filter((library) => library !== home),
      ).files.has(path);
    }
    const { files, taken } = reached(component, repository);
    if (!files.has(path)) return false;
    // What an exported function of Go does is done for those who call it.
    const within = names
      .get(repository)
      ?.get(path)
      ?.functions.find(({ from, to }) => from <= line && line <= to);
    const wanted = taken.get(folderOf(path));
    return within === undefined || wanted === undefined || wanted === null || wanted.has(within.name);
  };
}

interface Reached {
  readonly files: ReadonlySet<string>;
  /** Names that are taken from packages of Go, by folder; null: it cannot be told which. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string> | null>;
}

/** Files of each component, without the tests that Go keeps beside them. */
function filesByOwner({ repository, files }: ImportGraph, owners: FileOwners): Map<Ref, Set<string>> {
  const found = new Map<Ref, Set<string>>();
  for (const file of files) {
    const owner = file.endsWith("_test.go") ? null : owners.of(repository, file);
    if (owner !== null) found.set(owner, (found.get(owner) ?? new Set<string>()).add(file));
  }
  return found;
}

/** Files of packages of Go by folder. */
function packagesOf(files: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    if (!file.endsWith(".go") || file.endsWith("_test.go")) continue;
    const folder = folderOf(file);
    const known = found.get(folder);
    if (known === undefined) found.set(folder, [file]);
    else known.push(file);
  }
  return found;
}

interface Import {
  readonly to: string;
  readonly line: number;
  readonly kind: ImportKind;
}

function neighbours({ files, from, to, lines, kinds }: ImportGraph): Map<string, Import[]> {
  const found = new Map<string, Import[]>();
  for (const [index, source] of from.entries()) {
    const kind = kinds[index] ?? "value";
    if (kind === "type") continue;
    const importer = files[source] ?? "";
    const one = { to: files[to[index] ?? -1] ?? "", line: lines[index] ?? 0, kind };
    const list = found.get(importer);
    if (list === undefined) found.set(importer, [one]);
    else list.push(one);
  }
  return found;
}

function walk(
  next: ReadonlyMap<string, readonly Import[]>,
  names: ReadonlyMap<string, ExchangedNames>,
  definers: Definers,
  packages: ReadonlyMap<string, readonly string[]>,
  starts: ReadonlySet<string>,
): Reached {
  const used = new Set([...starts].filter((file) => next.has(file)));
  const takenOf = new Map<string, Set<string> | null>();
  for (const file of used) {
    for (const one of next.get(file) ?? []) {
      // What a file passes on is followed for those who take it, not for the file itself; a start may pass on its own.
      if (one.kind === "reexport" && !starts.has(file)) continue;
      const taken = one.kind === "dynamic" ? null : (names.get(file)?.taken.get(one.line) ?? null);
      if (one.to.endsWith(".go")) {
        // The edge leads to one file of the package; all of them are compiled in.
        const folder = folderOf(one.to);
        for (const target of packages.get(folder) ?? [one.to]) used.add(target);
        const known = takenOf.get(folder);
        takenOf.set(folder, known === null || taken === null ? null : new Set([...(known ?? []), ...taken]));
      } else for (const target of definers(one.to, taken)) used.add(target);
    }
  }
  return { files: used, taken: takenOf };
}

/** The files that declare one of the names, looked for through files that pass them on; all of them when everything is taken. */
type Definers = (start: string, taken: readonly string[] | null) => ReadonlySet<string>;

function definersOf(next: ReadonlyMap<string, readonly Import[]>, names: ReadonlyMap<string, ExchangedNames>): Definers {
  const look = (file: string, wanted: ReadonlySet<string> | null, seen: Set<string>, found: Set<string>): void => {
    if (seen.has(file) || seen.size > 5000) return;
    seen.add(file);
    const own = names.get(file);
    if (wanted === null || own === undefined || own.given.some((name) => wanted.has(name))) found.add(file);
    for (const { to, line, kind } of next.get(file) ?? []) {
      if (kind !== "reexport") continue;
      const passed = own?.taken.get(line) ?? null;
      if (wanted === null || passed === null) look(to, wanted, seen, found);
      else if (passed.some((name) => wanted.has(name))) look(to, new Set(passed), seen, found);
    }
  };
  // Several components take the same of one library.
  const known = new Map<string, ReadonlySet<string>>();
  return (start, taken) => {
    const key = taken === null ? start : [start, "", ...taken].join("\n");
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = new Set([start]);
    look(start, taken === null ? null : new Set(taken), new Set(), found);
    known.set(key, found);
    return found;
  };
}
