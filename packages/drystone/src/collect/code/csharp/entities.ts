/** Tables of Entity Framework and Dapper, collections of MongoDB, documents of Marten, and who reads and writes them. */
import { matches } from "../common/matches.js";
import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { callsOf } from "./calls.js";
import { lastName, structureOf } from "./structure.js";
import { argument } from "./values.js";

/** `DbSet<Order> Orders { get; set; }` maps the table `Orders`, unless `ToTable` or `[Table]` in this file says otherwise. */
export const dbSets: Detector = {
  name: "csharp/db-sets",
  languages: ["csharp"],
  words: ["DbSet<", "ToTable"],
  detect(source, emit) {
    const named = tablesOfEntities(source);
    const sets = [...source.bare.matchAll(/\bDbSet<\s{0,5}([\w.]{1,120})\s{0,5}>\??\s{1,20}(\w{1,80})\s{0,20}(?:\{|=>|;|=)/g)];
    const seen = new Set<string>();
    for (const match of sets) {
      const entity = lastName(match[1] ?? "");
      if (isTypeParameter(entity)) continue;
      const table = named.get(entity);
      seen.add(entity);
      emit(match.index, {
        kind: "table",
        name: table?.name ?? match[2] ?? "",
        schema: table?.schema ?? null,
        access: "map",
        technology: null,
        entity,
      });
    }
    for (const [entity, { name, schema, at }] of named)
      if (!seen.has(entity)) emit(at, { kind: "table", name, schema, access: "map", technology: null, entity });
  },
};

interface NamedTable {
  readonly name: string;
  readonly schema: string | null;
  readonly at: number;
}

/** `ToTable("orders", "sales")` by the entity it is said of. */
function tablesOfEntities(source: Source): Map<string, NamedTable> {
  const found = new Map<string, NamedTable>();
  for (const call of callsOf(source, "ToTable|ToView")) {
    const name = argument(source, call.open, 0, "name");
    if (name === null || !/^[\w.$-]{1,120}$/.test(name)) continue;
    const before = source.bare.slice(Math.max(0, call.start - 4000), call.start);
    const entity = [
      ...before.matchAll(
        /\b(?:Entity<\s{0,3}([\w.]{1,120})\s{0,3}>|EntityTypeBuilder<\s{0,3}([\w.]{1,120})\s{0,3}>|IEntityTypeConfiguration<\s{0,3}([\w.]{1,120})\s{0,3}>)/g,
      ),
    ].at(-1);
    const type = entity?.[1] ?? entity?.[2] ?? entity?.[3];
    if (type === undefined) continue;
    const schema = argument(source, call.open, 1, "schema");
    found.set(lastName(type), { name, schema: schema !== null && /^\w{1,60}$/.test(schema) ? schema : null, at: call.start });
  }
  return found;
}

/** `[Table("orders", Schema = "sales")] class Order`. */
export const tableAttributes: Detector = {
  name: "csharp/table-attributes",
  languages: ["csharp"],
  words: ["[Table", "BsonCollection", "DynamoDBTable"],
  detect(source, emit) {
    for (const { attributes, name: entity, nameAt } of structureOf(source).types) {
      for (const { name, open } of attributes) {
        if (!/^(?:Table|BsonCollection|DynamoDBTable)$/.test(name) || open === null) continue;
        const table = argument(source, open, 0);
        if (table === null || table.includes("{}")) continue;
        const schema =
          /\bSchema\s{0,5}=\s{0,5}"(\w{1,60})"/.exec(source.code.slice(open, structureOf(source).closeOf(open)))?.[1] ?? null;
        const technology = name === "Table" ? null : name === "DynamoDBTable" ? "dynamodb" : "mongodb";
        emit(nameAt, { kind: "table", name: table, schema, access: "map", technology, entity });
      }
    }
  },
};

/** Migrations of Entity Framework and FluentMigrator. */
export const migrations: Detector = {
  name: "csharp/migrations",
  languages: ["csharp"],
  words: ["CreateTable", "Create.Table"],
  detect(source, emit) {
    for (const call of callsOf(source, "CreateTable")) put(source, emit, call.start, call.open);
    for (const match of matches(source.bare, /\bCreate\.Table\s{0,3}(?=\()/g))
      put(source, emit, match.index, match.index + match[0].length);
  },
};

function put(source: Source, emit: Emit, at: number, open: number): void {
  const name = argument(source, open, 0, "name");
  if (name === null || !/^[\w.$-]{1,120}$/.test(name)) return;
  const schema = /\bschema\s{0,3}:\s{0,3}"(\w{1,60})"|\.InSchema\("(\w{1,60})"\)/.exec(source.code.slice(open, open + 400));
  emit(at, { kind: "table", name, schema: schema?.[1] ?? schema?.[2] ?? null, access: "define", technology: null, entity: null });
}

/** `database.GetCollection<Order>("orders")`. */
export const collections: Detector = {
  name: "csharp/mongo-collections",
  languages: ["csharp"],
  words: ["GetCollection"],
  detect(source, emit) {
    if (!/\bIMongo|\bMongo\w{0,20}\b/.test(source.bare)) return;
    for (const call of callsOf(source, "GetCollection")) {
      const name = argument(source, call.open, 0, "name");
      if (name === null || name.startsWith("{}")) continue;
      emit(call.start, {
        kind: "table",
        name,
        schema: null,
        access: "map",
        technology: "mongodb",
        entity: call.generic === "" ? null : lastName(call.generic),
      });
    }
  },
};

const writes =
  /^(?:Add|AddRange|Update|UpdateRange|Remove|RemoveRange|Attach|ExecuteUpdate|ExecuteDelete|InsertOne|InsertMany|ReplaceOne|UpdateOne|UpdateMany|DeleteOne|DeleteMany|FindOneAndUpdate|FindOneAndReplace|FindOneAndDelete|BulkWrite)(?:Async)?$/;
const reads =
  /^(?:Find|First|FirstOrDefault|Single|SingleOrDefault|Any|Count|LongCount|ToList|ToArray|Where|Include|AsNoTracking|AsQueryable|OrderBy|OrderByDescending|Select|All|Sum|Max|Min|FindSync|CountDocuments|Aggregate|FromSql|FromSqlRaw)(?:Async)?$/;

/** `_db.Orders.Add(order)`: the set is known by its name in this file or follows the convention of its context. */
export const entityUses: Detector = {
  name: "csharp/entity-uses",
  languages: ["csharp"],
  words: ["Context", "context", "DbSet", "_db", "IMongoCollection"],
  detect(source, emit) {
    const sets = typedSets(source);
    const pattern =
      /(?<![\w.])(?:this\.)?(?:(_?\w{0,60}(?:[cC]ontext|[dD]b))\s{0,5}\.\s{0,60})?([A-Za-z_]\w{1,80})\s{0,60}\.\s{0,9}([A-Z]\w{2,40})\s{0,3}(?=[(<])/g;
    for (const match of matches(source.bare, pattern)) {
      const [, context, set = "", method = ""] = match;
      if (set === "DbSet" || set === "Set") continue;
      const access = writes.test(method) ? "write" : reads.test(method) ? "read" : null;
      if (access === null) continue;
      const entity =
        sets.get(set) ??
        (context !== undefined &&
        /^[A-Z]/.test(set) &&
        !/^(?:Database|ChangeTracker|Model|User|Request|Response|Items|Session)$/.test(set)
          ? singular(set)
          : undefined);
      if (entity !== undefined) emit(match.index, { kind: "entity-use", entity, access });
    }
    for (const call of callsOf(source, "Set"))
      if (call.generic !== "" && !isTypeParameter(call.generic) && /(?:context|db)$/i.test(call.receiver))
        emit(call.start, { kind: "entity-use", entity: lastName(call.generic), access: "read" });
  },
};

/** Names of sets and collections that this file declares, with their entities. */
function typedSets(source: Source): Map<string, string> {
  return new Map(
    [...source.bare.matchAll(/\b(?:DbSet|IMongoCollection)<\s{0,5}([\w.]{1,120})\s{0,5}>\??\s{1,20}(\w{1,80})/g)]
      .filter((match) => !isTypeParameter(match[1] ?? ""))
      .map((match) => [match[2] ?? "", lastName(match[1] ?? "")]),
  );
}

/** `DbSet<TEntity>` of a repository for anything is no table. */
function isTypeParameter(name: string): boolean {
  return /^T(?:[A-Z]\w{0,60})?$/.test(name);
}

/** Sets are named after their entity in the plural. */
function singular(set: string): string {
  if (set.endsWith("ies")) return set.replace(/ies$/, "y");
  if (/(?:ss|sh|ch|x)es$/.test(set)) return set.replace(/es$/, "");
  return set.endsWith("s") && !set.endsWith("ss") ? set.slice(0, -1) : set;
}
