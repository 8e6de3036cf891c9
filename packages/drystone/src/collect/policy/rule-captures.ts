/** Rules with captures: one for each folder that fills them, also for folders that are added later. */
import { alternatives, expansions, fill, hasCapture, type RawDependency } from "#collect/config/index.js";

/**
 * `from: src/features/{name}/**` with `to: ["src/features/**", "!src/features/{name}/**"]` is one rule per feature. A capture is a path glob
 * of `from`; `to` and the other globs of `from` are filled in. `{a,b}` is written out. Without captures the rule itself; with captures that nothing fills none.
 * @param paths sorted.
 */
export function ruleInstances(rule: RawDependency, paths: readonly string[]): readonly RawDependency[] {
  const from = listed(rule.from).flatMap(alternatives);
  const to = listed(rule.to).flatMap(alternatives);
  const leading = from.filter((glob) => hasCapture(glob) && !glob.startsWith("!"));
  if (leading.length === 0) return [{ ...rule, from, to }];
  const others = from.filter((glob) => !leading.includes(glob));
  const found = new Map<string, { readonly captured: ReadonlyMap<string, string>; readonly globs: string[] }>();
  for (const glob of leading) {
    for (const { glob: filled, captured } of expansions(glob, candidates(glob, paths))) {
      const key = [...captured].join("\0");
      const one = found.get(key) ?? { captured, globs: [] };
      one.globs.push(filled);
      found.set(key, one);
    }
  }
  return [...found.values()].map(({ captured, globs }) => ({
    ...rule,
    from: [...globs, ...others.map((text) => fill(text, captured))],
    to: to.map((text) => fill(text, captured)),
  }));
}

/** What stands before more of a path is a folder. */
function candidates(glob: string, paths: readonly string[]): readonly string[] {
  const segments = glob.split("/");
  const last = segments.findLastIndex(hasCapture);
  return last === segments.length - 1 ? paths : paths.filter((path) => path.split("/").length > last + 1);
}

function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
