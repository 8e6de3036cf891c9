/** A part of the system that somebody thinks of cutting out: a component, a module, a folder or a set of paths. */
import type { Ref } from "#model/refs.js";
import { closestWords } from "#util/closest-words.js";
import type { Estate } from "../estate/index.js";
import type { FileView } from "../files/index.js";
import { compilePattern } from "../ownership/index.js";

export interface Part {
  /** As a reader knows it: a name, a path, a glob. */
  readonly name: string;
  /** Ref of the component, else `path:` and what was asked for. */
  readonly subject: string;
  readonly kind: "service" | "module" | "paths";
  /** Files by index into the view; tests and noise among them. */
  readonly files: ReadonlySet<number>;
  /** Components of which it holds nearly all program text, by index. */
  readonly components: ReadonlySet<number>;
  /** Refs of these components and of all that is part of them. */
  readonly refs: ReadonlySet<Ref>;
}

export type PartAnswer =
  | { readonly found: Part }
  | { readonly found: null; readonly suggestions: readonly string[]; readonly several: boolean };

/** By ref, name or alias of a component, then by folders and globs, joined by commas. Nothing found: names that are close, or the first of those there are. */
export function findPart(estate: Estate, view: FileView, text: string): PartAnswer {
  const wanted = text.trim().toLowerCase();
  const known = estate.components.map((component, index) => ({ ...component, index })).filter(({ built }) => built);
  const matches = [
    known.filter(({ ref }) => ref.toLowerCase() === wanted),
    known.filter(({ name }) => name.toLowerCase() === wanted),
    known.filter(({ aliases }) => aliases.some((alias) => alias.toLowerCase() === wanted)),
  ].find((list) => list.length > 0);
  if (matches !== undefined && matches.length > 1)
    return { found: null, suggestions: matches.slice(0, 5).map(({ ref }) => ref), several: true };
  if (matches?.[0] !== undefined) return { found: partOfComponent(estate, view, matches[0].index) };
  const byPath = wanted === "" ? null : partOfPath(estate, view, text.trim());
  if (byPath !== null) return { found: byPath };
  return { found: null, suggestions: closestWords([...known.map(({ name }) => name), ...foldersOf(view)], text), several: false };
}

/** A component with everything that is part of it. */
export function partOfComponent(estate: Estate, view: FileView, index: number): Part {
  const component = estate.components[index];
  const inside = new Set<number>([index]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [other, { partOf }] of estate.components.entries()) {
      if (inside.has(other) || partOf === null) continue;
      if (![...inside].some((one) => estate.components[one]?.ref === partOf)) continue;
      inside.add(other);
      grown = true;
    }
  }
  const files = new Set<number>();
  for (const [file, { component: of }] of view.files.entries()) if (inside.has(of)) files.add(file);
  return {
    name: component?.name ?? "",
    subject: component?.ref ?? "",
    kind: estate.services.includes(index) ? "service" : "module",
    files,
    components: inside,
    refs: new Set([...inside].flatMap((one) => estate.components[one]?.ref ?? [])),
  };
}

/** Any set of files; a component of which it holds nearly all program text belongs to it, whatever lies beside that text. */
export function partOfFiles(estate: Estate, view: FileView, name: string, files: ReadonlySet<number>): Part {
  const sizes = new Map<number, Size>();
  for (const [file, { component, isProgram }] of view.files.entries()) {
    if (component < 0) continue;
    const size = sizes.get(component) ?? { files: 0, inside: 0, program: 0, programInside: 0 };
    sizes.set(component, size);
    const isInside = Number(files.has(file));
    size.files++;
    size.inside += isInside;
    size.program += Number(isProgram);
    size.programInside += isProgram ? isInside : 0;
  }
  const components = new Set([...sizes].filter(([, size]) => isWhole(size)).map(([component]) => component));
  return {
    name,
    subject: `path:${name}`,
    kind: "paths",
    files,
    components,
    refs: new Set([...components].flatMap((one) => estate.components[one]?.ref ?? [])),
  };
}

interface Size {
  files: number;
  inside: number;
  program: number;
  programInside: number;
}

/** Manifests and pictures do not make a component; where it has no program text, all its files do. */
function isWhole({ files, inside, program, programInside }: Size): boolean {
  return program === 0 ? inside === files : programInside >= wholePart * program;
}

/** Share of the program files that are the whole: a file that nothing is known of joins no group. */
export const wholePart = 0.8;

function partOfPath(estate: Estate, view: FileView, text: string): Part | null {
  if (text.length > maxPattern) return null;
  const patterns = text
    .split(",")
    .map(tidy)
    .filter((path) => path !== "");
  const matchers = patterns.map(matcherOf);
  const matches = (file: string) => matchers.some((matcher) => matcher(file));
  const several = estate.facts.repositories.length > 1;
  const files = new Set<number>();
  for (const [file, { path: own, repository }] of view.files.entries()) {
    const id = estate.facts.repositories[repository]?.id ?? "";
    if (matches(own) || (several && matches(`${id}/${own}`))) files.add(file);
  }
  return files.size === 0 ? null : partOfFiles(estate, view, patterns.join(","), files);
}

function tidy(path: string): string {
  return path
    .trim()
    .replace(/^\.?\//, "")
    .replace(/\/{1,10}$/, "");
}

const maxPattern = 4000;

function matcherOf(path: string): (file: string) => boolean {
  const isGlob = /[*?{[]/.test(path);
  return isGlob ? compilePattern(`/${path}`, "github") : (file) => file === path || file.startsWith(`${path}/`);
}

/** Folders that hold program text, shallow before deep. */
function foldersOf({ files }: FileView): string[] {
  const folders = new Set<string>();
  for (const { path, isProgram } of files) {
    if (!isProgram) continue;
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) folders.add(path.slice(0, end));
  }
  return [...folders].sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1)).slice(0, 4000);
}
