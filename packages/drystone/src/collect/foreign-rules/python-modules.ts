/** Dotted names of Python modules as paths of the files that they stand for. */
import type { FileTree } from "../files/index.js";

/** Globs for a module and all below it: `shop.orders` is `src/shop/orders/**` or `src/shop/orders.py`; `*` is one name. Empty when nothing is there. */
export function moduleGlobs({ paths }: Pick<FileTree, "paths">, dotted: string, roots?: readonly string[]): readonly string[] {
  const path = dotted.replaceAll(".", "/");
  const first = path.slice(0, path.search(/[/*]|$/));
  if (first === "" || !/^[\w./*-]+$/.test(path)) return [];
  for (const root of roots ?? rootsOf(paths, first)) {
    const whole = root === "" ? path : `${root}/${path}`;
    const literal = whole.slice(0, whole.search(/[*]|$/));
    const found = [`${whole}/**`, `${whole}.py`].filter((glob) =>
      whole.includes("*")
        ? paths.some((file) => file.startsWith(literal))
        : glob.endsWith(".py")
          ? paths.includes(glob)
          : paths.some((file) => file.startsWith(`${whole}/`) && file.endsWith(".py")),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** Folders that hold a package of that name, the shortest first: the root and `src` most of the time. */
function rootsOf(paths: readonly string[], first: string): readonly string[] {
  const roots = new Set<string>();
  for (const path of paths) {
    if (!path.endsWith(".py")) continue;
    if (path.startsWith(`${first}/`) || path === `${first}.py`) roots.add("");
    const at = path.indexOf(`/${first}/`);
    if (at > 0) roots.add(path.slice(0, at));
  }
  return [...roots].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, 20);
}
