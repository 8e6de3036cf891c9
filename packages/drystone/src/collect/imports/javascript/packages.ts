/** The npm packages of a repository: which name means which folder, and what their package.json lets others import. */
import { folderOf, joinPath, readMembers } from "#collect/manifests/index.js";
import { record, texts } from "#collect/yaml/index.js";
import { readJsonc } from "./jsonc.js";

export interface Package {
  readonly folder: string;
  readonly name: string | null;
  readonly exports: unknown;
  readonly imports: Readonly<Record<string, unknown>>;
  /** `source`, `main` and the like, in this order. */
  readonly entries: readonly string[];
  readonly dependencies: ReadonlySet<string>;
  /** Those that are there when it runs: not what `devDependencies` alone names. */
  readonly runtime: ReadonlySet<string>;
  /** Folder of the workspace it is a member of; null for one that stands alone. */
  readonly workspace: string | null;
}

/** By folder. */
export function readPackages(configs: ReadonlyMap<string, string>): Map<string, Package> {
  const roots = workspaces(configs);
  const packages = new Map<string, Package>();
  for (const [path, text] of configs) {
    if (!/(?:^|\/)package\.json$/.test(path)) continue;
    const root = record(readJsonc(text));
    const folder = folderOf(path);
    const entries = ["source", "module", "main", "browser", "types", "typings"].flatMap((key) => root[key] ?? []);
    packages.set(folder, {
      folder,
      name: typeof root["name"] === "string" ? root["name"] : null,
      exports: root["exports"],
      imports: record(root["imports"]),
      entries: texts(entries),
      dependencies: new Set(
        ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].flatMap((key) =>
          Object.keys(record(root[key])),
        ),
      ),
      runtime: new Set(
        ["dependencies", "peerDependencies", "optionalDependencies"].flatMap((key) => Object.keys(record(root[key]))),
      ),
      workspace: roots.find(({ isMember }) => isMember(folder))?.folder ?? null,
    });
  }
  return packages;
}

interface Workspace {
  readonly folder: string;
  readonly isMember: (folder: string) => boolean;
}

/** Innermost first. */
function workspaces(configs: ReadonlyMap<string, string>): Workspace[] {
  const globs = new Map<string, string[]>();
  for (const [path, text] of configs) {
    const members = membersIn(path, text);
    if (members.length > 0) globs.set(folderOf(path), [...(globs.get(folderOf(path)) ?? []), ...members]);
  }
  return [...globs]
    .map(([folder, members]) => ({ folder, isMember: memberTest(folder, members) }))
    .sort((a, b) => b.folder.length - a.folder.length);
}

/** Globs relative to the repository; those that take folders out start with `!`. */
function membersIn(path: string, text: string): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  // The YAML reader takes time that grows faster than a hostile text.
  if (name !== "package.json" && name !== "rush.json") return text.length > 64 * 1024 ? [] : (readMembers(path, text) ?? []);
  const root = record(readJsonc(text));
  if (name === "rush.json") {
    const projects = Array.isArray(root["projects"]) ? root["projects"] : [];
    return projects.flatMap((project) =>
      texts(record(project)["projectFolder"]).flatMap((folder) => joinPath(folderOf(path), folder) ?? []),
    );
  }
  const listed = Array.isArray(root["workspaces"]) ? root["workspaces"] : record(root["workspaces"])["packages"];
  return texts(listed).flatMap((glob) => {
    const placed = joinPath(folderOf(path), glob.replace(/^!/, ""));
    return placed === null ? [] : glob.startsWith("!") ? `!${placed}` : placed;
  });
}

function memberTest(root: string, globs: readonly string[]): (folder: string) => boolean {
  const tests = globs
    .slice(0, 1000)
    .map((glob) => ({ out: glob.startsWith("!"), parts: glob.replace(/^!/, "").split("/") }))
    .filter(({ parts }) => parts.filter((part) => part === "**").length <= 2);
  return (folder) => {
    if (folder === root) return true;
    const parts = folder.split("/");
    return (
      tests.some(({ out, parts: glob }) => !out && fits(glob, parts, 0, 0)) &&
      !tests.some(({ out, parts: glob }) => out && fits(glob, parts, 0, 0))
    );
  };
}

function fits(glob: readonly string[], parts: readonly string[], at: number, from: number): boolean {
  const segment = glob[at];
  if (segment === undefined) return from === parts.length;
  if (segment === "**") {
    for (let next = from; next <= Math.min(parts.length, from + 20); next++) if (fits(glob, parts, at + 1, next)) return true;
    return false;
  }
  const part = parts[from];
  return part !== undefined && fitsPart(segment, part) && fits(glob, parts, at + 1, from + 1);
}

/** `*` in one part of a path. */
function fitsPart(pattern: string, part: string): boolean {
  const pieces = pattern.split("*");
  const [first = "", ...rest] = pieces;
  if (rest.length === 0) return pattern === part;
  const last = rest.pop() ?? "";
  if (!part.startsWith(first) || !part.endsWith(last) || part.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = part.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= part.length - last.length;
}

const maxTargets = 200;

/** Paths, relative to the package, that `exports` or `imports` gives a name (`.`, `./sub`, `#alias`), of all conditions in their order; null when it names none. */
export function targetsOf(map: unknown, name: string): string[] | null {
  const entries = record(map);
  const isMap = Object.keys(entries).some((key) => key.startsWith(".") || key.startsWith("#"));
  if (!isMap) return name === "." ? leaves(map, "") : null;
  if (Object.hasOwn(entries, name) && !name.includes("*")) return leaves(entries[name], "");
  const fitting = Object.keys(entries)
    .filter((key) => {
      const star = key.indexOf("*");
      const suffix = key.slice(star + 1);
      return star >= 0 && name.startsWith(key.slice(0, star)) && name.endsWith(suffix) && name.length > key.length - 1;
    })
    .sort((a, b) => b.indexOf("*") - a.indexOf("*"));
  const [key] = fitting;
  if (key !== undefined)
    return leaves(entries[key], name.slice(key.indexOf("*"), name.length - (key.length - key.indexOf("*") - 1)));
  return null;
}

function leaves(target: unknown, star: string): string[] {
  const found: string[] = [];
  const collect = (value: unknown, depth: number) => {
    if (found.length >= maxTargets || depth > 20) return;
    if (typeof value === "string") found.push(value.replaceAll("*", () => star));
    else if (Array.isArray(value)) for (const item of value) collect(item, depth + 1);
    else for (const item of Object.values(record(value))) collect(item, depth + 1);
  };
  collect(target, 0);
  // Where code and its declaration both stand in the repository, the code is meant.
  return [...found.filter((path) => !isDeclaration(path)), ...found.filter(isDeclaration)];
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}
