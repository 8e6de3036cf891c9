/** Where declared modules are: captures filled in, one module per folder. */
import { alternatives, expansions, fill, hasCapture, type RawModule, trimmed } from "#collect/config/index.js";

export interface ModulePlace {
  readonly name: string;
  readonly repository: string;
  /** Folders, files or globs relative to the repository. */
  readonly paths: readonly string[];
  readonly captured: ReadonlyMap<string, string>;
  /** Of the entry under `modules`. */
  readonly index: number;
}

/** Paths of one repository; `prefix` stands before them in the configuration when there are several repositories. */
export interface PlacedPaths {
  readonly repository: string;
  readonly prefix: string;
  readonly paths: readonly string[];
}

/** In the order of the entries. A name that several folders of one entry have makes one module of them. */
export function modulePlaces(modules: readonly RawModule[], repositories: readonly PlacedPaths[]): ModulePlace[] {
  return modules.flatMap((module, index) => {
    const places = new Map<string, ModulePlace>();
    for (const one of repositories.flatMap((repository) => placesIn(module, index, repository))) {
      const key = `${one.repository}\n${one.name}`;
      const before = places.get(key);
      places.set(key, before ? { ...before, paths: [...new Set([...before.paths, ...one.paths])] } : one);
    }
    return [...places.values()];
  });
}

function placesIn(module: RawModule, index: number, { repository, prefix, paths }: PlacedPaths): ModulePlace[] {
  const globs = (typeof module.match === "string" ? [module.match] : module.match).flatMap(alternatives);
  return globs.flatMap((whole) => {
    const glob = withoutPrefix(trimmed(whole), prefix);
    if (glob === null) return [];
    return expanded(glob, paths).map(({ glob: filled, captured }) => {
      const path = trimmed(filled.replace(/(?:^|\/)\*\*$/, ""));
      return { name: nameOf(module, path, captured), repository, paths: [path], captured, index };
    });
  });
}

function withoutPrefix(glob: string, prefix: string): string | null {
  if (prefix === "") return glob;
  if (glob === prefix) return "";
  return glob.startsWith(`${prefix}/`) ? glob.slice(prefix.length + 1) : null;
}

/** `{name}` is a folder, unless an ending follows it: `{name}.py`. */
function expanded(glob: string, paths: readonly string[]): readonly { glob: string; captured: ReadonlyMap<string, string> }[] {
  if (!hasCapture(glob)) return [{ glob, captured: new Map<string, string>() }];
  const segments = glob.split("/");
  const last = segments.findLastIndex(hasCapture);
  const isFile = last === segments.length - 1 && /\}[^/]*\./.test(segments[last] ?? "");
  const first = glob
    .slice(0, glob.indexOf("{"))
    .replace(/[^/]*$/, "")
    .replace(/\*.*$/, "");
  const candidates = paths.filter((path) => path.startsWith(first) && (isFile || path.split("/").length > segments.length));
  return expansions(glob, candidates).filter(({ captured }) => ![...captured.values()].some((name) => name.startsWith(".")));
}

function nameOf(module: RawModule, path: string, captured: ReadonlyMap<string, string>): string {
  if (module.name !== undefined) return fill(module.name, captured);
  if (captured.size > 0) return [...captured.values()].join("/");
  const literal = path.split("/").filter((part) => part !== "" && !/[*?]/.test(part));
  const telling = literal.findLast((part) => part !== "src") ?? literal.at(-1) ?? "root";
  return telling.replace(/\.\w{1,5}$/, "") || telling;
}
