/** What each file claims to be deployed, by the folder it is built from. */
import { type ComposeService, type Dockerfile, dockerfileVariant } from "#collect/deployment/index.js";
import { isPackaging } from "#collect/folders/index.js";
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { groupBy, unique } from "#util/group-by.js";
import { wordsOf } from "#util/words.js";
import { type Candidate, type Claim, claimOf, emptyClaim, type Unbuilt } from "./claim.js";
import { entryClaims } from "./entry-claims.js";
import type { Gathered } from "./gather.js";
import { placesOfImages } from "./image-claims.js";
import { knownImage } from "./images.js";
import { mountedFolder, mountedProgram } from "./mounted-folder.js";
import { imageName, imagePath, isTrial } from "./names.js";
import { ownPrograms } from "./own-programs.js";
import { packedServer, packsServerBesideProgram } from "./packed-server.js";
import { builtFolder, dockerfileFolder, type Lookup, programLookup } from "./program-lookup.js";
import { hasNoProgram, isWorkspaceImage, startsNothing } from "./starts-nothing.js";
import { isTool } from "./tools.js";

/** Candidates of all repositories, and what runs beside them. Claims on one folder are one candidate. */
export function collectClaims(gathered: readonly Gathered[]): {
  readonly candidates: readonly Candidate[];
  readonly unbuilt: readonly Unbuilt[];
} {
  const candidates = new Map<string, Candidate>();
  const add = (repository: string, folder: string, claim: Claim) => {
    const key = `${repository}\n${folder}`;
    const candidate = candidates.get(key) ?? { repository, folder, claims: [] };
    candidates.set(key, candidate);
    candidate.claims.push(claim);
  };
  for (const repository of gathered) claimsWithFolder(repository, (folder, claim) => add(repository.repository, folder, claim));
  const unbuilt: Unbuilt[] = [];
  for (const { place, repository, claim, image } of placesOfImages(gathered, [...candidates.values()])) {
    if (place) add(place.repository, place.folder, claim);
    else unbuilt.push({ repository, claim, image });
  }
  return { candidates: [...candidates.values()], unbuilt };
}

/** Those that name a folder or a Dockerfile, or stand in the folder themselves. */
function claimsWithFolder(repository: Gathered, add: (folder: string, claim: Claim) => void): void {
  const lookup = programLookup(repository);
  const dockerfiles = new Map(repository.dockerfiles.map((dockerfile) => [dockerfile.path, dockerfile]));
  const manifested = new Set(
    repository.manifests.filter((manifest) => !manifest.aggregator && manifest.folder !== "").map((manifest) => manifest.folder),
  );
  const builds = new Map(
    repository.compose.flatMap((service): [ComposeService, string][] => {
      const folder = composeFolder(repository, service, dockerfiles, lookup);
      return folder === null ? [] : [[service, folder]];
    }),
  );
  const programs = ownPrograms(repository, builds);
  for (const [service, built] of builds) {
    const folder = programs.get(service) ?? built;
    const says = `${service.file} ${builtFrom(service, programs.has(service) ? "runs" : "builds", folder)}`;
    const dockerfile = dockerfiles.get(service.build?.dockerfile ?? "") ?? null;
    add(folder, { ...claimOf(repository, "compose", service, says), dockerfile });
  }
  for (const service of repository.compose) {
    const folder = mountedProgram(repository, service);
    if (folder === null) continue;
    add(folder, {
      ...claimOf(repository, "compose", service, `${service.file} runs ${service.name} from ${folder}`),
      image: null,
    });
  }
  for (const resource of repository.aspire) {
    if (resource.folder === null || !repository.folders.has(resource.folder)) continue;
    const says = `${resource.file} starts ${resource.name} from ${resource.folder === "" ? "the root" : resource.folder}`;
    const dockerfile = dockerfiles.get(resource.dockerfile ?? "") ?? null;
    add(resource.folder, { ...claimOf(repository, "aspire", resource, says), dockerfile });
  }
  for (const unit of repository.functions) {
    const says = `${unit.file} deploys the function ${unit.name} of ${unit.service}`;
    add(unit.folder, {
      ...claimOf(repository, "serverless", unit, says),
      name: unit.service || null,
      aliases: [],
      runsOnce: false,
    });
  }
  for (const unit of repository.processes) {
    if (!repository.codeFolders.has(unit.folder) && !manifested.has(unit.folder)) continue;
    const says = `${unit.file} names what to run`;
    add(unit.folder, { ...claimOf(repository, "entry", unit, says), name: null, aliases: [], runsOnce: false });
  }
  for (const build of repository.builds) {
    if (!repository.folders.has(build.folder)) continue;
    const folder = builtFolder(
      repository,
      build.folder,
      build.dockerfile ?? `${build.folder}/Dockerfile`,
      [imageName(build.image)],
      lookup,
    );
    const says = `${build.file} builds the image ${build.image} from ${folder === "" ? "the root" : folder}`;
    add(folder, {
      ...emptyClaim,
      repository: repository.repository,
      source: "skaffold",
      name: null,
      image: imagePath(build.image),
      says,
      file: build.file,
      line: build.line,
    });
  }
  const workbenches = new Set(
    repository.compose
      .filter(isWorkbench)
      .map(({ build }) => folderOf(build?.dockerfile ?? ""))
      .filter(isPackaging),
  );
  const composed = groupBy([...builds], ([service]) => service.build?.dockerfile ?? "");
  for (const dockerfile of repository.dockerfiles) {
    if (workbenches.has(dockerfile.folder)) continue;
    const named = unique((composed.get(dockerfile.path) ?? []).map(([service, folder]) => programs.get(service) ?? folder));
    // Built for several programs, it holds none of its own.
    if (named.length > 1) continue;
    const folder = named[0] ?? dockerfileFolder(repository, dockerfile.path, [], lookup);
    const words = [...wordsOf(lastPart(dockerfile.folder)), ...wordsOf(dockerfileVariant(dockerfile.path))];
    if (
      words.some((word) => /^(?:builder|base|ci|devcontainer|toolchain|tests?)$/.test(word)) ||
      /^\d[\d.]*$/.test(lastPart(dockerfile.folder)) ||
      packsServerBesideProgram(repository, dockerfile) ||
      startsNothing(dockerfile)
    )
      continue;
    const isDatabase = dockerfile.base !== null && knownImage(dockerfile.base)?.is === "resource";
    if (!repository.codeFolders.has(folder) && !manifested.has(folder) && !isDatabase) continue;
    // What develops or runs the code from elsewhere holds none of the folder that it happens to stand in.
    if (packsNothing(dockerfile) && (dockerfile.folder !== folder || isWorkspaceImage(dockerfile)) && !isDatabase) continue;
    add(folder, {
      ...emptyClaim,
      repository: repository.repository,
      source: "dockerfile",
      name: null,
      says: dockerfile.path,
      file: dockerfile.path,
      line: dockerfile.baseLine,
      dockerfile,
    });
  }
  for (const manifest of repository.manifests) {
    const { executable } = manifest;
    // The program that starts all the others is none of them.
    if (!executable || repository.hosts.includes(manifest.folder)) continue;
    const weak = manifest.ecosystem === "dotnet" && executable.reason.endsWith("an executable");
    add(manifest.folder, {
      ...emptyClaim,
      repository: repository.repository,
      source: "manifest",
      name: null,
      weak,
      tool: isTool(manifest),
      says: executable.reason,
      file: executable.file,
      line: executable.line,
    });
  }
  for (const project of repository.projects) {
    if (!project.application) continue;
    add(project.folder, {
      ...emptyClaim,
      repository: repository.repository,
      source: "manifest",
      name: project.name,
      says: `${project.file} lists the application ${project.name}`,
      file: project.file,
      line: project.line,
    });
  }
  for (const { folder, claim } of entryClaims(repository)) add(folder, claim);
}

/** An override and a service that extends one of another file do not say from where themselves. */
function builtFrom({ name, file, build }: ComposeService, verb: "runs" | "builds", folder: string): string {
  const from = folder === "" ? "the root" : folder;
  return build === null || build.file === file ? `${verb} ${name} from ${from}` : `has the service ${name}, built from ${from}`;
}

/** The folder that a service of a compose file is built from; null when it is not, or only checks others. */
function composeFolder(
  repository: Gathered,
  service: ComposeService,
  dockerfiles: ReadonlyMap<string, Dockerfile>,
  lookup: Lookup,
): string | null {
  const { build, name } = service;
  if (!build || isTrial(name) || isBaseImage(service) || isWorkbench(service)) return null;
  if (packedServer(repository, service) !== null) return null;
  const { args, target } = build;
  const context = sourceOf(repository, build.context);
  if (context === null) return null;
  const dockerfile = context === build.context ? build.dockerfile : `${context}/Dockerfile`;
  const hints = [...args.map(lastPart), target ?? "", name, ...(service.image ? [imageName(service.image)] : [])];
  const built = builtFolder(repository, context, dockerfile, hints, lookup);
  const image = dockerfiles.get(dockerfile) ?? null;
  const isEmpty = image !== null && packsNothing(image);
  const hasCode = repository.codeFolders.has(built);
  if (hasCode && !isEmpty) return built;
  const mounted = mountedFolder(repository, service, image?.workdir ?? null, isEmpty || !hasCode);
  // The whole repository is mounted for every program of it: its name says which one this is. What only prepares it is none.
  if (mounted === "" && service.job) return null;
  const found = (mounted === "" ? lookup([name], "") : null) ?? mounted;
  if (found !== null) return found;
  // The program of somebody else with fonts or plugins added: nothing is built here.
  const holdsNone = !hasCode && !repository.manifests.some(({ folder }) => folder === built);
  const known = image?.base ? knownImage(image.base) : null;
  const isForeign = image?.base != null && (known === null || known.kind === "external");
  return isEmpty && holdsNone && isForeign && hasNoProgram(image) ? null : built;
}

/** Nothing of the repository is copied into it: tools, or an image of something else. */
function packsNothing({ copies }: Dockerfile): boolean {
  return copies.length === 0;
}

/** Built so that others can start from it: `base.Dockerfile`, and nothing listens. */
function isBaseImage({ build, ports, command }: ComposeService): boolean {
  return (
    build !== null &&
    ports.length === 0 &&
    command.length === 0 &&
    wordsOf(lastPart(build.dockerfile)).some((word) => word === "base" || word === "builder")
  );
}

/** A container to work in: its only program is a notebook, or waits for somebody to come in. */
function isWorkbench({ command }: ComposeService): boolean {
  return command.some((word) => /(?:^|[\s/])jupyter(?:-lab|-notebook|hub)?(?:\s|$)/.test(word)) || command[0] === "sleep";
}

/** The folder itself, or the project whose build makes it where it is not in the repository: `orders/target`, `orders/build/libs`. */
function sourceOf(repository: Gathered, context: string): string | null {
  if (repository.folders.has(context)) return context;
  const project = /^(.{1,300}?)\/(?:target|build|dist|out|bin|publish)(?:\/[\w.-]{1,60}){0,3}$/.exec(context)?.[1] ?? null;
  return project !== null && repository.manifests.some(({ folder }) => folder === project) ? project : null;
}
