/** What each file claims to be deployed, by the folder it is built from. */
import { type BuildManifest, type Dockerfile, dockerfileVariant, folderOf, lastPart } from "#collect/manifests/index.js";
import { isInside, isPackaging, wordsOf } from "./folders.js";
import type { Gathered } from "./gather.js";
import { groupBy } from "./group-by.js";
import { knownImage } from "./images.js";
import { imageName, imagePath, imageTagName, isTrial, plainName, stemOf, withoutCommonPrefix } from "./names.js";

export interface Claim {
  readonly source: "compose" | "kubernetes" | "skaffold" | "dockerfile" | "manifest" | "entry";
  /** Name it runs under; null when the source has none. */
  readonly name: string | null;
  readonly aliases: readonly string[];
  /** Path of the image without registry and tag; null when unknown. */
  readonly image: string | null;
  /** Helm chart around the workload. */
  readonly chart: string | null;
  readonly runsOnce: boolean;
  /** Only a program, nothing that says it serves anybody. */
  readonly weak: boolean;
  readonly says: string;
  readonly file: string;
  readonly line: number;
  readonly dockerfile: Dockerfile | null;
  /** Folders beside its own that its program uses. */
  readonly uses: readonly string[];
}

export interface Candidate {
  readonly repository: string;
  readonly folder: string;
  readonly claims: Claim[];
}

/** A service or workload of which no source is at hand. */
export interface Unbuilt {
  readonly repository: string;
  readonly claim: Claim;
  /** As written, with registry and tag. */
  readonly image: string;
}

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
  const resolve = imageResolver(gathered, [...candidates.values()]);
  const unbuilt: Unbuilt[] = [];
  for (const repository of gathered) {
    for (const { claim, image } of claimsByImage(repository)) {
      const place = resolve(repository.repository, image, claim);
      if (place) add(place.repository, place.folder, claim);
      else unbuilt.push({ repository: repository.repository, claim, image });
    }
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
  for (const service of repository.compose) {
    if (!service.build || isTrial(service.name) || !repository.folders.has(service.build.context)) continue;
    const { context, dockerfile, args } = service.build;
    const folder = builtFolder(
      repository,
      context,
      dockerfile,
      [...args.map(lastPart), service.name, ...(service.image ? [imageName(service.image)] : [])],
      lookup,
    );
    add(folder, {
      ...nothing,
      source: "compose",
      name: service.name,
      aliases: service.aliases,
      image: service.image ? imagePath(service.image) : null,
      says: `${service.file} builds ${service.name} from ${folder === "" ? "the root" : folder}`,
      file: service.file,
      line: service.line,
      dockerfile: dockerfiles.get(dockerfile) ?? null,
    });
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
      ...nothing,
      source: "skaffold",
      name: null,
      image: imagePath(build.image),
      says,
      file: build.file,
      line: build.line,
    });
  }
  for (const dockerfile of repository.dockerfiles) {
    const folder = dockerfileFolder(repository, dockerfile.path, [], lookup);
    const words = [...wordsOf(lastPart(dockerfile.folder)), ...wordsOf(dockerfileVariant(dockerfile.path))];
    if (
      words.some((word) => /^(?:builder|base|ci|devcontainer|toolchain|tests?)$/.test(word)) ||
      /^\d[\d.]*$/.test(lastPart(dockerfile.folder))
    )
      continue;
    const isDatabase = dockerfile.base !== null && knownImage(dockerfile.base)?.is === "resource";
    if (!repository.codeFolders.has(folder) && !manifested.has(folder) && !isDatabase) continue;
    add(folder, {
      ...nothing,
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
    if (!executable) continue;
    const weak = manifest.ecosystem === "dotnet" && executable.reason.endsWith("an executable");
    add(manifest.folder, {
      ...nothing,
      source: "manifest",
      name: null,
      weak,
      says: executable.reason,
      file: executable.file,
      line: executable.line,
    });
  }
  for (const project of repository.projects) {
    if (!project.application) continue;
    add(project.folder, {
      ...nothing,
      source: "manifest",
      name: project.name,
      says: `${project.file} lists the application ${project.name}`,
      file: project.file,
      line: project.line,
    });
  }
  for (const { folder, claim } of entryClaims(repository)) add(folder, claim);
}

const nothing: Omit<Claim, "source" | "name" | "says" | "file" | "line"> = {
  aliases: [],
  image: null,
  chart: null,
  runsOnce: false,
  weak: false,
  dockerfile: null,
  uses: [],
};

/** A Go module with one command is that command; with several, each is its own folder. */
function entryClaims(repository: Gathered): { folder: string; claim: Claim }[] {
  const mains = groupBy(
    repository.entries.filter((entry) => entry.file.endsWith(".go")),
    (entry) => entry.manifest?.path ?? "",
  );
  return repository.entries.flatMap((entry) => {
    const claim: Claim = {
      ...nothing,
      source: "entry",
      name: null,
      weak: !entry.serves,
      says: entry.reason,
      file: entry.file,
      line: entry.line,
      uses: entry.imports,
    };
    const siblings = mains.get(entry.manifest?.path ?? "") ?? [];
    if (!entry.file.endsWith(".go") || !entry.manifest)
      return entry.manifest || entry.serves ? [{ folder: entry.folder, claim }] : [];
    const alone = siblings.length === 1 || lastPart(entry.folder) === "cmd";
    return [{ folder: alone ? entry.manifest.folder : entry.folder, claim: alone ? { ...claim, uses: [] } : claim }];
  });
}

type Lookup = (names: readonly string[], under: string) => string | null;

/** Finds the folder of a program by its own name, then by the stem of it, if there is exactly one. */
function programLookup(repository: Gathered): Lookup {
  const folders = new Set([
    ...repository.manifests.filter((manifest) => !manifest.aggregator).map((manifest) => manifest.folder),
    ...entryClaims(repository).map((entry) => entry.folder),
    ...repository.projects.map((project) => project.folder),
    ...repository.dockerfiles.map((dockerfile) => dockerfile.folder).filter((folder) => !folder.split("/").some(isPackaging)),
  ]);
  const named = [...folders].filter((folder) => folder !== "");
  const indexes = [plainName, withoutCommonPrefix(named.map(lastPart)), stemOf].map((same) => ({
    same,
    index: groupBy(named, (folder) => same(lastPart(folder))),
  }));
  return (names, under) => {
    for (const { same, index } of indexes) {
      for (const name of names) {
        const found =
          name === "" ? [] : (index.get(same(name)) ?? []).filter((folder) => folder !== under && isInside(folder, under));
        if (found.length === 1) return found[0] ?? null;
      }
    }
    return null;
  };
}

/** The folder that a build is about: contexts are often the whole repository while the Dockerfile stands in the part that is meant. */
function builtFolder(
  repository: Gathered,
  context: string,
  dockerfile: string,
  hints: readonly string[],
  lookup: Lookup,
): string {
  const folder = folderOf(dockerfile);
  if (folder === context || !isInside(folder, context)) {
    if (folder !== context && context !== "") return context;
    return lookup([dockerfileVariant(dockerfile), ...hints], context) ?? context;
  }
  return dockerfileFolder(repository, dockerfile, hints, lookup);
}

/** The folder that a Dockerfile packs: its own, or the one that it names when it stands among others like it. */
function dockerfileFolder(repository: Gathered, dockerfile: string, hints: readonly string[], lookup: Lookup): string {
  const folder = folderOf(dockerfile);
  const variant = dockerfileVariant(dockerfile);
  const parts = folder.split("/");
  const packaging = parts.findIndex(isPackaging);
  if (packaging < 0) return (variant === "" ? null : lookup([variant, ...hints], folder)) ?? folder;
  const above = parts.slice(0, packaging).join("/");
  const inner = parts.slice(packaging + 1).at(-1) ?? "";
  const found = lookup([variant, inner, ...hints], above);
  if (found !== null) return found;
  const base = repository.dockerfiles.find((candidate) => candidate.path === dockerfile)?.base;
  const isOwn = inner !== "" && (repository.codeFolders.has(folder) || (base ? isServer(base) : false));
  return isOwn ? folder : above;
}

/** A database or a proxy with files of its own: what is packed is the image and not the code above. */
function isServer(base: string): boolean {
  const known = knownImage(base);
  return known !== null && known.kind !== "external";
}

/** Compose services without a build and Kubernetes workloads: they name an image only. */
function claimsByImage(repository: Gathered): { claim: Claim; image: string }[] {
  const services = repository.compose.flatMap((service) => {
    if (service.build || !service.image || isTrial(service.name)) return [];
    const says = `${service.file} runs the image ${service.image}`;
    const { name, aliases, file, line } = service;
    return [
      {
        claim: { ...nothing, source: "compose" as const, name, aliases, image: imagePath(service.image), says, file, line },
        image: service.image,
      },
    ];
  });
  const workloads = repository.workloads.flatMap((workload) => {
    const first = workload.images[0];
    if (!first || isTrial(workload.name)) return [];
    const { name, file, line, kind } = workload;
    // An image that only a rendered chart knows leaves the name of the chart.
    const chart = first.image === "" ? workload.chart : null;
    const runsOnce = kind === "Job" || kind === "CronJob";
    const says = `${file} has the ${kind} ${name}`;
    return [
      {
        claim: {
          ...nothing,
          source: "kubernetes" as const,
          name,
          image: first.image === "" ? null : imagePath(first.image),
          chart,
          runsOnce,
          says,
          file,
          line,
        },
        image: first.image,
      },
    ];
  });
  return [...services, ...workloads];
}

interface Place {
  readonly repository: string;
  readonly folder: string;
}

/** Finds the folder behind an image: by the image itself, then by its name, the workload's name and the stems of both, each only if exactly one fits. */
function imageResolver(
  gathered: readonly Gathered[],
  candidates: readonly Candidate[],
): (repository: string, image: string, claim: Claim) => Place | null {
  const byImage = new Map<string, Set<Candidate>>();
  const byName = new Map<string, Set<Candidate>>();
  const byBare = new Map<string, Set<Candidate>>();
  const byStem = new Map<string, Set<Candidate>>();
  const bare = withoutCommonPrefix(candidates.map((candidate) => lastPart(candidate.folder) || candidate.repository));
  const put = (index: Map<string, Set<Candidate>>, key: string, candidate: Candidate) =>
    index.set(key, (index.get(key) ?? new Set()).add(candidate));
  for (const candidate of candidates) {
    const folderName = candidate.folder === "" ? candidate.repository : lastPart(candidate.folder);
    for (const claim of candidate.claims) if (claim.image) put(byImage, claim.image, candidate);
    for (const name of [
      folderName,
      ...candidate.claims.flatMap((claim) => [claim.name ?? "", claim.image === null ? "" : lastPart(claim.image)]),
    ]) {
      if (name === "") continue;
      put(byName, plainName(name), candidate);
      put(byBare, bare(name), candidate);
      put(byStem, stemOf(name), candidate);
    }
  }
  const lookups = new Map(gathered.map((repository) => [repository.repository, programLookup(repository)]));
  const only = (found: Set<Candidate> | undefined, repository: string): Place | null => {
    if (!found) return null;
    const all = [...found];
    const near = all.filter((candidate) => candidate.repository === repository);
    return near.length === 1 ? (near[0] ?? null) : all.length === 1 ? (all[0] ?? null) : null;
  };
  return (repository, image, claim) => {
    const names = [imageName(image), imageTagName(image), claim.name ?? "", claim.chart ?? ""].filter((name) => name !== "");
    const exact =
      only(byImage.get(imagePath(image)), repository) ?? first(names, (name) => only(byName.get(plainName(name)), repository));
    // What everybody knows is only ours if it has our very name.
    if (exact || knownImage(image)) return exact;
    const near =
      first(names, (name) => only(byBare.get(bare(name)), repository)) ??
      first(names, (name) => only(byStem.get(stemOf(name)), repository));
    if (near) return near;
    const folder = lookups.get(repository)?.(names, "") ?? null;
    return folder === null ? null : { repository, folder };
  };
}

function first<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** The manifests of a folder itself. */
export function manifestsAt(repository: Gathered, folder: string): BuildManifest[] {
  return repository.manifests.filter((manifest) => manifest.folder === folder);
}
