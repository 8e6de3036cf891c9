/** Tables and collections that classes stand for, and their use through repositories. */
import type { Detector, Emit } from "../detector.js";
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { matches } from "./matches.js";
import { type Annotation, type Declaration, structureOf } from "./structure.js";
import { argument, attribute } from "./values.js";

interface Mapping {
  readonly annotation: string;
  /** Part of an import that tells which library the annotation is of; null: the name is enough. */
  readonly imported: string | null;
  readonly technology: string | null;
  readonly attributes: readonly string[];
  readonly byDefault: (name: string) => string;
}

const mappings: readonly Mapping[] = [
  {
    annotation: "Document",
    imported: "data.mongodb",
    technology: "mongodb",
    attributes: ["value", "collection"],
    byDefault: uncapitalised,
  },
  { annotation: "MongoEntity", imported: null, technology: "mongodb", attributes: ["collection"], byDefault: (name) => name },
  {
    annotation: "Document",
    imported: "data.elasticsearch",
    technology: "elasticsearch",
    attributes: ["indexName"],
    byDefault: (name) => name.toLowerCase(),
  },
  { annotation: "RedisHash", imported: null, technology: "redis", attributes: ["value"], byDefault: (name) => name },
  {
    annotation: "Node",
    imported: "data.neo4j",
    technology: "neo4j",
    attributes: ["value", "labels", "primaryLabel"],
    byDefault: (name) => name,
  },
  { annotation: "NodeEntity", imported: "neo4j", technology: "neo4j", attributes: ["value", "label"], byDefault: (name) => name },
  {
    annotation: "Table",
    imported: "data.cassandra",
    technology: "cassandra",
    attributes: ["value"],
    byDefault: (name) => name.toLowerCase(),
  },
  { annotation: "Table", imported: "data.relational", technology: null, attributes: ["value", "name"], byDefault: snake },
  { annotation: "MappedEntity", imported: null, technology: null, attributes: ["value"], byDefault: snake },
  { annotation: "DynamoDBTable", imported: null, technology: "dynamodb", attributes: ["tableName"], byDefault: (name) => name },
  { annotation: "TableName", imported: "baomidou", technology: null, attributes: ["value"], byDefault: snake },
];

export const entities: Detector = {
  name: "java/entities",
  languages: ["java", "kotlin", "scala"],
  words: ["@Entity", ...mappings.map(({ annotation }) => `@${annotation}`)],
  detect(source, emit) {
    const imports = source.bare.slice(0, Math.max(0, source.bare.lastIndexOf("\nimport")) + 300);
    for (const type of structureOf(source).types) {
      const entity = type.annotations.find(({ name }) => name === "Entity");
      if (entity !== undefined && /persistence|micronaut\.data|\.\*/.test(imports)) emitEntity(source, emit, type, entity);
      for (const mapping of mappings) {
        if (mapping.imported !== null && !imports.includes(mapping.imported)) continue;
        const annotation = type.annotations.find(({ name }) => name === mapping.annotation);
        if (annotation === undefined) continue;
        const given = mapping.attributes
          .map((name) => attribute(source, annotation, name))
          .find((name) => name !== null && name !== "");
        const schema = attribute(source, annotation, "schema");
        emit(annotation.start, {
          kind: "table",
          name: given ?? mapping.byDefault(type.name),
          schema: schema === "" ? null : schema,
          access: "map",
          technology: mapping.technology,
          entity: type.name,
        });
        break;
      }
    }
  },
};

/** JPA: the table's name, else the entity's, as Spring Boot writes it: `OrderLine` is `order_line`. */
function emitEntity(source: Source, emit: Emit, type: Declaration, entity: Annotation): void {
  const table = type.annotations.find(({ name }) => name === "Table");
  const named = table === undefined ? null : attribute(source, table, "name");
  const name = named ?? snake(attribute(source, entity, "name") ?? type.name);
  const schema = table === undefined ? null : (attribute(source, table, "schema") ?? attribute(source, table, "catalog"));
  // With one table for a hierarchy only its root has one; whose parent is not seen has an own one.
  if (name !== "") emit(entity.start, { kind: "table", name, schema, access: "map", technology: null, entity: type.name });
  const { body } = type;
  for (const annotation of structureOf(source).annotations) {
    if (body === null || annotation.start < body.open || annotation.start > body.close) continue;
    if (!/^(?:JoinTable|CollectionTable|SecondaryTable)$/.test(annotation.name)) continue;
    const joined = attribute(source, annotation, "name");
    if (joined !== null && joined !== "")
      emit(annotation.start, {
        kind: "table",
        name: joined,
        schema: attribute(source, annotation, "schema"),
        access: "map",
        technology: null,
        entity: type.name,
      });
  }
}

/** Kotlin Exposed: `object Orders : IntIdTable("orders")`. */
export const exposedTables: Detector = {
  name: "java/exposed",
  languages: ["kotlin"],
  words: ["org.jetbrains.exposed"],
  detect(source, emit) {
    for (const match of matches(
      source.bare,
      /\bobject\s{1,9}(\w{1,80})\s{0,9}:\s{0,9}(?:Table|IntIdTable|LongIdTable|UUIDTable|IdTable<\w{1,30}>)\s{0,3}(?=\()/g,
    )) {
      const open = match.index + match[0].length;
      const name = argumentOffsets(source, open).length === 0 ? (match[1] ?? "") : argument(source, open, 0);
      if (name !== null)
        emit(match.index, { kind: "table", name, schema: null, access: "map", technology: null, entity: match[1] ?? null });
    }
  },
};

const writes =
  /^(?:save|saveAll|saveAndFlush|insert|insertAll|delete|deleteAll|deleteBy\w{0,80}|deleteById|deleteAllById|remove|removeBy\w{0,80}|update|updateBy\w{0,80}|updateById|persist|merge|upsert|create|add|put)$/;
const reads =
  /^(?:find\w{0,120}|get\w{0,120}|exists\w{0,120}|count\w{0,80}|read\w{0,80}|query\w{0,80}|search\w{0,80}|list\w{0,60}|fetch\w{0,60}|load\w{0,60}|all|select\w{0,60}|stream\w{0,60})$/;

/** `orderRepository.save(…)`: what a repository keeps is told by its name or by what it extends. */
export const repositoryUses: Detector = {
  name: "java/repository-uses",
  languages: ["java", "kotlin", "scala"],
  words: ["Repository", "Dao", "DAO", "MongoTemplate", "mongoTemplate", "EntityManager", "Panache"],
  detect(source, emit) {
    const { typeOf, types } = structureOf(source);
    const known = new Map(types.flatMap(({ name, heritage }) => entityOfHeritage(heritage, name)));
    for (const match of matches(
      source.bare,
      /(?<![\w$])(?:this\s{0,30}\.\s{0,30})?([a-z_]\w{0,80})\s{0,100}\.\s{0,60}([a-z]\w{1,120})\s{0,3}(?=[(<])/g,
    )) {
      const [, receiver = "", method = ""] = match;
      const access = writes.test(method) ? "write" : reads.test(method) ? "read" : null;
      if (access === null) continue;
      const type = typeOf.get(receiver) ?? "";
      const entity =
        known.get(type) ?? /^(?:I(?=[A-Z]))?(\w{1,80}?)(?:Crud|Jpa|Mongo|Data)?(?:Repository|Repo|Dao|DAO)$/.exec(type)?.[1];
      if (entity !== undefined && entity !== "") emit(match.index, { kind: "entity-use", entity, access });
    }
    for (const match of matches(
      source.bare,
      /\b(?:\w{0,20}[mM]ongo(?:Template|Operations)|entityManager|em)\s{0,60}\.\s{0,60}([a-z]\w{1,40})\s{0,3}\(([^;]{0,300})/g,
    )) {
      const entity =
        /\b([A-Z]\w{0,80})(?:\.class|::class)/.exec(match[2] ?? "")?.[1] ??
        typeOf.get(/^\s{0,60}(\w{1,80})\s{0,9}[,)]/.exec(match[2] ?? "")?.[1] ?? "");
      const access =
        writes.test(match[1] ?? "") || /^(?:update|upsert|findAndModify|findAndRemove)/.test(match[1] ?? "")
          ? "write"
          : reads.test(match[1] ?? "")
            ? "read"
            : null;
      if (entity !== undefined && access !== null && !/^(?:Query|Object|String|Update)$/.test(entity))
        emit(match.index, { kind: "entity-use", entity, access });
    }
    // A repository may be used by names that nobody could guess: it stands for its entity.
    for (const { heritage, name, nameAt } of types)
      for (const [, entity] of entityOfHeritage(heritage, name)) emit(nameAt, { kind: "entity-use", entity, access: "read" });
  },
};

/** `extends JpaRepository<Order, Long>`: name of the repository with its entity. */
function entityOfHeritage(heritage: string, name: string): [string, string][] {
  const found =
    /\b\w{0,40}(?:Repository|RepositoryBase|PanacheRepository|Dao)\w{0,10}\s{0,3}[<[]\s{0,9}([A-Z]\w{0,80})\s{0,9}[,>\]]/.exec(
      heritage,
    )?.[1];
  return found === undefined || found.length === 1 ? [] : [[name, found]];
}

function uncapitalised(name: string): string {
  return `${name[0]?.toLowerCase() ?? ""}${name.slice(1)}`;
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
