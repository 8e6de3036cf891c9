/** Servers that everybody knows, packed with scripts beside a program: they are what their image is, not a second name of the program. */
import type { ComposeService, Dockerfile } from "#collect/deployment/index.js";
import type { Gathered } from "./gather.js";
import { knownImage } from "./images.js";

/** The server image in a Dockerfile that a compose service builds where another Dockerfile builds a program; null for all else. */
export function packedServer(repository: Gathered, { build }: ComposeService): string | null {
  if (!build) return null;
  const own = repository.dockerfiles.find(({ path }) => path === build.dockerfile);
  if (!own || !isServer(own)) return null;
  const hasProgram = repository.dockerfiles.some((other) => other.folder === own.folder && !isServer(other));
  return hasProgram ? own.base : null;
}

/** Its last stage is a server that everybody knows, and another Dockerfile beside it builds a program. */
export function packsServerBesideProgram({ dockerfiles }: Gathered, dockerfile: Dockerfile): boolean {
  return isServer(dockerfile) && dockerfiles.some((other) => other.folder === dockerfile.folder && !isServer(other));
}

function isServer({ base }: Dockerfile): boolean {
  return base !== null && knownImage(base)?.is === "resource";
}
