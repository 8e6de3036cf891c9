/** Texts that an app host takes from classes of other files: `builder.AddRedis(Components.Redis)`. */
import { cuesOf } from "#collect/code/index.js";
import { lastPart } from "#collect/manifests/index.js";
import { groupBy, unique } from "#util/group-by.js";

const maxFiles = 50;

/**
 * By `Class.Member`, those that have one value. Only files named after a class that the host names are read.
 * @param paths of the repository. @param read texts of such files.
 */
export function hostConstants(
  host: string,
  paths: readonly string[],
  read: (wanted: readonly string[]) => ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const classes = new Set(
    [...host.matchAll(/(?<![\w.])([A-Z]\w{0,80})\.[A-Z]\w{0,80}(?=[.,)\s])/g)].map((match) => `${match[1]}.cs`),
  );
  const wanted = paths.filter((path) => path.endsWith(".cs") && classes.has(lastPart(path))).slice(0, maxFiles);
  const found = [...(wanted.length === 0 ? [] : read(wanted))].flatMap(([path, text]) =>
    cuesOf(path, text).flatMap((cue) => (cue.kind === "constant" ? [cue] : [])),
  );
  return new Map(
    [...groupBy(found, ({ name }) => name)].flatMap(([name, all]) => {
      const [value, ...others] = unique(all.map((cue) => cue.value));
      return value === undefined || others.length > 0 ? [] : [[name, value] as const];
    }),
  );
}
