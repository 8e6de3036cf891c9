/** Which component a file belongs to. */
import type { Placement } from "#collect/inventory/index.js";
import type { ComponentFact } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

export interface FileOwners {
  /** The deployable or library whose folder is the deepest around the file; a module gives its deployable. Null outside of all. */
  of(repository: string, path: string): Ref | null;
}

/** Folders of components and, for configuration that stands elsewhere, what deployments mount from the repository. */
export function fileOwners(components: readonly ComponentFact[], placed: readonly Placement[]): FileOwners {
  const folders = new Map<string, Ref>();
  for (const component of components) {
    if (!component.built) continue;
    const ref = component.kind === "module" ? component.partOf : component.ref;
    if (ref === null) continue;
    for (const path of component.paths) {
      const key = `${component.repository}\n${path.replace(/\/?\*+$/, "")}`;
      if (component.kind !== "module" || !folders.has(key)) folders.set(key, ref);
    }
  }
  const mounted = new Map<string, Ref>();
  for (const { ref, unit, repository } of placed) {
    for (const { kind, name } of unit?.volumes ?? []) {
      const path = name.replace(/^\.\//, "").replace(/\/$/, "");
      if (kind === "host" && path !== "" && path !== "." && !path.startsWith("/") && !path.startsWith(".."))
        mounted.set(`${repository}\n${path}`, ref);
    }
  }
  return {
    of: (repository, path) => deepest(mounted, repository, path, false) ?? deepest(folders, repository, path, true),
  };
}

function deepest(folders: ReadonlyMap<string, Ref>, repository: string, path: string, root: boolean): Ref | null {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const found = folders.get(`${repository}\n${at}`);
    if (found !== undefined) return found;
  }
  return root ? (folders.get(`${repository}\n`) ?? null) : null;
}
