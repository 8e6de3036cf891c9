/** Where the sources of images are. */
import type { ComposeService, Workload } from "#collect/deployment/index.js";
import { isInside } from "#collect/folders/index.js";
import { lastPart } from "#collect/manifests/index.js";
import { groupBy, unique } from "#util/group-by.js";
import { plainName, wordsOf } from "#util/words.js";
import { type Candidate, type Claim, claimOf } from "./claim.js";
import type { Gathered } from "./gather.js";
import { knownImage } from "./images.js";
import { mountedProgram } from "./mounted-folder.js";
import { imageName, imagePath, imageTagName, isTrial, stemOf, withoutCommonPrefix, withoutTrack } from "./names.js";
import { packedServer } from "./packed-server.js";
import { programLookup } from "./program-lookup.js";

interface ImageClaim {
  readonly claim: Claim;
  readonly image: string;
}

export interface PlacedImage extends ImageClaim {
  readonly repository: string;
  readonly place: Place | null;
}

/** Where the source of each image is. What one file shows by the name it gives to an image holds for all that run the image. */
export function placesOfImages(gathered: readonly Gathered[], candidates: readonly Candidate[]): PlacedImage[] {
  const resolve = imageResolver(gathered, candidates);
  const placed = (one: ImageClaim): PlacedImage => {
    const { repository } = one.claim;
    return { ...one, repository, place: resolve(repository, one.image, one.claim) };
  };
  const found = gathered.flatMap((repository) =>
    claimsByImage(repository).flatMap(({ whole, parts }): PlacedImage[] => {
      // Several programs in one pod are only told apart where their sources are here.
      const apart = parts.map(placed);
      const built = apart.filter(({ place }) => place !== null);
      return built.length > 1 ? apart.filter(({ place, image }) => place !== null || !isHelper(image)) : [placed(whole)];
    }),
  );
  const learnt = groupBy(
    found.filter(({ place, image }) => place !== null && knownImage(image) === null),
    ({ image }) => imagePath(image),
  );
  return found.map((one) => {
    const places = one.place === null ? (learnt.get(imagePath(one.image)) ?? []) : [];
    const [first] = places;
    const same = places.every(
      ({ place }) => place?.folder === first?.place?.folder && place?.repository === first?.place?.repository,
    );
    return first && same ? { ...one, place: first.place } : one;
  });
}

function isHelper(image: string): boolean {
  return knownImage(image)?.is === "component";
}

/** Compose services without a build here, workloads and servers of an app host: they name an image only. `parts` are the containers of a pod with more than one. */
function claimsByImage(repository: Gathered): { whole: ImageClaim; parts: readonly ImageClaim[] }[] {
  const services = repository.compose.flatMap((service) => {
    const image = service.build ? packedServer(repository, service) : (service.image ?? service.builtElsewhere);
    if (!image || isTrial(service.name) || mountedProgram(repository, service) !== null) return [];
    return [{ claim: claimOf(repository, "compose", { ...service, image }, `${service.file} ${saysOf(service, image)}`), image }];
  });
  const servers = repository.aspire.flatMap((resource) => {
    if (resource.folder !== null || resource.image === null) return [];
    const says = `${resource.file} starts ${resource.name}`;
    return [{ claim: claimOf(repository, "aspire", resource, says), image: resource.image }];
  });
  const programs = repository.terraform.deployed.flatMap((program) => {
    if (program.image === null || program.image === "" || isTrial(program.name)) return [];
    const says = `${program.file} runs the image ${program.image}`;
    return [{ claim: claimOf(repository, "terraform", program, says), image: program.image }];
  });
  const all = [
    ...[...services, ...servers, ...programs].map((whole) => ({ whole, parts: [] })),
    ...repository.workloads.flatMap((workload) => (isTrial(workload.name) ? [] : workloadClaims(repository, workload))),
  ];
  return all.filter(({ whole }) => !isPreparation(whole.claim, whole.image));
}

/** What an override leaves to its base does not stand in it. */
function saysOf({ name, imageFile, builtElsewhere }: ComposeService, image: string): string {
  if (image === builtElsewhere) return `builds ${name} from ${image}, which is elsewhere`;
  return imageFile === undefined ? `runs the image ${image}` : `has the service ${name}, of the image ${image}`;
}

/** A pod is one program with helpers beside it, named by the workload; where several programs share it, each goes by the name of its image. */
function workloadClaims(repository: Gathered, workload: Workload): { whole: ImageClaim; parts: readonly ImageClaim[] }[] {
  const { name, file, kind } = workload;
  const main = workload.images.find(({ image }) => knownImage(image)?.is !== "component") ?? workload.images[0];
  if (main === undefined) return [];
  const base = claimOf(repository, "kubernetes", workload, `${file} has the ${kind} ${name}`);
  const claim = (image: string): Claim => ({
    ...base,
    image: image === "" ? null : imagePath(image),
    // An image that only a rendered chart knows leaves the name of the chart.
    chart: image === "" ? workload.chart : null,
  });
  const parts = workload.images.map(({ image, line }) => ({ claim: { ...claim(image), name: imageName(image), line }, image }));
  return [{ whole: { claim: claim(main.image), image: main.image }, parts: parts.length > 1 ? parts : [] }];
}

/** A server image that only runs a command against the server: it makes topics, users or tables, and ends. */
function isPreparation(claim: Claim, image: string): boolean {
  if (knownImage(image)?.is !== "resource") return false;
  const commanded = (claim.unit?.command.length ?? 0) > 0;
  return claim.runsOnce || (commanded && wordsOf(claim.name ?? "").some((word) => preparing.test(word)));
}

const preparing =
  /^(?:init|initializer|setup|create|creator|seed|seeder|migrate|migration|migrations|provision|bootstrap|import|restore)$/;

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
  for (const candidate of candidates) {
    const folderName = candidate.folder === "" ? candidate.repository : lastPart(candidate.folder);
    for (const claim of candidate.claims) if (claim.image) put(byImage, claim.image, candidate);
    for (const name of [
      folderName,
      ...candidate.claims.flatMap((claim) => [
        claim.name ?? "",
        claim.image === null ? "" : lastPart(claim.image),
        ...hostNames(claim),
      ]),
    ]) {
      if (name === "") continue;
      put(byName, plainName(name), candidate);
      put(byBare, bare(name), candidate);
      put(byStem, stemOf(name), candidate);
    }
  }
  const lookups = new Map(
    gathered.map((repository) => {
      const lookup = programLookup(repository);
      return [
        repository.repository,
        (names: readonly string[]) => lookup(names, "") ?? bareFolder(repository, candidates, names),
      ];
    }),
  );
  return (repository, image, claim) => {
    const names = unique([
      imageName(image),
      imageTagName(image),
      claim.name ?? "",
      claim.chart ?? "",
      ...hostNames(claim),
    ]).filter((name) => name !== "");
    const isServer = knownImage(image)?.is === "resource";
    const named = (name: string) =>
      [...(byName.get(plainName(name)) ?? [])].filter((candidate) => !isServer || packsServer(candidate));
    const exact =
      only(byImage.get(imagePath(image)), repository) ?? first(names, (name) => only(new Set(named(name)), repository));
    // What everybody knows is only ours if it has our very name.
    if (exact || knownImage(image)) return exact;
    const near =
      first(names, (name) => only(byBare.get(bare(name)), repository)) ??
      first(names, (name) => only(byStem.get(stemOf(name)), repository)) ??
      first(names.map(withoutTrack), (name) => (name === null ? null : only(byBare.get(bare(name)), repository)));
    if (near) return near;
    const folder = lookups.get(repository)?.(names) ?? null;
    return folder === null ? null : { repository, folder };
  };
}

/** The one folder with code that has one of the names, where no build file and no other program holds it: `orders/app.py` for `shop/orders:1`. */
function bareFolder(repository: Gathered, candidates: readonly Candidate[], names: readonly string[]): string | null {
  const held = [
    ...repository.manifests.map(({ folder }) => folder),
    ...candidates.filter((candidate) => candidate.repository === repository.repository).map(({ folder }) => folder),
  ];
  const bare = [...repository.codeFolders.keys()].filter(
    (folder) => outermost.test(folder) && !held.some((other) => isInside(folder, other) || isInside(other, folder)),
  );
  return first(names, (name) => {
    const found = bare.filter((folder) => plainName(lastPart(folder)) === plainName(name));
    return found.length === 1 ? (found[0] ?? null) : null;
  });
}

const outermost = /^(?:(?:apps|applications|backend|microservices|services|src)\/)?[^/]{1,200}$/;

/** A database or broker is ours where we build one: scripts beside it have its name and are not it. */
function packsServer({ claims }: Candidate): boolean {
  const bases = claims.flatMap(({ dockerfile }) => dockerfile?.base ?? []);
  return bases.length === 0
    ? !claims.some(({ source }) => source === "manifest")
    : bases.some((base) => knownImage(base)?.is === "resource");
}

/** Other names that a compose file or Terraform gives it on the network; those of Kubernetes have its namespace in them. */
function hostNames({ source, aliases }: Claim): readonly string[] {
  return source === "compose" || source === "terraform" ? aliases : [];
}

function put(index: Map<string, Set<Candidate>>, key: string, candidate: Candidate): void {
  index.set(key, (index.get(key) ?? new Set()).add(candidate));
}

/** The one candidate, of the same repository if there are more. */
function only(found: Set<Candidate> | undefined, repository: string): Place | null {
  if (!found) return null;
  const all = [...found];
  const near = all.filter((candidate) => candidate.repository === repository);
  return near.length === 1 ? (near[0] ?? null) : all.length === 1 ? (all[0] ?? null) : null;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
