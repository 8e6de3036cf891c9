/** Stores that a client library tells of without an address, and the tables that code and migrations name. */
import type { Evidence } from "#model/evidence.js";
import { type Ref, resourceRef } from "#model/refs.js";
import { stem } from "./address-book.js";
import { cueEvidence, type LinkContext } from "./context.js";
import type { CueClass } from "./edges.js";
import type { FoundCue, Part } from "./parts.js";
import { resolveTemplate } from "./resolve-template.js";

export function linkStores(context: LinkContext): void {
  for (const part of context.parts) {
    linkClients(context, part);
    nameDatabases(context, part);
    linkTables(context, part);
  }
}

/** A client without an address: the only store of that technology that fits is meant. */
function linkClients(context: LinkContext, part: Part): void {
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "store-client" || cue.technology === "in-memory") continue;
    if (storesOf(context, part, cue.technology).length > 0) continue;
    const target = likelyStore(context, part, cue.technology);
    if (target === null) {
      context.unresolved.push({
        component: part.ref,
        kind: "store",
        text: `${cue.technology} (${cue.library})`,
        reason: "no store of this technology, or several",
        evidence: [cueEvidence(found)],
      });
      continue;
    }
    const classes: CueClass[] = [clientClass(found)];
    const broker = context.resources.get(target)?.kind === "broker";
    context.edges.add({
      from: part.ref,
      to: target,
      kind: broker ? "dependsOn" : "reads",
      protocol: broker ? "queue" : "db",
      detail: null,
      classes,
      evidence: [cueEvidence(found)],
    });
    context.storeUses.push({
      component: part.ref,
      resource: target,
      technology: cue.technology,
      database: null,
      schema: null,
      user: null,
      evidence: [cueEvidence(found)],
    });
  }
}

/** A client in a shared library of a language whose frameworks wire everything says only that it could be used. */
function clientClass({ cue, own }: FoundCue): CueClass {
  const library = cue.kind === "store-client" ? cue.library : "";
  if (isBuildFile(cue.file)) return connectsByItself(library) ? "convention" : "dependency";
  return !own && /\.(?:cs|java|kt|scala)$/.test(cue.file) ? "dependency" : "call";
}

/** Starters that make a connection when the program starts, whether code asks for it or not. */
function connectsByItself(library: string): boolean {
  return /^(?:[\w.]+:)?(?:spring-boot-starter-(?:amqp|data-\w[\w-]*|artemis|activemq)|spring-cloud-(?:starter-)?(?:bus|stream)-[\w-]+|spring-cloud-stream-binder-\w+|quarkus-(?:jdbc|redis|mongodb|messaging|smallrye-reactive-messaging)[\w-]*)$/.test(
    library,
  );
}

function isBuildFile(file: string): boolean {
  return /(?:^|\/)(?:package\.json|pom\.xml|build\.gradle(?:\.kts)?|go\.mod|requirements[\w-]*\.txt|pyproject\.toml|Gemfile|composer\.json|Cargo\.toml|[\w.-]+\.[cf]sproj)$/.test(
    file,
  );
}

/** Stores of a technology that are linked already. */
function storesOf(context: LinkContext, part: Part, technology: string): Ref[] {
  return [
    ...new Set(
      context.storeUses
        .filter(
          (use) =>
            use.component === part.ref &&
            sameTechnology(context.resources.get(use.resource)?.technology ?? use.technology, technology),
        )
        .map((use) => use.resource),
    ),
  ];
}

function likelyStore(context: LinkContext, part: Part, technology: string): Ref | null {
  const fitting = [...context.resources.values()].filter(
    (resource) =>
      ["datastore", "cache", "broker", "bucket"].includes(resource.kind) &&
      resource.partOf === null &&
      sameTechnology(resource.technology, technology),
  );
  if (fitting.length === 1) return fitting[0]?.ref ?? null;
  const ordered = new Set(
    part.units.flatMap(({ unit, repository }) =>
      (unit?.dependsOn ?? []).map(({ name }) => context.book.byHost(name, repository)),
    ),
  );
  const waited = fitting.filter(({ ref }) => ordered.has(ref));
  if (waited.length === 1) return waited[0]?.ref ?? null;
  const own = stem(part.component?.name ?? "");
  const named =
    own === "" ? [] : fitting.filter(({ name, aliases }) => [name, ...aliases].some((known) => stemOfStore(known) === own));
  return named.length === 1 ? (named[0]?.ref ?? null) : null;
}

/** `orders-db`, `mongo-orders` and `orders_postgres` are the store of `orders`. */
function stemOfStore(name: string): string {
  return stem(
    name
      .replace(
        /(?:^|[-_.])(?:db|database|data|store|storage|mongo(?:db)?|postgres(?:ql)?|pg|mysql|mariadb|redis|cache|mssql|sql|sqlserver|cassandra)(?=$|[-_.])/gi,
        "",
      )
      .replace(/(?:db|mongo|mysql|postgres|redis)$/i, ""),
  );
}

export function sameTechnology(a: string | null, b: string): boolean {
  if (a === null) return false;
  const family = (name: string) => families.get(name.toLowerCase()) ?? name.toLowerCase();
  return family(a) === family(b);
}

const families: ReadonlyMap<string, string> = new Map([
  ["mariadb", "mysql"],
  ["postgres", "postgresql"],
  ["cockroachdb", "postgresql"],
  ["timescaledb", "postgresql"],
  ["valkey", "redis"],
  ["mongo", "mongodb"],
  ["mssql", "sqlserver"],
  ["opensearch", "elasticsearch"],
  ["amqp", "rabbitmq"],
  ["redpanda", "kafka"],
  ["minio", "s3"],
]);

/** Database names that code gives apart from the address: `client.db("orders")`, `spring.data.mongodb.database`. */
function nameDatabases(context: LinkContext, part: Part): void {
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "store-client" || cue.database === null) continue;
    for (const { text } of resolveTemplate(cue.database, part, context.shared)) {
      if (text.includes("{}") || text === "") continue;
      for (const resource of storesOf(context, part, cue.technology))
        context.storeUses.push({
          component: part.ref,
          resource,
          technology: cue.technology,
          database: text,
          schema: null,
          user: null,
          evidence: [cueEvidence(found)],
        });
    }
  }
}

interface TableUse {
  readonly name: string;
  readonly schema: string | null;
  readonly technology: string | null;
  readonly modes: Set<"read" | "write">;
  /** True for the component that makes the table. */
  readonly defines: { is: boolean };
  readonly entities: Set<string>;
  readonly evidence: Evidence[];
}

function linkTables(context: LinkContext, part: Part): void {
  const tables = new Map<string, TableUse>();
  const entities = new Map<string, TableUse>();
  for (const found of part.cues) {
    const { cue } = found;
    if (cue.kind !== "table") continue;
    const schema = cue.schema === null || /^(?:public|dbo)$/i.test(cue.schema) ? null : cue.schema;
    const key = `${schema ?? ""}.${cue.name.toLowerCase()}`;
    const use: TableUse = tables.get(key) ?? {
      name: cue.name,
      schema,
      technology: cue.technology,
      modes: new Set(),
      defines: { is: false },
      entities: new Set(),
      evidence: [],
    };
    tables.set(key, use);
    if (cue.entity !== null) {
      entities.set(cue.entity, use);
      use.entities.add(cue.entity);
    }
    use.evidence.push(cueEvidence(found));
    // Who defines a table writes its rows somewhere; an entity is at least read.
    if (cue.access === "write" || cue.access === "define") use.modes.add("write");
    if (cue.access === "define") use.defines.is = true;
    if (cue.access === "read" || cue.access === "map") use.modes.add("read");
  }
  for (const found of part.cues) {
    const { cue } = found;
    const use = cue.kind === "entity-use" ? entities.get(cue.entity) : undefined;
    if (cue.kind !== "entity-use" || use === undefined) continue;
    use.modes.add(cue.access);
    use.evidence.push(cueEvidence(found));
  }
  for (const use of withoutGuesses([...tables.values()])) placeTable(context, part, use);
}

/** An entity has one table: where a migration makes one of the names, the others were made up from the name of the class. */
function withoutGuesses(tables: readonly TableUse[]): TableUse[] {
  const made = new Set(
    tables.filter(({ defines }) => defines.is).flatMap(({ entities, name }) => [...entities, name.toLowerCase()]),
  );
  const named = new Map<string, number>();
  for (const { entities } of tables) for (const entity of entities) named.set(entity, (named.get(entity) ?? 0) + 1);
  return tables.filter(
    ({ defines, entities }) => defines.is || ![...entities].some((entity) => (named.get(entity) ?? 0) > 1 && made.has(entity)),
  );
}

function placeTable(context: LinkContext, part: Part, use: TableUse): void {
  const stores = [
    ...new Set(context.storeUses.filter(({ component }) => component === part.ref).map(({ resource }) => resource)),
  ].filter((ref) => {
    const resource = context.resources.get(ref);
    return resource?.kind === "datastore" && (use.technology === null || sameTechnology(resource.technology, use.technology));
  });
  const [store] = stores;
  if (store === undefined || stores.length > 1) return;
  const databases = new Set(
    context.storeUses.flatMap((one) =>
      one.component === part.ref && one.resource === store && one.database !== null ? [one.database] : [],
    ),
  );
  const database = databases.size === 1 ? [...databases][0] : null;
  const parent = context.resources.get(store);
  const name = [use.schema, use.name].filter((word) => word !== null).join(".");
  const ref = resourceRef([parent?.name, database, name].filter((word) => typeof word === "string").join("."));
  if (!context.found.resources.has(ref))
    context.found.resources.set(ref, {
      ref,
      name,
      kind: "table",
      partOf: store,
      technology: parent?.technology ?? null,
      aliases: [],
      evidence: use.evidence.slice(0, 6),
    });
  const modes: readonly ("read" | "write")[] = use.modes.size === 0 ? ["read"] : [...use.modes].sort();
  for (const mode of modes)
    context.edges.add({
      from: part.ref,
      to: ref,
      kind: mode === "read" ? "reads" : "writes",
      protocol: "db",
      detail: mode === "write" && use.defines.is ? "defines the table" : null,
      classes: ["call"],
      evidence: use.evidence.slice(0, 8),
    });
  if (modes.includes("write"))
    context.edges.add({
      from: part.ref,
      to: store,
      kind: "writes",
      protocol: "db",
      detail: null,
      classes: ["call"],
      evidence: use.evidence.slice(0, 4),
    });
}
