/** Which of the claimed folders are deployables of their own, and which folders each owns. */

import { isInside } from "#collect/folders/index.js";
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { groupBy, unique } from "#util/group-by.js";
import { plainName } from "#util/words.js";
import { type Candidate, type Claim, manifestsAt } from "./claim.js";
import type { Gathered } from "./gather.js";
import { foldersInUse } from "./libraries.js";

export interface Deployable extends Candidate {
  /** Its own folder first, then folders that only its program uses. */
  readonly paths: readonly string[];
}

/** Settles what lies in what: parts go to the whole, a whole that only packs its parts goes. */
export function settle(repository: Gathered, candidates: readonly Candidate[]): Deployable[] {
  const own = withMainOfRoot(
    repository,
    candidates.filter((candidate) => candidate.repository === repository.repository),
  );
  const strong = withoutSharedCode(repository, withoutTools(own));
  const wholes = strong.filter((candidate) => !isWrapping(repository, candidate, strong));
  const kept = wholes.filter(
    (candidate) =>
      !wholes.some((outer) => outer !== candidate && isInside(candidate.folder, outer.folder) && !standsAlone(candidate, outer)),
  );
  return withSharedBuild(
    repository,
    kept.map((candidate) => widened(repository, candidate, kept)),
  );
}

/** The image of a Go module packs the command that has its name: `Dockerfile` and `cmd/shop/main.go` of `example.com/shop` are one program. */
function withMainOfRoot(repository: Gathered, candidates: readonly Candidate[]): readonly Candidate[] {
  const root = candidates.find((candidate) => candidate.folder === "" && isPacked(candidate));
  const name = manifestsAt(repository, "")
    .find(({ ecosystem }) => ecosystem === "go")
    ?.name?.replace(/\/v\d{1,3}$/, "");
  if (root === undefined || !name) return candidates;
  const main = candidates.find(
    (one) => one.claims.some(isGoMain) && !isPacked(one) && plainName(lastPart(one.folder)) === plainName(lastPart(name)),
  );
  if (main === undefined || main === root) return candidates;
  const whole = { ...root, claims: [...root.claims, ...main.claims.map((claim) => ({ ...claim, uses: [] }))] };
  return candidates.flatMap((one) => (one === root ? [whole] : one === main ? [] : [one]));
}

function isPacked({ claims }: Candidate): boolean {
  return claims.some(({ dockerfile }) => dockerfile !== null);
}

/** A part with a deployment of its own; beside a whole that is deployed, a Dockerfile alone only builds something for it. */
function standsAlone(inner: Candidate, outer: Candidate): boolean {
  return isDeployed(inner) || (isDescribed(inner) && (outer.folder === "" || !isDeployed(outer)));
}

/** A Dockerfile in `cart/src` is about `cart`, where nothing else is in it. */
function widened(repository: Gathered, candidate: Candidate, all: readonly Candidate[]): Candidate {
  const above = folderOf(candidate.folder);
  if (
    above === "" ||
    !/^(?:src|source|sources|code)$/i.test(lastPart(candidate.folder)) ||
    all.some((other) => other !== candidate && isInside(other.folder, above))
  )
    return candidate;
  return manifestsAt(repository, above).length === 0 || all.length > 1 ? { ...candidate, folder: above } : candidate;
}

/** Named by something that deploys it. */
function isDescribed(candidate: Candidate): boolean {
  return candidate.claims.some((claim) => claim.source !== "manifest" && claim.source !== "entry");
}

function isDeployed(candidate: Candidate): boolean {
  return candidate.claims.some(({ source }) => /^(?:compose|kubernetes|aspire|terraform|serverless|skaffold)$/.test(source));
}

/** Where services come with deployment files, a bare program is a tool for those who work on them; so is a bare Rust program beside one that serves. */
function withoutTools(candidates: readonly Candidate[]): Candidate[] {
  const packed = candidates.filter(isDescribed);
  const described = packed.length;
  // Where one command of a Go module is packed and the others are not, these are tools beside it.
  const [only] = packed;
  const oneOfGo = described === 1 && only?.folder !== "" && only?.claims.some(isGoMain) === true;
  const someRustServes = candidates.some(({ claims }) => claims.some((claim) => isRustMain(claim) && !claim.weak));
  return candidates.filter(({ claims }) => {
    if (claims.some((claim) => !claim.weak && claim.source !== "manifest")) return true;
    if (someRustServes && claims.some(isRustMain)) return false;
    return (described < 2 && !(oneOfGo && claims.every(isGoMain))) || claims.some((claim) => !claim.weak);
  });
}

function isGoMain({ source, file }: Claim): boolean {
  return source === "entry" && file.endsWith(".go");
}

function isRustMain({ source, file }: Claim): boolean {
  return source === "entry" && (file?.endsWith("src/main.rs") ?? false);
}

/** Code that others build into theirs is no program, whatever scripts and plugins its build file has; nor is what lies among the packages where programs have a folder of their own. */
function withoutSharedCode(repository: Gathered, candidates: readonly Candidate[]): Candidate[] {
  const programFolders = candidates.some((candidate) => programs.test(candidate.folder));
  const used = foldersInUse(repository);
  return candidates.filter((candidate) => {
    const { folder, claims } = candidate;
    if (isDescribed(candidate) || programs.test(folder)) return true;
    if (programFolders && packages.test(folder)) return false;
    // A crate that others use may have a small program beside its library.
    return !used.has(folder) || claims.some((claim) => claim.source !== "manifest" && !(claim.weak && isRustMain(claim)));
  });
}

const programs = /(?:^|\/)(?:apps|services|microservices|applications)\/[^/]{1,200}$/;
const packages = /(?:^|\/)(?:packages|libs?|libraries|shared|common)\/[^/]{1,200}$/;

/** A build of everything beside two or more parts that run alone is no part of its own. */
function isWrapping(repository: Gathered, candidate: Candidate, all: readonly Candidate[]): boolean {
  if (isDeployed(candidate)) return false;
  const inner = all.filter((other) => other !== candidate && isInside(other.folder, candidate.folder));
  if (inner.length < 2) return false;
  return (
    candidate.folder === "" ||
    inner.filter(isDescribed).length >= 2 ||
    manifestsAt(repository, candidate.folder).some((manifest) => manifest.aggregator)
  );
}

/** Several commands of one module keep their code beside them: what only one of them imports, or what has its name, is its own. */
function withSharedBuild(repository: Gathered, candidates: readonly Candidate[]): Deployable[] {
  const users = groupBy(
    candidates.flatMap((candidate) =>
      unique(candidate.claims.flatMap((claim) => claim.uses)).map((folder) => ({ candidate, folder })),
    ),
    (use) => use.folder,
  );
  const used = groupBy(
    [...users.values()].flatMap((by) => (by.length === 1 ? by : [])).filter((use) => !sharedFolder.test(use.folder)),
    (use) => use.candidate,
  );
  const named = groupBy(
    unique(repository.active.flatMap(foldersOfPath)).filter((folder) => besides.test(folder)),
    (folder) => plainName(folder.slice(folder.indexOf("/") + 1)),
  );
  return candidates.map((candidate) => {
    const { folder } = candidate;
    if (folder === "" || !candidate.claims.some((claim) => claim.uses.length > 0)) return { ...candidate, paths: [folder] };
    const beside = [...(used.get(candidate) ?? []).map((use) => use.folder), ...(named.get(plainName(lastPart(folder))) ?? [])];
    const free = beside.filter(
      (path) =>
        !candidates.some((other) => other !== candidate && (isInside(other.folder, path) || isInside(path, other.folder))),
    );
    return { ...candidate, paths: topmost([folder, ...free.filter((path) => path.includes("/"))]) };
  });
}

/** Where commands keep the code that is theirs. */
const besides = /^(?:internal|services?|pkg|apps?|src|modules)\//;

/** Meant for all, even if only one main file names it. */
const sharedFolder = /(?:^|\/)(?:pkg|common|shared|utils?|libs?)(?:\/|$)/;

function foldersOfPath(path: string): string[] {
  const parts = path.split("/");
  return [2, 3, 4].flatMap((depth) => (parts.length > depth ? [parts.slice(0, depth).join("/")] : []));
}

function topmost(folders: readonly string[]): string[] {
  const distinct = unique(folders);
  return distinct.filter((folder) => !distinct.some((other) => other !== folder && isInside(folder, other)));
}
