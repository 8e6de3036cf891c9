/** How compose puts one description of a service on top of another. */
import type { BuildPart, ComposePart } from "./compose-part.js";
import type { DependsOn, DeployedPort, MountedVolume } from "./deployed.js";

/** Single values are replaced, maps and mounts merged by key, lists appended. Line and file stay those of the base. */
export function mergedPart(base: ComposePart, over: ComposePart): ComposePart {
  return {
    ...base,
    image: over.image ?? base.image,
    build: mergedBuild(base.build, over.build),
    environment: new Map([...base.environment, ...over.environment]),
    envFiles: [...base.envFiles, ...over.envFiles],
    dependsOn: distinct([...waitsOf(base, over), ...waitsOf(over, base)], ({ kind, name, alias }) => `${kind} ${name} ${alias}`),
    completes: [...base.completes, ...over.completes],
    ports: distinct([...base.ports, ...over.ports], portKey),
    published: base.published || over.published,
    command: over.command ?? base.command,
    entrypoint: over.entrypoint ?? base.entrypoint,
    volumes: distinct([...over.volumes, ...base.volumes], (volume: MountedVolume) => volume.target),
    aliases: [...base.aliases, ...over.aliases],
    workdir: over.workdir ?? base.workdir,
    networkMode: over.networkMode ?? base.networkMode,
    ipc: over.ipc ?? base.ipc,
    job: base.job || over.job,
    healthcheck: over.healthcheck ?? base.healthcheck,
  };
}

/** With the file that says so, where the two stand in different ones. */
function waitsOf(part: ComposePart, other: ComposePart): readonly DependsOn[] {
  return part.file === other.file ? part.dependsOn : part.dependsOn.map((one) => ({ file: part.file, ...one }));
}

function mergedBuild(base: BuildPart | null, over: BuildPart | null): BuildPart | null {
  if (base === null || over === null) return over ?? base;
  return {
    context: over.context ?? base.context,
    dockerfile: over.dockerfile ?? base.dockerfile,
    target: over.target ?? base.target,
    file: over.context === null ? base.file : over.file,
    line: over.context === null ? base.line : over.line,
    folder: base.folder,
    args: [...base.args, ...over.args],
    elsewhere: over.elsewhere ?? (over.context === null ? base.elsewhere : null),
  };
}

function portKey({ container, host }: DeployedPort): string {
  return `${container} ${host}`;
}

/** The first of those with one key. */
function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}
