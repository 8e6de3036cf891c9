/** Entries of `public` that name a file which is gone: it moved or was deleted, and others may import nothing in its place. */
import type { ModuleFact, Policy, PolicyPlace } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { isGlob } from "#util/globs.js";
import { violationOfDeclaration } from "./violating.js";
import { hasFiles, type RepositoryFiles } from "./without-files.js";

/** Patterns say what may come, so only plain names are looked for. An entry for several modules, or several folders of one, holds when one of them has the file. */
export function staleFaces(policy: Policy, files: RepositoryFiles): Violation[] {
  const names = policy.modules.flatMap(namesIn);
  const gone = missing(names, files);
  const held = new Set(names.filter((name) => !gone.has(pathKey(name))).map(entryKey));
  const stale = new Map<string, FaceName>();
  for (const name of names) {
    const key = entryKey(name);
    if (!held.has(key) && !stale.has(key) && hasFiles(name.module, files.get(name.module.repository) ?? [])) stale.set(key, name);
  }
  return [...stale.values()].flatMap(({ module, text, place }) =>
    violationOfDeclaration(
      policy,
      "unused-allow",
      module,
      place,
      {
        from: module.ref,
        to: `public ${text}`,
        message: `${module.name} makes ${text} public, and there is no such file`,
        fix: `name what took its place, or take ${JSON.stringify(text)} out of public of ${module.name}`,
      },
      module.repository,
    ),
  );
}

interface FaceName {
  readonly module: ModuleFact;
  /** Relative to the repository. */
  readonly path: string;
  /** Relative to the module, as written. */
  readonly text: string;
  readonly place: PolicyPlace;
}

function namesIn(module: ModuleFact): FaceName[] {
  const { faces, faceSource, paths, place } = module;
  if (faceSource !== "declared" || place === null) return [];
  return faces.flatMap(({ files, places = [] }) =>
    files.flatMap((path, index): FaceName[] => {
      if (path.startsWith("!") || isGlob(path) || paths.includes(path)) return [];
      const folder = paths.find((one) => one !== "" && path.startsWith(`${one}/`));
      const text = folder === undefined ? path : path.slice(folder.length + 1);
      return [{ module, path, text, place: places[index] ?? place }];
    }),
  );
}

function pathKey({ module, path }: FaceName): string {
  return `${module.repository}\n${path}`;
}

/** Modules of one entry stand at one place. */
function entryKey({ place, text }: FaceName): string {
  return `${place.file}\n${place.line}\n${text}`;
}

/** Names that are neither a file, nor a file with its ending, nor a folder with files. */
function missing(names: readonly FaceName[], files: RepositoryFiles): ReadonlySet<string> {
  const left = new Set(names.map(pathKey));
  for (const [repository, paths] of files) {
    for (const path of paths) {
      if (left.size === 0) return left;
      left.delete(`${repository}\n${path}`);
      const last = path.lastIndexOf("/");
      for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) left.delete(`${repository}\n${path.slice(0, at)}`);
      for (let at = path.indexOf(".", last + 2); at > 0; at = path.indexOf(".", at + 1))
        left.delete(`${repository}\n${path.slice(0, at)}`);
    }
  }
  return left;
}
