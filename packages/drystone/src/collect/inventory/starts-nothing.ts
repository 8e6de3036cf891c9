/** Dockerfiles that build something or check it, and run nothing. */
import type { Dockerfile } from "#collect/deployment/index.js";
import { lastPart } from "#collect/manifests/index.js";
import { isRuntime } from "./images.js";

/** True for one of several in a folder (`Dockerfile.repro`) that neither starts nor listens, on an image that does not either; the plain one may be started by who deploys it. */
export function startsNothing({ path, base, command, ports, healthcheck }: Dockerfile): boolean {
  const isPlain = /^(?:Dockerfile|Containerfile)$/i.test(lastPart(path));
  if (isPlain || ports.length > 0 || healthcheck !== null) return false;
  const [program] = command;
  // The images of PHP start their server by themselves.
  if (program === undefined) return base === null || (isRuntime(base) && !/php/.test(base));
  return /^(?:echo|true|:)$/.test(program);
}
