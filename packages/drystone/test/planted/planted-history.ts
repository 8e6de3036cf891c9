/** A history with a known answer: draws change sets from parameters, lays them out as commits, and counts the truth from the plan. */
import { type CommitPlan, type Content, type HistoryPlan, type Person, type Random, seededRandom } from "../fakes/index.js";
import { composeFile, lockFile, serviceFiles, serviceNames, sourceFiles, sourceText } from "./estate-files.js";
import type { PlantedParameters } from "./parameters.js";
import { developersOf, hubOf, type PlannedSet, type PlantedTruth, pooledRipple } from "./truth.js";

const day = 86_400;
const hour = 3600;
/** Last activity of each planted history: 2026-11-20T12:00:00Z. */
export const plantedEnd = 1_795_176_000;
/** Nothing happens in the days around the start of the window, so that its exact edge decides nothing. */
const firstInWindow = plantedEnd - 355 * day;
const lastBeforeWindow = plantedEnd - 385 * day;

export interface PlantedHistory {
  readonly plan: HistoryPlan;
  readonly truth: PlantedTruth;
  /** How many commits of the mainline a clone must hold to be cut as the parameters say; null when it is whole. */
  readonly depth: number | null;
}

/** Draws one history. The same parameters give the same commits. */
export function plantHistory(parameters: PlantedParameters): PlantedHistory {
  const random = seededRandom(parameters.seed);
  const estate = layOut(parameters);
  const sets = drawSets(parameters, estate, random);
  const commits = new Commits(parameters, estate, random);
  for (const set of sets) commits.add(set);
  const emitted = commits.emit();
  return { plan: { commits: emitted }, truth: countTruth(parameters, estate, sets), depth: depthOf(parameters, emitted) };
}

/** Who and what there is, and when the two halves of a grafted repository met. */
interface Estate {
  readonly services: readonly string[];
  readonly hub: string | null;
  /** Services that came with the second root. */
  readonly imported: ReadonlySet<string>;
  readonly graftTime: number | null;
  /** Service -> time at which its folder got the name it has now. */
  readonly renameTimes: ReadonlyMap<string, number>;
}

function layOut(parameters: PlantedParameters): Estate {
  const services = serviceNames.slice(0, parameters.services);
  const graftTime = parameters.graftDaysBeforeEnd === null ? null : plantedEnd - parameters.graftDaysBeforeEnd * day - 7;
  const imported = new Set(graftTime === null ? [] : services.slice(-Math.max(1, Math.floor(services.length / 3))));
  const renamed = services.filter((service) => !imported.has(service)).slice(1, 1 + parameters.renames);
  const renameTimes = new Map(renamed.map((service, index) => [service, plantedEnd - (300 - 80 * index) * day - 11]));
  return { services, hub: parameters.hub ? (services[0] ?? null) : null, imported, graftTime, renameTimes };
}

function countTruth(parameters: PlantedParameters, estate: Estate, sets: readonly PlannedSet[]): PlantedTruth {
  const from = Math.max(firstInWindow, estate.graftTime ?? 0);
  const counted = countedSets(sets, from);
  return {
    planted: parameters.ripple,
    ripple: pooledRipple(counted, estate.hub),
    decidable: parameters.cut !== "inside-window",
    from,
    to: plantedEnd,
    hub: estate.hub,
    developers: developersOf(counted),
    sweeps: sets.filter(({ kind, time }) => kind === "sweep" && time >= from).length,
  };
}

function countedSets(sets: readonly PlannedSet[], from: number): PlannedSet[] {
  return sets.filter(({ kind, time }) => time >= from && kind === "change");
}

/** The histories that can be cut are lines, in which so many commits from the tip are the newest ones. */
function depthOf({ cut }: PlantedParameters, commits: readonly CommitPlan[]): number | null {
  if (cut === "none") return null;
  const at = cut === "inside-window" ? plantedEnd - 120 * day : lastBeforeWindow - 100 * day;
  return commits.filter(({ time }) => time >= at).length;
}

/** Draws which services each change set touches. Whether it touches several is drawn first and never drawn again: redrawing *which* ones
 *  until no service is a hub by accident leaves the planted probability as it is. */
function drawSets(parameters: PlantedParameters, estate: Estate, random: Random): PlannedSet[] {
  const shapes = drawShapes(parameters, random);
  for (let attempt = 0; attempt < 200; attempt++) {
    const inWindow = shapes.map((shape) => changeSet(shape, estate, random));
    const from = Math.max(firstInWindow, estate.graftTime ?? 0);
    const counted = countedSets(inWindow, from);
    // So few sets decide nothing, whatever their hub is.
    if (counted.length >= 20 && hubOf(counted) !== estate.hub) continue;
    return [...inWindow, ...besides(parameters, estate, random)].sort((a, b) => a.time - b.time);
  }
  throw new Error(`no draw without an accidental hub: ${JSON.stringify(parameters)}`);
}

interface Shape {
  readonly time: number;
  readonly width: "hub" | "one" | "several";
}

function drawShapes({ changeSets, ripple, hub }: PlantedParameters, random: Random): Shape[] {
  const hubOnly = hub ? Math.round(0.62 * changeSets) : 0;
  const widths = random.shuffled(
    Array.from({ length: changeSets }, (_, index): Shape["width"] =>
      index < hubOnly ? "hub" : random.chance(ripple) ? "several" : "one",
    ),
  );
  return widths.map((width, index) => ({
    width,
    // One change set is the last activity: it fixes the end of the window.
    time: index === 0 ? plantedEnd : firstInWindow + 3 * day + random.integer(plantedEnd - firstInWindow - 4 * day),
  }));
}

function changeSet({ time, width }: Shape, estate: Estate, random: Random): PlannedSet {
  if (width === "hub" && estate.hub !== null) return setOf("change", time, [estate.hub], authorOf(estate.hub, random));
  const others = poolAt(time, estate, random).filter((service) => service !== estate.hub);
  const picked = random.shuffled(others);
  const [first = "orders"] = picked;
  if (width === "one") return setOf("change", time, [first], authorOf(first, random));
  const withHub = estate.hub !== null && random.chance(0.5) ? [estate.hub] : [];
  const size = random.chance(0.25) && estate.services.length >= 5 ? 3 : 2;
  return setOf("change", time, [first, ...withHub, ...picked.slice(1)].slice(0, size), authorOf(first, random));
}

/** Before the graft the two roots were two repositories: a change set lies in one of them. */
function poolAt(time: number, { services, imported, graftTime }: Estate, random: Random): readonly string[] {
  if (graftTime === null || time >= graftTime) return services;
  const inside = random.chance(imported.size / services.length);
  return services.filter((service) => imported.has(service) === inside);
}

/** What must not count: sweeps, bots, noise, and everything before the window. */
function besides(parameters: PlantedParameters, estate: Estate, random: Random): PlannedSet[] {
  const sets: PlannedSet[] = [];
  const main = estate.services.filter((service) => !estate.imported.has(service));
  const anyTime = (): number => firstInWindow + 3 * day + random.integer(plantedEnd - firstInWindow - 4 * day);
  for (let index = 0; index < parameters.sweeps; index++) {
    const time = anyTime();
    const pool = estate.graftTime !== null && time < estate.graftTime ? main : estate.services;
    sets.push(setOf("sweep", time, sweptServices(pool, estate.services.length, random), person(0)));
  }
  // A rename comes with a sweep over the others (the paths of imports, say): whether a mere rename is a change of a service may be debated.
  for (const [service, time] of estate.renameTimes) {
    const others = sweptServices(main, estate.services.length, random).filter((name) => name !== service);
    sets.push(setOf("rename", time, [service, ...others], person(0)));
  }
  for (let index = 0; index < parameters.bots; index++) {
    sets.push(setOf("bot", anyTime(), random.shuffled(main).slice(0, 1 + random.integer(3)), random.pick(bots)));
  }
  if (parameters.noise) {
    for (let index = 0; index < parameters.changeSets / 6; index++) {
      sets.push(setOf("noise", anyTime(), random.shuffled(main).slice(0, 2), person(random.integer(6))));
    }
  }
  for (let index = 0; index < parameters.older; index++) {
    const several = parameters.ripple < 0.3;
    const services = random.shuffled(main).slice(0, several ? 2 : 1);
    sets.push(setOf("change", lastBeforeWindow - random.integer(340 * day), services, authorOf(services[0] ?? "orders", random)));
  }
  return sets;
}

/** At least max(4, half) of the services; with fewer than four there, all of them (each then with all its files, which is more than 30). */
function sweptServices(pool: readonly string[], total: number, random: Random): string[] {
  const least = Math.min(pool.length, Math.max(4, Math.ceil(total / 2)));
  return random.shuffled(pool).slice(0, least + random.integer(pool.length - least + 1));
}

function setOf(kind: PlannedSet["kind"], time: number, services: readonly string[], author: Person): PlannedSet {
  return { kind, time, services, author: author.email };
}

const firstNames = ["Ada", "Alan", "Grace", "Edsger", "Barbara", "Donald", "Frances", "Niklaus", "Radia", "Tony", "Adele", "Ken"];
const lastNames = ["Adams", "Brown", "Clark", "Davis", "Evans", "Foster", "Green", "Hill", "Irwin", "Jones"];
const bots: readonly Person[] = [
  { name: "renovate[bot]", email: "29139614+renovate[bot]@users.noreply.github.com" },
  { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" },
];

function person(index: number): Person {
  const first = firstNames[index % firstNames.length] ?? "";
  const last = lastNames[index % lastNames.length] ?? "";
  return { name: `${first} ${last}`, email: `${first}.${last}@example.com`.toLowerCase() };
}

/** Three people per service; neighbours share one of them. */
function authorOf(service: string, random: Random): Person {
  return person(serviceNames.indexOf(service) * 2 + random.integer(3));
}

/** Turns change sets into commits of the wanted style, in the order of time. */
class Commits {
  readonly #parameters: PlantedParameters;
  readonly #estate: Estate;
  readonly #random: Random;
  readonly #pending: Pending[] = [];
  readonly #commits: CommitPlan[] = [];
  readonly #folders = new Map<string, string>();
  #mainline: string[] = [];
  #revision = 1;

  constructor(parameters: PlantedParameters, estate: Estate, random: Random) {
    this.#parameters = parameters;
    this.#estate = estate;
    this.#random = random;
    for (const service of estate.services) {
      this.#folders.set(service, `services/${service}${estate.renameTimes.has(service) ? "-service" : ""}`);
    }
  }

  add(set: PlannedSet): void {
    const number = this.#pending.length + 1;
    const parts = this.#parts(set);
    if (this.#parameters.style === "ticket" && set.kind !== "rename" && set.kind !== "noise") {
      // The key joins what one ticket took several commits for; the last of them is the time of the set.
      for (const [index, touches] of parts.entries()) {
        const time = set.time - (parts.length - 1 - index) * 5 * hour;
        this.#pending.push({ set, time, title: `SHOP-${number} ${titleOf(set)}, part ${index + 1}`, parts: [touches] });
      }
      return;
    }
    const title = this.#parameters.style === "squash" ? `${titleOf(set)} (#${number})` : titleOf(set);
    this.#pending.push({ set, time: set.time, title, parts });
  }

  emit(): CommitPlan[] {
    this.#start();
    const { graftTime } = this.#estate;
    let grafted = graftTime === null;
    for (const pending of this.#pending.sort((a, b) => a.time - b.time)) {
      if (!grafted && graftTime !== null && pending.time >= graftTime) {
        this.#graft(graftTime);
        grafted = true;
      }
      this.#land(pending, grafted);
    }
    return this.#commits;
  }

  /** What each commit of the set touches; only a branch or a ticket has several. */
  #parts(set: PlannedSet): Touch[][] {
    const touches = set.kind === "noise" ? this.#noiseOf(set.services) : this.#touchesOf(set);
    const severalCommits = this.#parameters.style === "merge" || this.#parameters.style === "ticket";
    if (!severalCommits || set.kind !== "change") return [touches];
    const size = Math.min(touches.length, 1 + this.#random.integer(3));
    return Array.from({ length: size }, (_, part) => touches.filter((_touch, index) => index % size === part));
  }

  #touchesOf(set: PlannedSet): Touch[] {
    const sweep = set.kind === "sweep" || set.kind === "rename";
    const whole = sweep && (set.services.length <= 4 || this.#random.chance(0.3));
    const touches: Touch[] = [];
    for (const service of set.services) {
      const renamed = set.kind === "rename" && service === set.services[0];
      const files = renamed
        ? ["src/server.js"]
        : whole
          ? sourceFiles
          : this.#random.shuffled(sourceFiles).slice(0, 1 + this.#random.integer(3));
      for (const file of files) touches.push({ service, file });
    }
    const withNoise = this.#parameters.noise && set.kind === "change" && this.#random.chance(0.4);
    return withNoise ? [...touches, ...this.#noiseOf(this.#random.shuffled(this.#servicesOfRoot(set)).slice(0, 2))] : touches;
  }

  #servicesOfRoot({ time, services }: PlannedSet): readonly string[] {
    const { services: all, imported, graftTime } = this.#estate;
    if (graftTime === null || time >= graftTime) return all;
    return all.filter((service) => imported.has(service) === imported.has(services[0] ?? ""));
  }

  #noiseOf(services: readonly string[]): Touch[] {
    const perService = services.map(
      (service): Touch => ({ service, file: this.#random.pick(["package-lock.json", "Dockerfile"]) }),
    );
    const shared = this.#random.pick(["docs/handbook.md", ".github/workflows/ci.yml", "package-lock.json", "docs/overview.png"]);
    return [...perService, { service: null, file: shared }];
  }

  #start(): void {
    const { services, imported } = this.#estate;
    const first = plantedEnd - 800 * day;
    const own = services.filter((service) => !imported.has(service));
    this.#commits.push({ id: "start", author: person(0), time: first, message: "Start\n", changes: this.#wholeServices(own) });
    this.#mainline = ["start"];
    if (imported.size === 0) return;
    const files = this.#filesOf([...imported]);
    this.#commits.push({
      id: "other-start",
      branch: "import",
      parents: [],
      author: person(1),
      time: first + day,
      message: "Start\n",
      changes: files,
    });
  }

  #wholeServices(services: readonly string[]): Record<string, Content> {
    return { "docker-compose.yml": this.#compose(services), "README.md": "# Planted estate\n", ...this.#filesOf(services) };
  }

  #filesOf(services: readonly string[]): Record<string, Content> {
    return Object.assign(
      {},
      ...services.map((service) => serviceFiles(service, this.#folders.get(service) ?? service)),
    ) as Record<string, Content>;
  }

  #compose(services: readonly string[]): string {
    return composeFile(new Map(services.map((service) => [service, this.#folders.get(service) ?? service])));
  }

  /** The second root joins: its files as they stand on its own branch, which fast-import cannot take from there by itself. */
  #graft(time: number): void {
    const changes = { ...this.#importedNow(), "docker-compose.yml": this.#compose(this.#estate.services) };
    const other = this.#commits.findLast(({ branch }) => branch === "import")?.id ?? "other-start";
    const parents = [this.#mainline.at(-1) ?? "start", other];
    this.#push({ id: "graft", author: person(0), time, message: "Bring the other repository in\n", parents, changes }, true);
  }

  #importedNow(): Record<string, Content> {
    const files: Record<string, Content> = {};
    for (const { branch, changes } of this.#commits) if (branch === "import") Object.assign(files, changes);
    return files;
  }

  #land(pending: Pending, grafted: boolean): void {
    const id = String(this.#commits.length);
    const { set, time, title } = pending;
    const author = authorByEmail(set.author);
    const branch = !grafted && this.#estate.imported.has(set.services[0] ?? "") ? { branch: "import" } : {};
    const message = `${title}\n`;
    if (set.kind === "rename") return this.#landRename(pending, id, author);
    // Every fifth set of a merging team goes to the mainline directly, as in real histories; the last one fixes the end of the window.
    const direct = this.#parameters.style !== "merge" || time === plantedEnd || time < firstInWindow || this.#random.chance(0.2);
    if (direct) {
      this.#push(
        { id, ...branch, author, time, message, changes: this.#changes(pending.parts.flat()) },
        branch.branch === undefined,
      );
      return;
    }
    this.#landBranch(pending, id, author);
  }

  #landRename({ set, time, title, parts }: Pending, id: string, author: Person): void {
    const [service = ""] = set.services;
    const from = this.#folders.get(service) ?? "";
    const to = `services/${service}`;
    this.#folders.set(service, to);
    const present = this.#estate.services.filter((name) => !this.#estate.imported.has(name) || this.#mainline.includes("graft"));
    const changes = { ...this.#changes(parts.flat()), "docker-compose.yml": this.#compose(present) };
    this.#push({ id, author, time, message: `${title}\n`, renames: [[from, to]], changes }, true);
    // Branches from before the rename would bring the old folder back.
    this.#mainline = [id];
  }

  /** The branch leaves the mainline up to three commits back; a person merges it, whoever wrote it. */
  #landBranch({ set, time, title, parts }: Pending, id: string, author: Person): void {
    const back = Math.min(this.#mainline.length, 1 + this.#random.integer(3));
    let parent = this.#mainline.at(-back) ?? "start";
    const all: Record<string, Content> = {};
    for (const [index, touches] of parts.entries()) {
      const changes = this.#changes(touches);
      Object.assign(all, changes);
      const own = `${id}-${index}`;
      const before = (parts.length - index) * 600;
      this.#commits.push({
        id: own,
        branch: "topic",
        parents: [parent],
        author,
        time: time - before,
        message: `${title}\n`,
        changes,
      });
      parent = own;
    }
    const merger = set.kind === "bot" ? person(0) : author;
    const parents = [this.#mainline.at(-1) ?? "start", parent];
    this.#push({ id, author: merger, time, message: `Merge branch 'topic-${id}'\n`, parents, changes: all }, true);
  }

  #push(commit: CommitPlan, onMainline: boolean): void {
    this.#commits.push(commit);
    if (onMainline && commit.id !== undefined) this.#mainline.push(commit.id);
  }

  #changes(touches: readonly Touch[]): Record<string, Content> {
    const changes: Record<string, Content> = {};
    for (const { service, file } of touches) {
      const revision = this.#revision++;
      const path = service === null ? file : `${this.#folders.get(service) ?? service}/${file}`;
      changes[path] = file.endsWith("package-lock.json") ? lockFile(service ?? "estate", revision) : contentOf(path, revision);
    }
    return changes;
  }
}

interface Pending {
  readonly set: PlannedSet;
  readonly time: number;
  readonly title: string;
  /** What each commit of a branch touches; one part where there is no branch. */
  readonly parts: readonly (readonly Touch[])[];
}

interface Touch {
  readonly service: string | null;
  readonly file: string;
}

function titleOf({ kind, services }: PlannedSet): string {
  if (kind === "bot") return "Update dependency fastify";
  if (kind === "sweep") return "Reformat";
  if (kind === "noise") return "Describe how to run it";
  if (kind === "rename") return `Rename the folder of ${services[0] ?? ""}`;
  return `Change ${services.join(" and ")}`;
}

function contentOf(path: string, revision: number): string {
  if (path.endsWith("Dockerfile")) return `FROM node:20-slim\n# ${revision}\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n`;
  if (path.endsWith(".yml")) return `on: push\njobs: {}\n# ${revision}\n`;
  return sourceText(path, revision);
}

function authorByEmail(email: string): Person {
  const bot = bots.find((candidate) => candidate.email === email);
  if (bot) return bot;
  for (let index = 0; index < 60; index++) if (person(index).email === email) return person(index);
  throw new Error(`nobody has the address ${email}`);
}
