/** One image for several programs: each service of a compose file starts its own, and keeps its code in a folder of that name. */
import type { ComposeService } from "#collect/deployment/index.js";
import { isInside } from "#collect/folders/index.js";
import { folderOf, lastPart } from "#collect/manifests/index.js";
import { plainName } from "#util/words.js";
import type { Gathered } from "./gather.js";
import { groupBy, unique } from "./group-by.js";

/**
 * The folder of each service that is built from `folderOf(service)` together with others, where all of them say by their command which program they are and all
 * these programs stand beside each other; a web server and its worker, which are one program, do not.
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
    if (parent === undefined) continue;
    for (const service of services) found.set(service, programIn(inside, parent, service) ?? folder);
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
