/** One image for several programs: each service of a compose file starts its own, and keeps its code in a folder of its own. */
import type { ComposeService } from "#collect/deployment/index.js";
import { isInside } from "#collect/folders/index.js";
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { groupBy, unique } from "#util/group-by.js";
import { plainName } from "#util/words.js";
import type { Gathered } from "./gather.js";

/**
 * The folder of each service that is built from `folderOf(service)` together with others, where all of them say by their command which program they are and all
 * these programs stand beside each other, or all by the path of a folder that none of the others is in. A web server and its worker, which are
 * one program, do neither.
 */
export function ownPrograms(
  repository: Gathered,
  built: ReadonlyMap<ComposeService, string>,
): ReadonlyMap<ComposeService, string> {
  const found = new Map<ComposeService, string>();
  const groups = groupBy([...built], ([service, folder]) => `${service.file}\n${folder}`);
  for (const entries of groups.values()) {
    const [folder = ""] = entries.map(([, one]) => one);
    const services = entries.map(([service]) => service);
    const commands = new Set(services.map(({ command }) => command.join(" ")));
    if (services.length < least || commands.size < services.length) continue;
    const names = new Set(services.map(({ name }) => plainName(name)));
    const inside = [...repository.codeFolders.keys()].filter(
      (one) => names.has(plainName(lastPart(one))) && one !== folder && isInside(one, folder),
    );
    const parents = unique(inside.map(folderOf)).filter((parent) =>
      services.every((service) => programIn(inside, parent, service) !== null),
    );
    const [parent] = parents.sort((a, b) => a.length - b.length);
    const started = parent === undefined ? startedFolders(repository, folder, services) : null;
    if (parent === undefined && started === null) continue;
    for (const [index, service] of services.entries())
      found.set(service, (parent === undefined ? started?.[index] : programIn(inside, parent, service)) ?? folder);
  }
  return found;
}

const least = 2;

/** The folder below `parent` that has the name of the service and that a word of its command names: `shop cart`, `./bin/cart`, `node cart/main.js`. */
function programIn(folders: readonly string[], parent: string, { name, command }: ComposeService): string | null {
  const words = command.flatMap((word) => word.split(/[\s/.=:]+/)).map(plainName);
  const wanted = plainName(name);
  const found = folders.filter(
    (folder) => folderOf(folder) === parent && plainName(lastPart(folder)) === wanted && words.includes(wanted),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Per service the folder below `built` whose path its command gives (`--dir=apps/shop/public`), with all around it that is nobody else's; null unless each has one. */
function startedFolders(repository: Gathered, built: string, services: readonly ComposeService[]): string[] | null {
  const named = services.flatMap(({ command }) => {
    const words = command.map((word) => word.slice(word.indexOf("=") + 1)).filter((word) => word.includes("/"));
    const folders = words.flatMap((word) => joinPath(built, word.replace(/\/{1,50}$/, "")) ?? []);
    return folders.find((folder) => folder !== built && repository.codeFolders.has(folder)) ?? [];
  });
  const isApart = named.every((one, index) => named.every((other, at) => at === index || !isInside(other, one)));
  if (named.length < services.length || !isApart) return null;
  return named.map((folder) => {
    let whole = folder;
    for (let above = folderOf(whole); above !== built && isInside(above, built); above = folderOf(above)) {
      if (named.some((other) => other !== folder && isInside(other, above))) break;
      whole = above;
    }
    return whole;
  });
}
