/** Modules that touch tables of others (the interface mandate inside of one deployable; metrics.md I). */
import type { Policy } from "#model/modules.js";
import type { Violation } from "#model/policy.js";
import { nameFits } from "#util/globs.js";
import type { ModuleIndex } from "./module-index.js";
import { enforcementOf, violation } from "./violating.js";

/** A place in the code or in SQL that names a table. */
export interface TableTouch {
  readonly repository: string;
  readonly file: string;
  readonly line: number;
  /** As written, with a schema in front where there is one. */
  readonly table: string;
  /** define: a migration, DDL or mapped class says what the table looks like. */
  readonly does: "define" | "read" | "write";
}

/** A table belongs to the module that declares it under `tables`, else to the only one that defines it. */
export function foreignTables(policy: Policy, touches: readonly TableTouch[], index: ModuleIndex): Violation[] {
  const declared = policy.modules.flatMap((module) =>
    module.tables.map((pattern) => ({ module, pattern: pattern.toLowerCase() })),
  );
  const owners = new Map<string, ReturnType<ModuleIndex["of"]>>();
  const placed = touches.map((touch) => ({
    ...touch,
    name: touch.table.toLowerCase(),
    module: index.of(touch.repository, touch.file),
  }));
  for (const { name } of placed) {
    if (owners.has(name)) continue;
    const said = declared.find(({ pattern }) => nameFits(pattern, name) || nameFits(pattern, unqualified(name)));
    const makers = new Set(
      placed.flatMap((touch) => (touch.does === "define" && touch.name === name && touch.module ? [touch.module] : [])),
    );
    const [maker = null] = makers;
    owners.set(name, said?.module ?? (makers.size === 1 ? maker : null));
  }
  return placed.flatMap(({ repository, file, line, table, name, does, module }) => {
    const owner = owners.get(name) ?? null;
    if (!owner || !module || owner === module || (policy.tests === "ignore" && index.isTest(repository, file))) return [];
    const enforcement = enforcementOf(policy, "foreign-table", module, owner);
    if (enforcement === "off") return [];
    const verb = does === "define" ? "defines" : does === "write" ? "writes" : "reads";
    return [
      violation({
        rule: "foreign-table",
        enforcement,
        module: module.ref,
        subjects: [module.ref, owner.ref],
        from: file,
        to: `table:${table}`,
        kind: null,
        message: `${module.name} ${verb} the table ${table}, which belongs to ${owner.name}`,
        fix: `ask ${owner.name} through its public interface, or keep a copy that its events fill`,
        location: { repository, file, line },
      }),
    ];
  });
}

function unqualified(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
