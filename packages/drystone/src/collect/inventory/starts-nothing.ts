/** Dockerfiles that build something, check it or hold what people work with, and run nothing. */
import type { Dockerfile } from "#collect/deployment/index.js";
import { lastPart } from "#collect/manifests/index.js";
import { isRuntime } from "./images.js";

/** True for one of several in a folder (`Dockerfile.repro`) that neither starts nor listens, on an image that does not either; the plain one may be started by who deploys it. */
export function startsNothing(dockerfile: Dockerfile): boolean {
  const { path, base, command } = dockerfile;
  if (/^(?:Dockerfile|Containerfile)$/i.test(lastPart(path)) || listens(dockerfile)) return false;
  const [program] = command;
  // The images of PHP start their server by themselves.
  if (program === undefined) return base === null || (isRuntime(base) && !/php/.test(base));
  return /^(?:echo|true|:)$/.test(program);
}

/** At the root, on an image that is no plain runtime, with nothing that starts or listens: `FROM gitpod/workspace-full`. */
export function isWorkspaceImage(dockerfile: Dockerfile): boolean {
  return dockerfile.folder === "" && hasNoProgram(dockerfile) && !isRuntime(dockerfile.base ?? "scratch");
}

/** Neither a program nor a port. One that is meant to be built upon may start something. */
export function hasNoProgram(dockerfile: Dockerfile): boolean {
  const { base, command } = dockerfile;
  return command.length === 0 && !listens(dockerfile) && !(base ?? "onbuild").includes("onbuild");
}

function listens({ ports, healthcheck }: Dockerfile): boolean {
  return ports.length > 0 || healthcheck !== null;
}
