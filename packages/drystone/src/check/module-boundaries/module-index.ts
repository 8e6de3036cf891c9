/** Which module holds a file: the one with the longest path around it. */
import type { ModuleFact } from "#model/modules.js";
import { globTest, isGlob } from "#util/globs.js";
import { isTestFile } from "#util/test-files.js";

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
  const folders = new Map<string, ModuleFact>();
  const globs: { readonly module: ModuleFact; readonly weight: number; readonly covers: (path: string) => boolean }[] = [];
  for (const module of modules) {
    for (const path of module.paths) {
      if (isGlob(path)) globs.push({ module, weight: literalLength(path), covers: globTest([path]) });
      else folders.set(keyOf(module.repository, path), module);
    }
  }
  globs.sort((a, b) => b.weight - a.weight);
  const byRef = new Map(modules.map((module) => [module.ref, module]));
  const ofFolder = new Map<string, Placed | null>();
  const ofFile = new Map<string, Placed | null>();
  const lineage = new Map<ModuleFact, readonly ModuleFact[]>();

  function inFolder(repository: string, folder: string): Placed | null {
    const key = keyOf(repository, folder);
    const known = ofFolder.get(key);
    if (known !== undefined) return known;
    const module = folders.get(key);
    const slash = folder.lastIndexOf("/");
    const above = folder === "" ? null : slash < 0 ? "" : folder.slice(0, slash);
    const found = module ? { module, root: folder } : above === null ? null : inFolder(repository, above);
    ofFolder.set(key, found);
    return found;
  }

  function placed(repository: string, file: string): Placed | null {
    const key = keyOf(repository, file);
    const known = ofFile.get(key);
    if (known !== undefined) return known;
    const slash = file.lastIndexOf("/");
    const whole = folders.get(key);
    const plain = whole ? { module: whole, root: file } : inFolder(repository, slash < 0 ? "" : file.slice(0, slash));
    const glob = globs.find(
      ({ module, covers, weight }) => module.repository === repository && weight > (plain?.root.length ?? -1) && covers(file),
    );
    const found = glob ? { module: glob.module, root: "" } : plain;
    ofFile.set(key, found);
    return found;
  }

  return {
    of: (repository, file) => placed(repository, file)?.module ?? null,
    isTest: (repository, file) => {
      const found = placed(repository, file);
      return isTestFile(found && found.root !== file && found.root !== "" ? file.slice(found.root.length + 1) : file);
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

interface Placed {
  readonly module: ModuleFact;
  /** The folder of the module in which the file stands. */
  readonly root: string;
}

function keyOf(repository: string, path: string): string {
  return `${repository}\n${path}`;
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
