/** Source files that belong to no module: no rule speaks about them. */
import type { Evidence } from "#model/evidence.js";
import type { ModuleFact, Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef } from "#model/refs.js";
import { isTestFile } from "#util/test-files.js";
import type { ModuleIndex } from "./module-index.js";
import { enforcementOf, violation } from "./violating.js";
import type { RepositoryFiles } from "./without-files.js";

const program = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|java|kts?|pyi?|go|cs|php|rb|rs)$/;

/** Files that tools read and no module is made of. */
const aside =
  /(?:^|\/)(?:\.[^/]+\/|node_modules\/|vendor\/|third_party\/|dist\/|build\/|target\/|coverage\/)|(?:^|\/)(?:\.[^/]+|[^/]*\.config\.[cm]?[jt]s|(?:gulp|grunt|rake)file\.\w+|Gruntfile\.js|setup\.py|noxfile\.py|conftest\.py|manage\.py|build\.gradle\.kts|settings\.gradle\.kts|[^/]*\.d\.ts)$/i;

/** One per folder that holds no module at all; files that stand beside modules one by one. */
export function unassigned(policy: Policy, files: RepositoryFiles, index: ModuleIndex): Violation[] {
  const enforcement = enforcementOf(policy, "unassigned", null, null);
  if (enforcement === "off" || !policy.declared) return [];
  return [...files].flatMap(([repository, paths]) => {
    const own = policy.modules.filter((module) => module.repository === repository);
    const around = foldersAround(own);
    const groups = new Map<string, string[]>();
    for (const file of paths) {
      if (!program.test(file) || aside.test(file) || isTestFile(file) || index.of(repository, file) !== null) continue;
      const group = groupOf(file, around);
      // Marks a folder above modules as a package of Python.
      if (group === file && /(?:^|\/)__init__\.pyi?$/.test(file)) continue;
      const known = groups.get(group);
      if (known) known.push(file);
      else groups.set(group, [file]);
    }
    return [...groups].map(([group, members]) => {
      const [first = group] = members;
      const isFolder = group !== first;
      return violation({
        rule: "unassigned",
        enforcement,
        module: componentRef(repository),
        subjects: [componentRef(repository)],
        from: group,
        to: "no module",
        kind: null,
        message: isFolder
          ? `${group}: ${members.length === 1 ? "a source file belongs" : `${members.length} source files belong`} to no module`
          : `${first} belongs to no module`,
        fix: "add a module with match for it, move it into one, or widen the match of one",
        location: { repository, file: first, line: 1 },
        evidence: members.slice(0, 20).map((file): Evidence => ({ type: "file", repository, file, line: 1 })),
        evidenceTotal: members.length,
        value: members.length,
        unit: "files",
      });
    });
  });
}

/** Folders on the way to a module. */
function foldersAround(modules: readonly ModuleFact[]): ReadonlySet<string> {
  const around = new Set<string>([""]);
  for (const { paths } of modules) {
    for (const path of paths) {
      const literal = path.split(/[*?]/)[0] ?? "";
      for (let slash = literal.lastIndexOf("/"); slash > 0; slash = literal.lastIndexOf("/", slash - 1))
        around.add(literal.slice(0, slash));
    }
  }
  return around;
}

/** The highest folder around a file that holds no module; the file itself where there is none. */
function groupOf(file: string, around: ReadonlySet<string>): string {
  for (let slash = file.indexOf("/"); slash > 0; slash = file.indexOf("/", slash + 1)) {
    const folder = file.slice(0, slash);
    if (!around.has(folder)) return folder;
  }
  return file;
}
