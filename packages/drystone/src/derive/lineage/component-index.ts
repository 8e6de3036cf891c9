/** Which component owns a path: the one with the longest matching folder; globs of drystone.yaml beat folders. */
import type { ComponentFact } from "#model/facts.js";
import { compileSegments, type SegmentsMatcher } from "../ownership/index.js";

/** Index into the given components, or -1. */
export type ComponentOfPath = (path: string) => number;

/** @param accept limits the components that take part, e.g. to one repository. */
export function componentIndex(
  components: readonly ComponentFact[],
  accept: (component: ComponentFact) => boolean,
): ComponentOfPath {
  const folders = new Map<string, number>();
  const globs: { readonly matches: SegmentsMatcher; readonly component: number }[] = [];
  for (const [index, component] of components.entries()) {
    if (!accept(component)) continue;
    for (const path of component.paths) {
      const folder = asFolder(path);
      if (folder === null)
        globs.push({ matches: compileSegments(path.startsWith("/") ? path : `/${path}`, "github").matches, component: index });
      else if (!folders.has(folder) || component.declared) folders.set(folder, index);
    }
  }
  return (path) => {
    const segments = globs.length === 0 ? [] : path.split("/");
    for (const glob of globs) if (glob.matches(segments)) return glob.component;
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      const found = folders.get(path.slice(0, end));
      if (found !== undefined) return found;
    }
    return folders.get("") ?? -1;
  };
}

/** `services/orders/**` and `services/orders/` are the folder `services/orders`; null for a true glob. */
function asFolder(path: string): string | null {
  const folder = path.replace(/^\.?\//, "").replace(/\/?(?:\*\*)?\/?$/, "");
  return /[*?{[]/.test(folder) ? null : folder;
}
