/** Exported files that drystone.yaml names under `inputs`. */
import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { SystemDeclaration } from "#collect/config/index.js";
import type { Clone } from "#collect/git/index.js";
import type { Problem } from "#model/facts.js";
import type { CollectOptions } from "./options.js";
import { noRunningInputs, type RunningInputs } from "./running-inputs.js";

/** Only files below the folder of drystone.yaml, and no links out of it: the repository under analysis must not lead the tool elsewhere. A file given with `--config` may name any. */
export function declaredInputs(
  declaration: SystemDeclaration,
  options: Pick<CollectOptions, "paths" | "config">,
  clones: readonly Clone[],
): { readonly inputs: RunningInputs; readonly problems: readonly Problem[] } {
  const { inputs } = declaration;
  const folder = options.config === undefined ? folderOf(options, clones) : dirname(resolve(options.config));
  const problems: Problem[] = [];
  const find = (kind: "traces" | "deploys" | "work" | "load"): string[] =>
    inputs[kind].flatMap((path) => {
      const file = folder === null ? null : placeOf(folder, path, options.config !== undefined);
      if (file !== null) return [file];
      problems.push({
        path: declaration.config.file ?? "drystone.yaml",
        line: null,
        message: `inputs.${kind}: ${path} is no file below the folder of drystone.yaml, and was not read`,
        hint: `put it there, or pass it: drystone assess --${kind} FILE`,
      });
      return [];
    });
  return {
    inputs: {
      ...noRunningInputs,
      traces: find("traces"),
      deploys: find("deploys"),
      work: find("work"),
      load: find("load"),
      states: inputs.states,
    },
    problems,
  };
}

function folderOf({ paths }: Pick<CollectOptions, "paths">, clones: readonly Clone[]): string | null {
  const [only, ...more] = clones;
  if (only !== undefined && more.length === 0) return only.workTree;
  return paths.length === 1 && paths[0] !== undefined ? resolve(paths[0]) : null;
}

function placeOf(folder: string, path: string, isTrusted: boolean): string | null {
  if (!isTrusted && (isAbsolute(path) || path.split(/[\\/]/).includes(".."))) return null;
  const file = isAbsolute(path) ? path : join(folder, path);
  try {
    if (!isTrusted && !isBelow(realpathSync(folder), realpathSync(file))) return null;
    return lstatSync(realpathSync(file)).isFile() ? file : null;
  } catch {
    return null;
  }
}

function isBelow(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== "" && !isAbsolute(way) && way.split(sep)[0] !== "..";
}
