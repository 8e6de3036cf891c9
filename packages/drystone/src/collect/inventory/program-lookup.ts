/** Finds the folder of a program by what other files call it. */
import { dockerfileVariant } from "#collect/deployment/index.js";
import { isInside, isPackaging } from "#collect/folders/index.js";
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { groupBy, unique } from "#util/group-by.js";
import { plainName } from "#util/words.js";
import { shortManifestName } from "./describe.js";
import { entryClaims } from "./entry-claims.js";
import type { Gathered } from "./gather.js";
import { knownImage } from "./images.js";
import { stemOf, withoutCommonPrefix } from "./names.js";

export type Lookup = (names: readonly string[], under: string) => string | null;

/** Finds the folder of a program by its own name, then by the name in its build file, then by the stem of its own, if there is exactly one. */
export function programLookup(repository: Gathered): Lookup {
  const folders = new Set([
    ...programFolders(repository),
    ...repository.dockerfiles.map((dockerfile) => dockerfile.folder).filter((folder) => !folder.split("/").some(isPackaging)),
  ]);
  const named = [...folders].filter((folder) => folder !== "");
  const byFolder = [plainName, withoutCommonPrefix(named.map(lastPart)), stemOf].map((same) => ({
    same,
    index: groupBy(named, (folder) => same(lastPart(folder))),
  }));
  // `--build-arg PACKAGE=shop-relay` where the crate `shop-relay` lies in `relay/server`.
  const manifests = repository.manifests.filter(({ aggregator, folder, name }) => !aggregator && folder !== "" && name !== null);
  const byManifest = new Map(
    [...groupBy(manifests, ({ name }) => plainName(shortManifestName(name ?? "")))].map(([name, all]) => [
      name,
      unique(all.map(({ folder }) => folder)),
    ]),
  );
  const indexes = [...byFolder.slice(0, 1), { same: plainName, index: byManifest }, ...byFolder.slice(1)];
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
export function builtFolder(
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
export function dockerfileFolder(repository: Gathered, dockerfile: string, hints: readonly string[], lookup: Lookup): string {
  const folder = folderOf(dockerfile);
  const variant = dockerfileVariant(dockerfile);
  const parts = folder.split("/");
  const packaging = parts.findIndex(isPackaging);
  if (packaging < 0) {
    const named = variant === "" ? null : lookup([variant, ...hints], folder);
    return named ?? (folder === "" ? startedFolder(repository, dockerfile) : programElsewhere(repository, dockerfile)) ?? folder;
  }
  // `src/main/docker` packs the module around it.
  const above = parts
    .slice(0, packaging)
    .join("/")
    .replace(/(?:^|\/)src\/main$/, "");
  const inner = parts.slice(packaging + 1).at(-1) ?? "";
  const found = lookup([variant, inner, ...hints], above);
  if (found !== null) return found;
  const packed = packedFolder(repository, dockerfile, above);
  if (packed !== null) return packed;
  const started = above === "" ? startedFolder(repository, dockerfile) : null;
  if (started !== null) return started;
  const base = repository.dockerfiles.find((candidate) => candidate.path === dockerfile)?.base;
  const isOwn = inner !== "" && (repository.codeFolders.has(folder) || (base ? isServer(base) : false));
  return isOwn ? folder : above;
}

/** Where images have a tree of their own without code, `images/core/Dockerfile` packs the one program whose folder is called `core`. */
function programElsewhere(repository: Gathered, dockerfile: string): string | null {
  const folder = folderOf(dockerfile);
  const base = repository.dockerfiles.find(({ path }) => path === dockerfile)?.base;
  const isOwn = repository.codeFolders.has(folder) || repository.manifests.some((manifest) => manifest.folder === folder);
  if (folder === "" || isOwn || (base && isServer(base))) return null;
  const found = programFolders(repository).filter((one) => plainName(lastPart(one)) === plainName(lastPart(folder)));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Folders of build files, of places where programs start, and of the projects of a workspace. */
function programFolders(repository: Gathered): string[] {
  return unique([
    // What npm publishes is a package for others, also where the program around it has its name.
    ...repository.manifests
      .filter(
        ({ aggregator, ecosystem, published, executable }) => !aggregator && !(ecosystem === "npm" && published && !executable),
      )
      .map((manifest) => manifest.folder),
    ...entryClaims(repository).map((entry) => entry.folder),
    ...repository.projects.map((project) => project.folder),
  ]);
}

/** The member of a workspace that an image of the whole workspace starts in: `WORKDIR /app/apps/shop`. */
function startedFolder(repository: Gathered, dockerfile: string): string | null {
  const { workdir = null } = repository.dockerfiles.find(({ path }) => path === dockerfile) ?? {};
  const parts = (workdir ?? "").split("/").filter(Boolean);
  const ends = parts.slice(0, -1).map((_, at) => parts.slice(at).join("/"));
  return ends.find((end) => repository.manifests.some(({ folder, aggregator }) => folder === end && !aggregator)) ?? null;
}

/** The only folder with code that goes into the image: `COPY recommender /app`. */
function packedFolder(repository: Gathered, dockerfile: string, context: string): string | null {
  const { copies = [] } = repository.dockerfiles.find(({ path }) => path === dockerfile) ?? {};
  const packed = new Set(
    copies.flatMap(({ path }) => {
      const folder = joinPath(context, path.replace(/^\/|\/\.?$/g, ""));
      return folder !== null && folder !== context && repository.codeFolders.has(folder) ? [folder] : [];
    }),
  );
  const [only] = packed;
  return packed.size === 1 ? (only ?? null) : null;
}

/** A database or a proxy with files of its own: what is packed is the image and not the code above. */
function isServer(base: string): boolean {
  const known = knownImage(base);
  return known !== null && known.kind !== "external";
}
