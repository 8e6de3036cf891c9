/** Modules that touch tables of others (the interface mandate inside of one deployable; metrics.md I). */
import type { ModuleFact, Policy } from "#model/modules.js";
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
  /** define: migration or DDL that makes it; change: one that alters or drops it; map: a class or model stands for it. */
  readonly does: "define" | "change" | "map" | "read" | "write";
}

/**
 * A table belongs to the module that declares it under `tables`, else to the only one that defines it, else to the only one that maps it. A module
 * that is the schema of all (`db/` of Rails, `database/` of Laravel) defines for others, and owns nothing that it does not declare.
 */
export function foreignTables(policy: Policy, touches: readonly TableTouch[], index: ModuleIndex): Violation[] {
  const placed = touches.flatMap((touch) => {
    const module = index.of(touch.repository, touch.file);
    const isTest = policy.tests === "ignore" && index.isTest(touch.repository, touch.file);
    return module === null || isTest ? [] : [{ ...touch, name: touch.table.toLowerCase(), module }];
  });
  const owners = ownersOf(policy, placed);
  return placed.flatMap(({ repository, file, line, table, name, does, module }) => {
    const owner = owners.get(name) ?? null;
    if (owner === null || owner === module || isSchemaOfAll(module)) return [];
    const enforcement = enforcementOf(policy, "foreign-table", module, owner);
    if (enforcement === "off") return [];
    return [
      violation({
        rule: "foreign-table",
        enforcement,
        module: module.ref,
        subjects: [module.ref, owner.ref],
        from: file,
        to: `table:${table}`,
        kind: null,
        message: `${module.name} ${verbs[does]} the table ${table}, which belongs to ${owner.name}`,
        fix: `ask ${owner.name} through its public interface, or keep a copy that its events fill`,
        location: { repository, file, line },
      }),
    ];
  });
}

const verbs = { define: "defines", change: "changes", map: "maps", read: "reads", write: "writes" } as const;

interface Placed extends TableTouch {
  readonly name: string;
  readonly module: ModuleFact;
}

function ownersOf(policy: Policy, placed: readonly Placed[]): ReadonlyMap<string, ModuleFact | null> {
  const declared = policy.modules.flatMap((module) =>
    module.tables.map((pattern) => ({ module, pattern: pattern.toLowerCase() })),
  );
  const makers = new Map<string, Set<ModuleFact>>();
  const mappers = new Map<string, Set<ModuleFact>>();
  for (const { name, does, module } of placed) {
    const list = does === "define" ? makers : does === "map" ? mappers : null;
    if (list && !isSchemaOfAll(module)) list.set(name, (list.get(name) ?? new Set<ModuleFact>()).add(module));
  }
  return new Map(
    placed.map(({ name }) => {
      const said = declared.find(({ pattern }) => nameFits(pattern, name) || nameFits(pattern, unqualified(name)));
      const [own = null, ...others] = makers.get(name) ?? mappers.get(name) ?? [];
      return [name, said?.module ?? (others.length === 0 ? own : null)];
    }),
  );
}

function isSchemaOfAll({ paths, tables }: ModuleFact): boolean {
  const names =
    /(?:^|\/)(?:db|database|databases|migrations?|schemas?|sql|ddl|prisma|alembic|flyway|liquibase|db-?migrations?)$/i;
  return tables.length === 0 && paths.length > 0 && paths.every((path) => names.test(path));
}

function unqualified(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
