import type { Detector } from "../detector.js";
import type { Source } from "../source.js";
import { assignedName, type CallSite, callsNamed, callsOf, chainedCall } from "./calls-of.js";
import { accessOf } from "./entity-uses.js";
import { imports } from "./imports.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

const plainName = /^[\w${}:.-]{1,120}$/;

/** Collections of the MongoDB driver: `db.collection("orders").insertOne(…)`. */
export const mongoCollections: Detector = {
  name: "javascript/mongo-collections",
  languages: ["javascript"],
  words: [".collection("],
  detect(source, emit) {
    if (
      !imports(source, "mongodb", "mongoose", "mongojs", "fastify-mongodb", "@fastify/mongodb", "monk") &&
      !/mongo/i.test(source.bare)
    )
      return;
    for (const call of callsNamed(source, "collection")) {
      const name = argumentText(source, call.open, 0);
      if (name === null || !plainName.test(name) || call.receiver === "") continue;
      const chained = chainedCall(source, call.open);
      const access = chained === null ? accessThrough(source, assignedName(source, call)) : accessOf(chained.name);
      emit(call.start, { kind: "table", name, schema: null, access: access ?? "map", technology: "mongodb", entity: null });
    }
  },
};

/** What is done with the name the collection is given; null when both or unknown. */
function accessThrough(source: Source, name: string | null): "read" | "write" | null {
  if (name === null) return null;
  const found = new Set(callsOf(source).flatMap((call) => (call.receiver === name ? (accessOf(call.name) ?? []) : [])));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

const builders = ["knex", "objection", "bookshelf", "kysely", "@nestjsplus/knex", "nest-knexjs"];

/** Knex and Kysely: `knex("orders").where(…)`, `db.selectFrom("orders")`, `createTable("orders")`. */
export const queryBuilders: Detector = {
  name: "javascript/query-builders",
  languages: ["javascript"],
  words: ["knex", "Knex", "objection", "selectFrom", "insertInto", "tableName"],
  detect(source, emit) {
    const isBuilder = imports(source, ...builders) || /(?<![\w$])knex\s?[(.:]/.test(source.bare);
    if (!isBuilder) return;
    const table = (
      offset: number,
      text: string | null,
      access: "read" | "write" | "define" | "map",
      entity: string | null = null,
    ) => {
      const [, schema = null, name = ""] =
        /^(?:([\w${}:-]{1,80})\.)?([\w${}:-]{1,80})(?:\s{1,9}as\s{1,9}\w{1,40})?$/i.exec(text?.trim() ?? "") ?? [];
      if (name !== "") emit(offset, { kind: "table", name, schema, access, technology: null, entity });
    };
    const handles = new Set(["knex", "trx", "db", ...callsNamed(source, "knex").map((call) => assignedName(source, call))]);
    for (const call of callsOf(source)) {
      const text = () => argumentText(source, call.open, 0);
      if (
        /^(?:createTable|createTableIfNotExists|alterTable|renameTable|dropTable|dropTableIfExists)$/.test(call.name) ||
        (call.receiver === "schema" && call.name === "table")
      )
        table(call.start, text(), "define");
      else if (handles.has(call.name) && call.receiver === "") table(call.start, text(), chainAccess(source, call));
      else if (/^(?:selectFrom)$/.test(call.name)) table(call.start, text(), "read");
      else if (/^(?:insertInto|updateTable|deleteFrom|replaceInto)$/.test(call.name)) table(call.start, text(), "write");
    }
    const pattern =
      /static\s{1,9}(?:override\s{1,9}|readonly\s{1,9}){0,2}(?:get\s{1,9}tableName\s?\(\s?\)[^{]{0,40}\{\s{0,60}return\s{1,9}|tableName(?:\s?:\s?string)?\s{0,9}=\s{0,9})(?=_)/g;
    for (const match of source.bare.matchAll(pattern)) {
      const at = match.index + match[0].length;
      const owner =
        /class\s{1,9}([\w$]{1,80})[^{}]{0,200}\{[^}]{0,1000}$/.exec(
          source.bare.slice(Math.max(0, match.index - 1200), match.index),
        )?.[1] ?? null;
      table(match.index, source.stringAt(at)?.value ?? null, "map", owner);
    }
  },
};

/** `knex("x").where().update()` writes; a chain without a writing call reads. */
function chainAccess(source: Source, { open }: CallSite): "read" | "write" {
  let next = chainedCall(source, open);
  for (let count = 0; next !== null && count < 12; count++) {
    if (/^(?:insert|update|del|delete|truncate|increment|decrement|upsert|merge|batchInsert)$/.test(next.name)) return "write";
    next = chainedCall(source, next.open);
  }
  return "read";
}

/** Migrations of TypeORM and Sequelize. */
export const migrations: Detector = {
  name: "javascript/migrations",
  languages: ["javascript"],
  words: ["queryInterface", "queryRunner", "migration"],
  detect(source, emit) {
    for (const call of callsOf(source)) {
      if (
        !/^(?:createTable|addColumn|addColumns|removeColumn|dropColumn|changeColumn|dropTable|renameTable|addIndex|createIndex)$/.test(
          call.name,
        )
      )
        continue;
      if (!/^(?:queryInterface|queryRunner|runner|pgm|migration)$/.test(call.receiver)) continue;
      const first = argumentAt(source, call.open, 0);
      const options = propertiesAt(source, first);
      const isTable = first !== null && /^new\s{1,9}Table\s?\(/.test(source.bare.slice(first, first + 30));
      const inner =
        isTable && first !== null ? propertiesAt(source, argumentAt(source, source.bare.indexOf("(", first), 0)) : options;
      const text = inner.size > 0 ? propertyText(source, inner, "name", "tableName") : argumentText(source, call.open, 0);
      const [, schema = null, name = ""] = /^(?:([\w-]{1,80})\.)?([\w${}:-]{1,120})$/.exec(text ?? "") ?? [];
      if (name !== "")
        emit(call.start, {
          kind: "table",
          name,
          schema: schema ?? propertyText(source, inner, "schema"),
          access: "define",
          technology: null,
          entity: null,
        });
    }
  },
};

/** DynamoDB: `new PutCommand({ TableName })`, `dynamo.query({ TableName })`. */
export const dynamoTables: Detector = {
  name: "javascript/dynamo-tables",
  languages: ["javascript"],
  words: ["TableName"],
  detect(source, emit) {
    if (!imports(source, "aws-sdk", "@aws-sdk/*")) return;
    for (const call of callsOf(source)) {
      const operation = /^(get|query|scan|batchGet|put|update|delete|batchWrite|transactWrite|createTable)(?:Item)?(?:Command)?$/i
        .exec(call.name)?.[1]
        ?.toLowerCase();
      const name =
        operation === undefined
          ? null
          : propertyText(source, propertiesAt(source, argumentAt(source, call.open, 0)), "TableName");
      if (name === null || operation === undefined) continue;
      const access = operation === "createtable" ? "define" : /^(?:get|query|scan|batchget)$/.test(operation) ? "read" : "write";
      emit(call.start, { kind: "table", name, schema: null, access, technology: "dynamodb", entity: null });
    }
  },
};
