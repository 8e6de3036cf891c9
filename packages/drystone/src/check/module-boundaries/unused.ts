/** What a policy allows and nobody needs: it hides what comes next. */
import type { ModuleFact, Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { faceTest } from "#util/globs.js";
import type { ModuleIndex } from "./module-index.js";
import { coversModule, coversPackage } from "./selecting.js";
import type { FileTable } from "./uses.js";
import { violationOfDeclaration } from "./violating.js";

/** Declared uses that no import needs; one of several modules of an entry is enough. */
export function unusedUses(policy: Policy, tables: readonly FileTable[], index: ModuleIndex): Violation[] {
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
    return violationOfDeclaration(
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

/** Exceptions in `rules` that no import needs. */
export function unusedExceptions(policy: Policy, unused: readonly Policy["rules"][number][], repository: string): Violation[] {
  return unused.flatMap((rule) =>
    violationOfDeclaration(
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
