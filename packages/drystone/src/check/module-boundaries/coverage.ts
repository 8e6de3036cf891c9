/** What would make a check silently green: files in no module, modules without files, imports that lead nowhere, uses that nobody needs. */
import type { Evidence } from "#model/evidence.js";
import type { Problem } from "#model/facts.js";
import type { ModuleFact, Policy, PolicyPlace } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { componentRef } from "#model/refs.js";
import { faceTest, globTest, isGlob } from "#util/globs.js";
import { isTestFile } from "#util/test-files.js";
import type { ModuleIndex } from "./module-index.js";
import { coversModule, coversPackage } from "./selecting.js";
import type { FileTable } from "./uses.js";
import { type Draft, enforcementOf, violation } from "./violating.js";

/** All files by repository. */
export type RepositoryFiles = ReadonlyMap<string, readonly string[]>;

export function coverageViolations(
  policy: Policy,
  tables: readonly FileTable[],
  files: RepositoryFiles,
  index: ModuleIndex,
): Violation[] {
  return [...withoutFiles(policy, files), ...unassigned(policy, files, index), ...unusedUses(policy, tables, index)];
}

function declared(
  policy: Policy,
  rule: Draft["rule"],
  module: ModuleFact | null,
  place: PolicyPlace,
  rest: Pick<Draft, "from" | "to" | "message" | "fix">,
  repository: string,
): Violation[] {
  const enforcement = enforcementOf(policy, rule, module, null);
  if (enforcement === "off") return [];
  const ref = module?.ref ?? componentRef(repository);
  return [
    violation({
      rule,
      enforcement,
      module: ref,
      subjects: [ref],
      kind: null,
      location: { repository, ...place },
      evidence: [{ type: "declaration", repository, ...place }],
      ...rest,
    }),
  ];
}

function withoutFiles(policy: Policy, files: RepositoryFiles): Violation[] {
  const [first = ""] = files.keys();
  const empty = policy.modules.flatMap((module) => {
    if (module.place === null || hasFiles(module, files.get(module.repository) ?? [])) return [];
    return declared(
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
    declared(
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
    return declared(
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

function hasFiles({ paths }: ModuleFact, files: readonly string[]): boolean {
  return paths.some((path) => {
    if (path === "") return files.length > 0;
    if (isGlob(path)) return files.some(globTest([path]));
    return files.some((file) => file === path || (file.startsWith(path) && file[path.length] === "/"));
  });
}

const program = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|java|kts?|pyi?|go|cs|php|rb|rs)$/;
/** Files that tools read and no module is made of. */
const aside =
  /(?:^|\/)(?:\.[^/]+\/|node_modules\/|vendor\/|third_party\/|dist\/|build\/|target\/|coverage\/)|(?:^|\/)(?:\.[^/]+|[^/]*\.config\.[cm]?[jt]s|(?:gulp|grunt|rake)file\.\w+|Gruntfile\.js|setup\.py|noxfile\.py|conftest\.py|manage\.py|build\.gradle\.kts|settings\.gradle\.kts|[^/]*\.d\.ts)$/i;

/** One per folder that holds no module at all; files that stand beside modules one by one. */
function unassigned(policy: Policy, files: RepositoryFiles, index: ModuleIndex): Violation[] {
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

/** Declared uses that no import needs; one of several modules of an entry is enough. */
function unusedUses(policy: Policy, tables: readonly FileTable[], index: ModuleIndex): Violation[] {
  const uses = policy.modules.flatMap((module) => (module.uses ?? []).map((use) => ({ module, use })));
  if (uses.length === 0) return [];
  const { targets, packages } = targetsOf(tables);
  const needed = new Map<string, boolean>();
  const keyOf = ({ module, use }: (typeof uses)[number]) =>
    `${use.place.file}\n${use.place.line}\n${module.place?.line ?? 0}\n${use.text}`;
  for (const one of uses) {
    const { module, use } = one;
    const isNeeded =
      use.selector.of === "package"
        ? (packages.get(module) ?? []).some((used) => coversPackage([use.selector], used))
        : [...(targets.get(module) ?? [])].some(([target, files]) => {
            if (!coversModule([use.selector], target, index)) return false;
            const face = use.face === null ? null : target.faces.find(({ name }) => name === use.face);
            return face === null || (face !== undefined && [...files].some(faceTest(face.files)));
          });
    needed.set(keyOf(one), (needed.get(keyOf(one)) ?? false) || isNeeded);
  }
  const told = new Set<string>();
  return uses.flatMap((one) => {
    const { module, use } = one;
    const key = keyOf(one);
    if (needed.get(key) || told.has(key) || module.place === null) return [];
    told.add(key);
    return declared(
      policy,
      "unused-use",
      module,
      use.place,
      {
        from: module.ref,
        to: use.text,
        message: `${module.name} declares that it uses ${use.text}, and no import does`,
        fix: `take ${JSON.stringify(use.text)} out of uses of ${module.name}`,
      },
      module.repository,
    );
  });
}

function targetsOf(tables: readonly FileTable[]) {
  const targets = new Map<ModuleFact, Map<ModuleFact, Set<string>>>();
  const packages = new Map<
    ModuleFact,
    { name: string; ecosystem: string; declared: "runtime" | "development" | "no" | null }[]
  >();
  for (const { graph, modules, ecosystem } of tables) {
    for (let edge = 0; edge < graph.from.length; edge++) {
      const from = modules[graph.from[edge] ?? 0];
      const to = modules[graph.to[edge] ?? 0];
      if (!from || !to || from === to) continue;
      let own = targets.get(from);
      if (!own) targets.set(from, (own = new Map()));
      const files = own.get(to) ?? new Set<string>();
      own.set(to, files.add(graph.files[graph.to[edge] ?? 0] ?? ""));
    }
    for (const { from, name, declared: named = null } of graph.packages) {
      const module = modules[from];
      if (!module) continue;
      const own = packages.get(module) ?? [];
      packages.set(module, own);
      own.push({ name, ecosystem: ecosystem(from), declared: named });
    }
  }
  return { targets, packages };
}

export interface Unresolved {
  readonly violations: readonly Violation[];
  /** Of the imports that look as if they lead into the repository. */
  readonly count: number;
  readonly of: number;
  readonly share: number;
}

/** Imports that look internal and lead nowhere: whatever they break is not seen. Above the threshold each is an error, below it a note. */
export function unresolvedImports(
  policy: Policy,
  tables: readonly FileTable[],
  most: number,
  isAllowed: (table: FileTable, file: number, line: number) => boolean,
): Unresolved {
  const found = tables.flatMap((table) =>
    table.graph.unresolved.flatMap((one) => {
      const module = table.modules[one.from] ?? null;
      const isOutside = module === null && policy.modules.length > 0;
      if (isOutside || (policy.tests === "ignore" && table.isTest[one.from])) return [];
      return isAllowed(table, one.from, one.line) ? [] : [{ table, module, ...one }];
    }),
  );
  const resolved = tables.reduce((sum, { graph }) => sum + graph.counts.reduce((all, count) => all + count.resolved, 0), 0);
  const of = resolved + found.length;
  const share = of === 0 ? 0 : found.length / of;
  const isTooMany = share > most;
  const violations = found.flatMap(({ table: { graph }, module, from, specifier, line }) => {
    const enforcement = enforcementOf(policy, "unresolved", module, null);
    if (enforcement === "off") return [];
    const file = graph.files[from] ?? "";
    const ref = module?.ref ?? componentRef(graph.repository);
    return [
      violation({
        rule: "unresolved",
        enforcement: isTooMany ? enforcement : "warn",
        isNote: !isTooMany,
        module: ref,
        subjects: [ref],
        from: file,
        to: specifier,
        kind: null,
        message: `${specifier} leads to no file: rules cannot see what it uses`,
        fix: `correct the import, or commit the file${/\.[cm]?[jt]sx?$|\.vue$|\.svelte$/.test(file) ? ", or map the name in tsconfig paths or package.json" : ""}`,
        location: { repository: graph.repository, file, line },
      }),
    ];
  });
  return { violations, count: found.length, of, share };
}

/** Files that could not be read, or not to their end. */
export function unreadableFiles(
  policy: Policy,
  problems: readonly (Problem & { readonly repository: string })[],
  index: ModuleIndex,
): Violation[] {
  return problems.flatMap(({ repository, path, line, message, hint }) => {
    const module = index.of(repository, path);
    const enforcement = enforcementOf(policy, "unreadable", module, null);
    if (enforcement === "off" || (policy.tests === "ignore" && index.isTest(repository, path))) return [];
    const ref = module?.ref ?? componentRef(repository);
    return [
      violation({
        rule: "unreadable",
        enforcement,
        module: ref,
        subjects: [ref],
        from: path,
        to: "unread",
        kind: null,
        message,
        fix: hint,
        location: { repository, file: path, line: line ?? 1 },
      }),
    ];
  });
}

/** Exceptions in `rules` that no import needs. */
export function unusedExceptions(policy: Policy, unused: readonly Policy["rules"][number][], repository: string): Violation[] {
  return unused.flatMap((rule) =>
    declared(
      policy,
      "unused-allow",
      null,
      rule.place,
      {
        from: rule.place.file,
        to: `${rule.fromText} -> ${rule.toText}`,
        message: `the exception ${rule.fromText} -> ${rule.toText} allows nothing that would be denied`,
        fix: "take it out of rules",
      },
      repository,
    ),
  );
}
