/** Which builds of Maven and Gradle a file may take classes from: its own, and those that its build file names, also through others. */
import { folderOf } from "#collect/manifests/index.js";
import { addTo } from "./nearest.js";

export interface JvmBuilds {
  /**
   * Of files with the same package or name those that are meant: in the own build, else in one that it names. Null when its build names none
   * of them: whether they can be meant at all depends on how they were named. All of them where no build file stands above the importer.
   */
  readonly within: (candidates: readonly string[], from: string) => readonly string[] | null;
}

export function isJvmBuild(path: string): boolean {
  return /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(path);
}

interface Build {
  readonly folder: string;
  /** What others call it: an artefact, or any end of a path of Gradle. */
  readonly called: readonly string[];
  readonly names: ReadonlySet<string>;
}

export function jvmBuilds(configs: ReadonlyMap<string, string>): JvmBuilds {
  const builds = new Map([...configs].map(([path, text]) => [folderOf(path), buildOf(path, text)]));
  const byName = new Map<string, string[]>();
  for (const { folder, called } of builds.values()) for (const name of called) addTo(byName, name, folder);
  const reaches = new Map<string, ReadonlySet<string>>();
  const homes = new Map<string, string | null>();
  const homeOf = (path: string) => homeFolder(folderOf(path), builds, homes);
  return {
    within(candidates, from) {
      const home = candidates.length === 0 ? null : homeOf(from);
      if (home === null) return candidates;
      const own = candidates.filter((path) => homeOf(path) === home);
      if (own.length > 0) return own;
      let reach = reaches.get(home);
      if (!reach) reaches.set(home, (reach = reachable(home, builds, byName)));
      const known = reach;
      const named = candidates.filter((path) => known.has(homeOf(path) ?? ""));
      return named.length > 0 ? named : null;
    },
  };
}

function buildOf(path: string, text: string): Build {
  const folder = folderOf(path);
  if (!path.endsWith("pom.xml")) return { folder, called: gradlePaths(folder), names: gradleNames(text) };
  // What versions are managed for is not used yet.
  const used = text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<dependencyManagement>[\s\S]*?(?:<\/dependencyManagement>|$)/g, "");
  const own = artefact.exec(used.replace(/<parent>[\s\S]*?(?:<\/parent>|$)/, ""))?.[1];
  return {
    folder,
    called: own === undefined ? [] : [own],
    names: new Set([...used.matchAll(new RegExp(artefact, "g"))].flatMap(([, name]) => name ?? [])),
  };
}

const artefact = /<artifactId>\s{0,50}([^<>\s]{1,200})\s{0,50}<\/artifactId>/;

/** `project(":a:b")` as `:a:b`, `projects.a.fooBar` as `.a.fooBar`. */
function gradleNames(text: string): Set<string> {
  const paths = text.matchAll(/\bproject\s{0,5}\(?\s{0,5}(?:path\s{0,5}[:=]\s{0,5})?["'](:[\w:.-]{1,200})["']/g);
  const accessors = text.matchAll(/\bprojects((?:\.[A-Za-z]\w{0,100}){1,10})/g);
  return new Set([...paths, ...accessors].flatMap(([, name]) => name ?? []));
}

function gradlePaths(folder: string): string[] {
  const parts = folder.split("/").filter(Boolean).slice(-10);
  const shown = parts.map((part) => part.replace(/[-_.](\w)/g, (_, next: string) => next.toUpperCase()));
  return parts.flatMap((_, at) => [`:${parts.slice(at).join(":")}`, `.${shown.slice(at).join(".")}`]);
}

/** Folder of the nearest build file; null when there is none. */
function homeFolder(folder: string, builds: ReadonlyMap<string, unknown>, known: Map<string, string | null>): string | null {
  let home = known.get(folder);
  if (home === undefined) {
    home = builds.has(folder) ? folder : folder === "" ? null : homeFolder(folderOf(folder), builds, known);
    known.set(folder, home);
  }
  return home;
}

/** A build file above may say what all below it use. */
function reachable(
  from: string,
  builds: ReadonlyMap<string, Build>,
  byName: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set([from]);
  const read = new Set<string>();
  for (const folder of reached) {
    for (let at = folder; !read.has(at); at = folderOf(at)) {
      read.add(at);
      for (const name of builds.get(at)?.names ?? []) for (const other of byName.get(name) ?? []) reached.add(other);
    }
  }
  return reached;
}
