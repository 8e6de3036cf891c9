/** docker-compose files and Swarm stacks: which services there are, how each is made and what it is given. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import { commandTarget } from "./command-target.js";
import { waitsFor } from "./command-words.js";
import { mergedPart } from "./compose-merge.js";
import type { ComposePart } from "./compose-part.js";
import {
  type ComposeFile,
  type ComposeReading,
  composeFile,
  composeParts,
  envFileAt,
  folderVariables,
  note,
  type ReadFile,
} from "./compose-project.js";
import type { Deployed, DeployedProbe, EnvironmentEntry } from "./deployed.js";
import { readEnvLines } from "./env-file.js";
import type { Variables } from "./interpolate.js";

export interface ComposeService extends Deployed {
  readonly build: ComposeBuild | null;
  /** Name of the repository or folder that it is built from, where that is not this repository; null for others. */
  readonly builtElsewhere: string | null;
  /** Where the command runs inside, when the file says so. */
  readonly workdir: string | null;
}

interface ComposeBuild {
  /** Build context in the repository. */
  readonly context: string;
  /** Dockerfile in the repository; `context/Dockerfile` when the file does not say. */
  readonly dockerfile: string;
  /** Stage of the Dockerfile; null for the last. */
  readonly target: string | null;
  /** Says the context, at `line`: another file than the service's for an override without one. */
  readonly file: string;
  readonly line: number;
  /** Values of build arguments: they often name the folder to build. */
  readonly args: readonly string[];
}

export interface ComposeEstate {
  readonly services: readonly ComposeService[];
  readonly problems: readonly Problem[];
}

/** `docker-compose.yml`, `compose.yaml`, `docker-compose.prod.yml`, `docker-stack.yml` and the like. */
export function isComposeFile(path: string): boolean {
  return /^(?:docker-?compose|compose|docker-?stack|docker-?swarm)(?:[._-][\w.-]{1,60})?\.ya?ml$|^[\w-]{1,60}[._-](?:docker-?)?compose\.ya?ml$/.test(
    lastPart(path),
  );
}

/** Cheap look whether a YAML file of another name describes compose services. */
export function mayHoldCompose(text: string): boolean {
  return (
    /^services:[ \t]{0,20}(?:#.{0,200})?\r?$/m.test(text) &&
    /^[ \t]{1,12}(?:image|build):/m.test(text) &&
    !/^(?:apiVersion|kind|jobs|pipelines|stages|Resources):/m.test(text)
  );
}

/**
 * Reads the compose files of a repository together. `docker-compose.override.yml` and files that only amend are put on top of the file they belong to; they and
 * files for other purposes have their name as variant. Never throws: what is missing, circular or outside of the repository is a problem.
 * @param paths of compose files. @param read any file of the repository: included ones, those that are extended, and env files.
 */
export function readComposeFiles(paths: readonly string[], read: ReadFile): ComposeEstate {
  const reading: ComposeReading = {
    read,
    files: new Map(),
    problems: new Map(),
    included: new Set(),
    count: { includes: 0 },
    parts: new Map(),
  };
  const files = paths.flatMap((path) => composeFile(reading, path) ?? []).filter(holdsServices);
  const bases = new Map<string, Project>();
  const projects: { file: ComposeFile; variant: string; project: Project }[] = [];
  // Plain files come first: the others may amend them.
  for (const file of files.toSorted((a, b) => rank(a.path) - rank(b.path))) {
    if (reading.included.has(file.path)) continue;
    const folder = folderOf(file.path);
    const variant = composeVariant(file.path);
    const base = variant === "" ? undefined : baseAbove(bases, folder);
    const under = base && (variant === "override" || amends(file, base)) ? base : null;
    const variables = under?.variables ?? folderVariables(reading, folder);
    const parts = composeParts(reading, file, under?.folder ?? folder, variables);
    const project =
      under === null
        ? { folder, variables, parts }
        : { ...under, parts: new Map([...parts].map(([name, part]) => [name, onTop(under.parts.get(name), part)])) };
    if (variant === "" && !bases.has(folder)) bases.set(folder, project);
    projects.push({ file, variant, project });
  }
  const services = projects
    .filter(({ file }) => !reading.included.has(file.path))
    .flatMap(({ variant, project }) => servicesOf(reading, project, variant));
  return { services: withShared(services), problems: [...reading.problems.values()] };
}

interface Project {
  readonly folder: string;
  readonly variables: Variables;
  readonly parts: ReadonlyMap<string, ComposePart>;
}

/** A file of another name counts when most of its services are some. */
function holdsServices(file: ComposeFile): boolean {
  if (isComposeFile(file.path)) return true;
  const services = Object.values(file.services);
  const real = services.filter((service) => {
    const keys = Object.keys(typeof service === "object" && service !== null ? service : {});
    return keys.some((key) => key === "image" || key === "build" || key === "extends");
  });
  return !file.versionOne && real.length > 0 && real.length * 2 >= services.length;
}

/** The part of the file name that tells it from the plain one: `prod`; "" for the plain one. */
function composeVariant(path: string): string {
  const name = lastPart(path).replace(/\.ya?ml$/, "");
  if (/^(?:docker-?)?compose$/.test(name)) return "";
  return (
    /^(?:docker-?)?compose[._-](.+)$/.exec(name)?.[1] ??
    /^(.+)[._-](?:docker-?)?compose$/.exec(name)?.[1] ??
    name.replace(/^docker-?/, "")
  );
}

function rank(path: string): number {
  const variant = composeVariant(path);
  return variant === "" ? (lastPart(path).startsWith("compose") ? 0 : 1) : variant === "override" ? 2 : 3;
}

/** The plain file of a folder or of one above it. */
function baseAbove(bases: ReadonlyMap<string, Project>, folder: string): Project | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const base = bases.get(at);
    if (base || at === "") return base;
  }
}

/** True when a service of the file makes sense only on top of the other. */
function amends(file: ComposeFile, base: Project): boolean {
  return Object.entries(file.services).some(([name, service]) => {
    const keys = Object.keys(typeof service === "object" && service !== null ? service : {});
    return base.parts.has(name) && !keys.some((key) => key === "image" || key === "build" || key === "extends");
  });
}

function onTop(base: ComposePart | undefined, part: ComposePart): ComposePart {
  return base ? { ...mergedPart(base, part), file: part.file, line: part.line } : part;
}

function servicesOf(reading: ComposeReading, project: Project, variant: string): ComposeService[] {
  const finished = new Set([...project.parts.values()].flatMap((part) => part.completes));
  return [...project.parts].flatMap(([name, part]): ComposeService[] => {
    if (part.image === null && part.build === null) return [];
    const command = [...(part.entrypoint ?? []), ...(part.command ?? [])];
    const image = part.image?.text ?? "";
    return [
      {
        format: "compose",
        file: part.file,
        line: part.line,
        variant,
        name,
        aliases: [...new Set(part.aliases)].filter((alias) => alias !== name),
        image: image === "" ? null : image,
        imageLine: part.image?.line ?? part.line,
        ...(part.image === null || part.image.file === part.file ? {} : { imageFile: part.image.file }),
        imageExpression: part.image?.written ?? null,
        environment: [
          ...part.envFiles.flatMap((use) => envFileEntries(reading, use, project.variables)),
          ...part.environment.values(),
        ],
        dependsOn: [...part.dependsOn, ...waitsFor(command, part.line)],
        ports: part.ports,
        command,
        volumes: part.volumes,
        networkMode: part.networkMode,
        ipc: part.ipc,
        exposed: part.published || part.networkMode === "host",
        job: part.job || finished.has(name),
        ...(part.healthcheck === null ? {} : { operating: { container: null, probes: healthProbe(part), annotations: [] } }),
        build: buildOf(part),
        builtElsewhere: part.build?.elsewhere || null,
        workdir: part.workdir,
      },
    ];
  });
}

function healthProbe({ healthcheck, file }: ComposePart): DeployedProbe[] {
  if (healthcheck === null) return [];
  return [{ kind: "command", target: commandTarget(healthcheck.words), file, line: healthcheck.line }];
}

function buildOf({ build }: ComposePart): ComposeBuild | null {
  if (build === null || build.elsewhere !== null) return null;
  const { target, file, line, args } = build;
  const context = build.context ?? build.folder;
  const dockerfile = joinPath(context, build.dockerfile ?? "Dockerfile");
  return { context, dockerfile: dockerfile ?? `${context}/Dockerfile`, target, file, line, args };
}

function envFileEntries(reading: ComposeReading, use: ComposePart["envFiles"][number], variables: Variables): EnvironmentEntry[] {
  const found = use.path === null ? null : envFileAt(reading, use.path);
  if (found === null) {
    if (use.required)
      note(reading, {
        path: use.file,
        line: use.line,
        message: `${use.file}:${use.line} names the env file ${use.written}, which is not in the repository`,
        hint: "its variables are unknown",
      });
    return [];
  }
  return readEnvLines(found.text, variables).map(({ key, value, line }) => ({ key, value, file: found.path, line, from: "own" }));
}

/** Entries that stand in one place and reach several services: an env file, an anchor, a service that others extend. */
function withShared(services: readonly ComposeService[]): ComposeService[] {
  const users = new Map<string, Set<string>>();
  for (const service of services)
    for (const entry of service.environment)
      users.set(placeOf(entry), (users.get(placeOf(entry)) ?? new Set()).add(service.name));
  return services.map((service) => ({
    ...service,
    environment: service.environment.map((entry) =>
      (users.get(placeOf(entry))?.size ?? 0) > 1 ? { ...entry, from: "shared" } : entry,
    ),
  }));
}

function placeOf({ key, file, line }: EnvironmentEntry): string {
  return `${file}:${line}:${key}`;
}
