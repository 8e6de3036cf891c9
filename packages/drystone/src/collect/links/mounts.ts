/** Endpoints of one module below the paths that other modules of the component mount it at. */
import { folderOf, joinPath } from "#collect/manifests/index.js";
import type { Part } from "./parts.js";

interface Mount {
  readonly file: string;
  readonly path: string;
  /** File without its ending, or the end of one for imports that are not relative; null: all of the component. */
  readonly target: { readonly path: string; readonly isWhole: boolean } | null;
}

const maxDepth = 4;
const maxPaths = 3;
const maxMounts = 500;

/** Whole paths of an endpoint of a file: one per way that leads to it, at most three; the path as it is where nothing mounts the file. */
export function mountedPaths(part: Part): (file: string, path: string) => string[] {
  const mounts = mountsOf(part);
  const above = new Map<string, readonly string[]>();
  const global = mounts.filter(({ target }) => target === null).map(({ path }) => path);
  const prefixesOf = (file: string, depth: number): readonly string[] => {
    const known = above.get(file);
    if (known !== undefined) return known;
    const name = bareName(file);
    const leading = depth > maxDepth ? [] : mounts.filter((mount) => mount.file !== file && leadsTo(mount, name));
    const found = leading.flatMap((mount) => prefixesOf(mount.file, depth + 1).map((prefix) => `${prefix}/${mount.path}`));
    const prefixes = found.length === 0 ? [""] : [...new Set(found)].slice(0, maxPaths);
    above.set(file, prefixes);
    return prefixes;
  };
  return (file, path) => {
    const inner = mounts.length === 0 ? [path] : prefixesOf(file, 0).map((prefix) => `${prefix}/${path}`);
    const [only] = global;
    return only !== undefined && global.length === 1 ? inner.map((one) => `${only}/${one}`) : inner;
  };
}

function mountsOf(part: Part): Mount[] {
  return part.cues
    .flatMap(({ cue }): Mount[] => {
      if (cue.kind !== "mount") return [];
      if (cue.module === null) return [{ file: cue.file, path: cue.path, target: null }];
      const target = targetOf(cue.file, bareName(cue.module));
      return target === null ? [] : [{ file: cue.file, path: cue.path, target }];
    })
    .slice(0, maxMounts);
}

/** `./routes/users` beside the file; `@/routes/users`, `app/routers/users` wherever such a file is. */
function targetOf(file: string, module: string): Mount["target"] {
  if (module.startsWith(".")) {
    const path = joinPath(folderOf(file), module);
    return path === null ? null : { path, isWhole: true };
  }
  const path = module.replace(/^[@~#]?\//, "");
  return path === "" ? null : { path, isWhole: false };
}

function leadsTo({ target }: Mount, name: string): boolean {
  if (target === null) return false;
  return ["", "/index", "/__init__"].some((end) => {
    const wanted = `${target.path}${end}`;
    return name === wanted || (!target.isWhole && name.endsWith(`/${wanted}`));
  });
}

function bareName(file: string): string {
  return file.replace(/\.(?:[cm]?[jt]sx?|py)$/, "");
}
