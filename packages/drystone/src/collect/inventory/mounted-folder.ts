/** Development files mount the sources into an image that holds none. */
import type { ComposeService } from "#collect/deployment/index.js";
import { joinPath } from "#collect/manifests/index.js";
import type { Gathered } from "./gather.js";
import { knownImage } from "./images.js";
import { isTrial } from "./names.js";

/** The folder of the repository that a service works in by a mount of the host; null when there is none or no code is in it. The root is one for images that hold nothing themselves. */
export function mountedFolder(
  repository: Gathered,
  service: ComposeService,
  imageWorkdir: string | null,
  isEmptyImage = false,
): string | null {
  const workdir = (service.workdir ?? imageWorkdir)?.replace(/\/$/, "") ?? "";
  if (!workdir.startsWith("/")) return null;
  const mounts = service.volumes
    .filter(({ kind, target }) => kind === "host" && isAbove(target.replace(/\/$/, ""), workdir))
    .toSorted((a, b) => b.target.length - a.target.length);
  const [mount] = mounts;
  if (mount === undefined || mount.name.startsWith("/")) return null;
  const folder = joinPath(mount.name, `.${workdir.slice(mount.target.replace(/\/$/, "").length)}`);
  if (folder === "") return isEmptyImage && repository.manifests.some((manifest) => manifest.folder === "") ? "" : null;
  return folder !== null && repository.codeFolders.has(folder) ? folder : null;
}

/** The same for a service that builds nothing: `image: node:20` with the sources mounted. */
export function mountedProgram(repository: Gathered, service: ComposeService): string | null {
  const plain = !service.build && service.image !== null && knownImage(service.image) === null;
  return plain && !isTrial(service.name) ? mountedFolder(repository, service, null) : null;
}

function isAbove(folder: string, path: string): boolean {
  return folder !== "" && (path === folder || path.startsWith(`${folder}/`));
}
