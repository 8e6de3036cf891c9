/** Where the declaration of several repositories stands. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** drystone.yaml in one of the folders that were given. */
export function systemFile(paths: readonly string[]): string | undefined {
  return paths
    .flatMap((path) => ["drystone.yaml", "drystone.yml"].map((name) => join(resolve(path), name)))
    .find((path) => existsSync(path));
}
