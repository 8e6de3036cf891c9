/** Modules, entries and rules that speak about nothing: a check of them would be silently green. */
import type { ModuleFact, Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { globTest, isGlob } from "#util/globs.js";
import { violationOfDeclaration } from "./violating.js";

/** All files by repository. */
export type RepositoryFiles = ReadonlyMap<string, readonly string[]>;

export function withoutFiles(policy: Policy, files: RepositoryFiles): Violation[] {
  const [first = ""] = files.keys();
  const empty = policy.modules.flatMap((module) => {
    if (module.place === null || hasFiles(module, files.get(module.repository) ?? [])) return [];
    return violationOfDeclaration(
      policy,
      "no-files",
      module,
      module.place,
      {
        from: module.ref,
        to: module.paths.join(", "),
        message: `${module.name} has no files: nothing is at ${module.paths.join(", ")}`,
        fix: "correct match, or take the module out",
      },
      module.repository,
    );
  });
  const unmatched = policy.unmatched.flatMap(({ text, place }) =>
    violationOfDeclaration(
      policy,
      "no-files",
      null,
      place,
      {
        from: place.file,
        to: text,
        message: `no folder fits ${text}: this entry makes no module`,
        fix: "correct match, or take the entry out",
      },
      first,
    ),
  );
  const idle = policy.rules.flatMap((rule) => {
    const paths = rule.from.filter(({ of, not }) => of === "path" && !not);
    if (paths.length === 0 || paths.length < rule.from.filter(({ not }) => !not).length) return [];
    const covers = globTest(paths.map(({ value }) => value));
    if ([...files.values()].some((all) => all.some(covers))) return [];
    return violationOfDeclaration(
      policy,
      "no-files",
      null,
      rule.place,
      {
        from: rule.place.file,
        to: `${rule.fromText} -> ${rule.toText}`,
        message: `no file is at ${rule.fromText}: this rule speaks about nothing`,
        fix: "correct from, or take the rule out",
      },
      first,
    );
  });
  return [...empty, ...unmatched, ...idle];
}

export function hasFiles({ paths }: ModuleFact, files: readonly string[]): boolean {
  return paths.some((path) => {
    if (path === "") return files.length > 0;
    if (isGlob(path)) return files.some(globTest([path]));
    return files.some((file) => file === path || (file.startsWith(path) && file[path.length] === "/"));
  });
}
