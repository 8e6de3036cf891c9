/** Negative controls: systems in which nothing may be found, and the one polyrepo in which something may. Each writes whole folders. */
import { join } from "node:path";
import { type CommitPlan, type Content, type Person, type Random, seededRandom, writeRepository } from "../fakes/index.js";
import { serviceFiles, sourceFiles, sourceText } from "./estate-files.js";
import { plantedEnd } from "./planted-history.js";
import { type PlannedSet, pooledRipple, type Ratio } from "./truth.js";

const day = 86_400;
const start = plantedEnd - 350 * day;

const people: readonly Person[] = ["Ada Adams", "Alan Brown", "Grace Clark", "Edsger Davis", "Barbara Evans"].map((name) => ({
  name,
  email: `${name.toLowerCase().replace(" ", ".")}@example.com`,
}));

/** One team, one deployable, six modules that often change together: the six symptoms do not apply to it. */
export function writeMonolith(directory: string, seed: number): string {
  const random = seededRandom(seed);
  const modules = ["orders", "billing", "shipping", "catalog", "accounts", "reports"];
  const files: Record<string, Content> = { "src/server.js": sourceText("server", 0), ...serviceRoot("shop") };
  for (const module of modules)
    for (const file of moduleFiles) files[`src/${module}/${file}`] = sourceText(`${module} ${file}`, 0);
  return writeRepository(directory, {
    commits: changing(files, 200, random, () => {
      const touched = random.shuffled(modules).slice(0, random.chance(0.5) ? 1 : 2);
      return touched.map((module) => `src/${module}/${random.pick(moduleFiles)}`);
    }),
  });
}

const moduleFiles = ["index.js", "store.js", "rules.js", "events.js"];

function serviceRoot(name: string): Record<string, Content> {
  const files = serviceFiles(name, "");
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("src/")));
}

/** Published packages in one workspace: nothing is deployed. */
export function writeLibraryMonorepo(directory: string, seed: number): string {
  const random = seededRandom(seed);
  const packages = ["core", "parser", "printer", "cli", "plugin-dates", "plugin-money"];
  const files: Record<string, Content> = {
    "package.json": json({ name: "tools", private: true, workspaces: ["packages/*"] }),
    "README.md": "# Tools\n",
  };
  for (const name of packages) {
    files[`packages/${name}/package.json`] = json({
      name: `@tools/${name}`,
      version: "2.1.0",
      type: "module",
      exports: "./src/index.js",
    });
    for (const file of moduleFiles) files[`packages/${name}/src/${file}`] = sourceText(`${name} ${file}`, 0);
  }
  return writeRepository(directory, {
    commits: changing(files, 150, random, () => {
      const touched = random.shuffled(packages).slice(0, random.chance(0.6) ? 1 : 2);
      return touched.map((name) => `packages/${name}/src/${random.pick(moduleFiles)}`);
    }),
  });
}

/** Chapters and pictures: no code at all. */
export function writeDocsRepository(directory: string, seed: number): string {
  const random = seededRandom(seed);
  const chapters = ["start", "install", "concepts", "guides/first", "guides/second", "reference/api"];
  const files: Record<string, Content> = {
    "mkdocs.yml": "site_name: Handbook\n",
    "README.md": "# Handbook\n",
    "docs/img/map.png": "png",
  };
  for (const chapter of chapters) files[`docs/${chapter}.md`] = `# ${chapter}\n`;
  return writeRepository(directory, {
    commits: changing(files, 120, random, () =>
      random
        .shuffled(chapters)
        .slice(0, 1 + random.integer(2))
        .map((chapter) => `docs/${chapter}.md`),
    ),
  });
}

export interface PolyrepoTruth {
  readonly directories: readonly string[];
  /** Over the change sets that name a ticket, where any do: of the others nobody can tell whether they are whole. */
  readonly ripple: Ratio;
}

/** Five repositories below `directory`, one service and one team each, that never change together and share no key. */
export function writeDecoupledPolyrepo(directory: string, seed: number): PolyrepoTruth {
  return writePolyrepo(directory, { seed, changeSets: 250, ripple: 0, keys: false });
}

export interface PolyrepoParameters {
  readonly seed: number;
  readonly changeSets: number;
  /** Probability that a change set spans two repositories. */
  readonly ripple: number;
  /** Nine of ten change sets name their ticket in each commit. Without, commits of two repositories have nothing in common. */
  readonly keys: boolean;
}

/** Five repositories below `directory`; a change set is a commit in each repository that it touches, hours apart, by one person. */
export function writePolyrepo(directory: string, parameters: PolyrepoParameters): PolyrepoTruth {
  const random = seededRandom(parameters.seed);
  const commits = new Map(
    polyrepoNames.map((name, index) => [name, [firstCommit(serviceFiles(name, ""), people[index] ?? nobody)]]),
  );
  const sets: PlannedSet[] = [];
  for (let index = 0; index < parameters.changeSets; index++) {
    const several = random.chance(parameters.ripple);
    // One repository changes at the very end, all at the start: no repository has a window of its own.
    const closing = index < polyrepoNames.length;
    const names = closing ? [polyrepoNames[index] ?? ""] : random.shuffled(polyrepoNames).slice(0, several ? 2 : 1);
    const time = closing
      ? plantedEnd - (polyrepoNames.length - 1 - index) * 60
      : start + random.integer(plantedEnd - start - 2 * day);
    const author = people[polyrepoNames.indexOf(names[0] ?? "")] ?? nobody;
    const keyed = parameters.keys && random.chance(0.9);
    const key = keyed ? `SHOP-${index + 1} ` : "";
    if (keyed || !parameters.keys) sets.push({ time, kind: "change", services: names, author: author.email });
    for (const [position, name] of names.entries()) {
      const file = random.pick(sourceFiles);
      const changes = { [file]: sourceText(`${name} ${file}`, index + 1) };
      commits.get(name)?.push({ author, time: time + position * 4 * 3600, message: `${key}Change ${file}\n`, changes });
    }
  }
  const directories = [...commits].map(([name, list]) =>
    writeRepository(join(directory, name), { commits: list.sort((a, b) => a.time - b.time) }),
  );
  return { directories, ripple: pooledRipple(sets, null) };
}

const polyrepoNames = ["orders", "billing", "shipping", "catalog", "accounts"];
const nobody: Person = { name: "Nobody", email: "nobody@example.com" };

function firstCommit(files: Record<string, Content>, author: Person): CommitPlan {
  return { author, time: start - 300 * day, message: "Start\n", changes: files };
}

/** The first commit holds all files; then `count` commits over a year change what `draw` answers, the last one at the common end. */
function changing(files: Record<string, Content>, count: number, random: Random, draw: () => readonly string[]): CommitPlan[] {
  const times = Array.from({ length: count - 1 }, () => start + random.integer(plantedEnd - start)).sort((a, b) => a - b);
  const changes = [...times, plantedEnd].map((time, index): CommitPlan => {
    const changed = Object.fromEntries(draw().map((path) => [path, sourceText(path, index + 1)]));
    return { author: random.pick(people), time, message: `Change ${Object.keys(changed).join(" and ")}\n`, changes: changed };
  });
  return [firstCommit(files, people[0] ?? nobody), ...changes];
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
