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
      const key = `${component.repository}\n${path.replace(/\/?\*{1,50}$/, "")}`;
      if (component.kind !== "module" || !folders.has(key)) folders.set(key, ref);
    }
  }
  const mounted = mountedBy(placed);
  const ofFolders = new Map<string, Ref | null>();
  const ofFolder = (repository: string, folder: string): Ref | null => {
    const key = `${repository}\n${folder}`;
    const known = ofFolders.get(key);
    if (known !== undefined) return known;
    const [mount, own] = [deepest(mounted, repository, folder, false), deepest(folders, repository, folder, true)];
    const found = (mount === null || (own !== null && own.depth > mount.depth) ? own : mount)?.ref ?? null;
    ofFolders.set(key, found);
    return found;
  };
  return {
    of: (repository, path) =>
      mounted.get(`${repository}\n${path}`) ?? ofFolder(repository, path.slice(0, Math.max(0, path.lastIndexOf("/")))),
  };
}

/** By repository and path; what several mount is nobody's own. */
function mountedBy(placed: readonly Placement[]): Map<string, Ref> {
  const mounted = new Map<string, Set<Ref>>();
  for (const { ref, unit, repository } of placed) {
    for (const { kind, name } of unit?.volumes ?? []) {
      const path = name.replace(/^\.\//, "").replace(/\/$/, "");
      if (kind !== "host" || path === "" || path === "." || path.startsWith("/") || path.startsWith("..")) continue;
      const key = `${repository}\n${path}`;
      mounted.set(key, (mounted.get(key) ?? new Set<Ref>()).add(ref));
    }
  }
  return new Map([...mounted].flatMap(([key, refs]) => (refs.size === 1 ? [...refs].map((ref) => [key, ref] as const) : [])));
}

function deepest(
  folders: ReadonlyMap<string, Ref>,
  repository: string,
  path: string,
  root: boolean,
): { readonly ref: Ref; readonly depth: number } | null {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const ref = folders.get(`${repository}\n${at}`);
    if (ref !== undefined) return { ref, depth: at.length };
  }
  const ref = root ? folders.get(`${repository}\n`) : undefined;
  return ref === undefined ? null : { ref, depth: 0 };
}
