/** Which module holds a file: the one with the longest path around it. */
import type { ModuleFact } from "#model/modules.js";
import { globTest, isGlob } from "#util/globs.js";
import { isTestFolder, isTestName } from "#util/test-files.js";

export interface ModuleIndex {
  /** Null for a file outside of all modules. */
  of(repository: string, file: string): ModuleFact | null;
  /** True for tests; the name of the module itself does not make them. */
  isTest(repository: string, file: string): boolean;
  readonly byName: ReadonlyMap<string, ModuleFact>;
  readonly byRef: ReadonlyMap<string, ModuleFact>;
  /** The module itself and those around it, from the inside. */
  around(module: ModuleFact): readonly ModuleFact[];
}

export function moduleIndex(modules: readonly ModuleFact[]): ModuleIndex {
  const byRepository = new Map<string, Places>();
  const globs: { readonly module: ModuleFact; readonly weight: number; readonly covers: (path: string) => boolean }[] = [];
  for (const module of modules) {
    for (const path of module.paths) {
      if (isGlob(path)) globs.push({ module, weight: literalLength(path), covers: globTest([path]) });
      else placesOf(module.repository).modules.set(path, module);
    }
  }
  globs.sort((a, b) => b.weight - a.weight);
  const byRef = new Map(modules.map((module) => [module.ref, module]));
  const lineage = new Map<ModuleFact, readonly ModuleFact[]>();
  const testFolders = new Map<string, boolean>();

  function placesOf(repository: string): Places {
    let places = byRepository.get(repository);
    if (!places)
      byRepository.set(repository, (places = { modules: new Map(), ofFolder: new Map(), ofFile: new Map(), tests: new Map() }));
    return places;
  }

  function inFolder(places: Places, folder: string): Placed | null {
    const known = places.ofFolder.get(folder);
    if (known !== undefined) return known;
    const module = places.modules.get(folder);
    const slash = folder.lastIndexOf("/");
    const above = folder === "" ? null : slash < 0 ? "" : folder.slice(0, slash);
    const found = module ? { module, root: folder } : above === null ? null : inFolder(places, above);
    places.ofFolder.set(folder, found);
    return found;
  }

  function placed(repository: string, file: string): Placed | null {
    const places = placesOf(repository);
    const known = places.ofFile.get(file);
    if (known !== undefined) return known;
    const slash = file.lastIndexOf("/");
    const whole = places.modules.get(file);
    const plain = whole ? { module: whole, root: file } : inFolder(places, slash < 0 ? "" : file.slice(0, slash));
    const glob = globs.find(
      ({ module, covers, weight }) => module.repository === repository && weight > (plain?.root.length ?? -1) && covers(file),
    );
    const found = glob ? { module: glob.module, root: "" } : plain;
    places.ofFile.set(file, found);
    return found;
  }

  function inTests(folder: string): boolean {
    let known = testFolders.get(folder);
    if (known === undefined) testFolders.set(folder, (known = isTestFolder(folder)));
    return known;
  }

  return {
    of: (repository, file) => placed(repository, file)?.module ?? null,
    isTest: (repository, file) => {
      const { tests } = placesOf(repository);
      const known = tests.get(file);
      if (known !== undefined) return known;
      const root = placed(repository, file)?.root ?? "";
      const slash = file.lastIndexOf("/") + 1;
      const start = root === file || root === "" ? 0 : root.length + 1;
      const found = inTests(file.slice(start, slash)) || isTestName(file.slice(slash));
      tests.set(file, found);
      return found;
    },
    byName: new Map(modules.map((module) => [module.name, module])),
    byRef,
    around: (module) => {
      let known = lineage.get(module);
      if (!known) lineage.set(module, (known = lineageOf(module, byRef)));
      return known;
    },
  };
}

/** What is known of one repository, by path. */
interface Places {
  readonly modules: Map<string, ModuleFact>;
  readonly ofFolder: Map<string, Placed | null>;
  readonly ofFile: Map<string, Placed | null>;
  readonly tests: Map<string, boolean>;
}

interface Placed {
  readonly module: ModuleFact;
  /** The folder of the module in which the file stands. */
  readonly root: string;
}

function literalLength(glob: string): number {
  return glob.replace(/[*?]/g, "").length;
}

function lineageOf(module: ModuleFact, byRef: ReadonlyMap<string, ModuleFact>): ModuleFact[] {
  const found = [module];
  for (let next = module.parent; next !== null && found.length < 50; ) {
    const parent = byRef.get(next);
    if (!parent || found.includes(parent)) break;
    found.push(parent);
    next = parent.parent;
  }
  return found;
}
