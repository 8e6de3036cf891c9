import { snakeCase } from "../common/table-names.js";
import type { Detector, Emit } from "../detector.js";
import { templateAt } from "../expression.js";
import type { Source } from "../source.js";
import { fieldsOf, type PythonClass, pythonClasses } from "./classes.js";
import { argumentText, importsAny, pythonCalls, textsAt } from "./names.js";

/** SQLAlchemy, SQLModel, Flask-SQLAlchemy, Django, peewee, Tortoise, Pony, mongoengine, Beanie, ODMantic. */
export const entities: Detector = {
  name: "python/entities",
  languages: ["python"],
  words: [
    "sqlalchemy",
    "sqlmodel",
    "SQLModel",
    "__tablename__",
    "models.Model",
    "db.Model",
    "peewee",
    "tortoise",
    "mongoengine",
    "beanie",
    "odmantic",
    "pynamodb",
    "Base)",
  ],
  detect(source, emit) {
    for (const type of pythonClasses(source)) {
      const table = tableOf(source, type);
      if (table === null) continue;
      const [schema, name] =
        table.name.includes(".") && table.technology === null ? splitName(table.name) : [table.schema, table.name];
      if (/^[\w.$-]{1,120}$/.test(name))
        emit(type.start, { kind: "table", name, schema, access: "map", technology: table.technology, entity: type.name });
    }
    coreTables(source, emit);
  },
};

interface Table {
  readonly name: string;
  readonly schema: string | null;
  readonly technology: string | null;
}

function tableOf(source: Source, type: PythonClass): Table | null {
  const fields = fieldsOf(source, type);
  const text = (name: string) => {
    const at = fields.find((field) => field.name === name)?.valueAt ?? null;
    return at === null ? null : templateAt(source, at);
  };
  const named = text("__tablename__");
  if (named !== null) return { name: named, schema: schemaOf(source, type), technology: null };
  const has = (...bases: readonly string[]) => type.bases.some((base) => bases.includes(base));
  if (has("SQLModel") && /\btable\s{0,3}=\s{0,3}True/.test(source.bare.slice(type.start, type.body[0])))
    return { name: type.name.toLowerCase(), schema: null, technology: null };
  const inner = (key: string) => metaText(source, type, key);
  const isAbstract =
    /\babstract\s{0,3}=\s{0,3}True/.test(source.bare.slice(type.body[0], type.body[1])) ||
    /__abstract__\s{0,3}=\s{0,3}True/.test(source.bare.slice(type.body[0], type.body[1]));
  if (isAbstract) return null;
  const writtenBases = source.bare.slice(type.start, type.body[0]);
  if (/\bdb\.Model\b/.test(writtenBases)) return { name: snakeCase(type.name), schema: null, technology: null };
  if (importsAny(source, "django") && /\bmodels\.Model\b/.test(writtenBases)) {
    const app = inner("app_label") ?? djangoApp(source.path);
    const given = inner("db_table");
    return given !== null
      ? { name: given.replaceAll('"', ""), schema: null, technology: null }
      : app === null
        ? null
        : { name: `${app}_${type.name.toLowerCase()}`, schema: null, technology: null };
  }
  if (importsAny(source, "peewee", "playhouse") && has("Model", "BaseModel")) {
    if (type.name === "BaseModel") return null;
    return {
      name: inner("table_name") ?? inner("db_table") ?? type.name.toLowerCase(),
      schema: inner("schema"),
      technology: null,
    };
  }
  if (importsAny(source, "tortoise") && has("Model"))
    return { name: inner("table") ?? type.name.toLowerCase(), schema: inner("schema"), technology: null };
  if (importsAny(source, "mongoengine", "flask_mongoengine") && has("Document", "DynamicDocument")) {
    const meta = fields.find(({ name }) => name === "meta")?.valueAt ?? null;
    const block = meta === null ? "" : source.code.slice(meta, meta + 600);
    if (/["']abstract["']\s{0,3}:\s{0,3}True/.test(block)) return null;
    return {
      name: /["']collection["']\s{0,3}:\s{0,3}["']([\w.-]{1,80})["']/.exec(block)?.[1] ?? snakeCase(type.name),
      schema: null,
      technology: "mongodb",
    };
  }
  if (importsAny(source, "beanie") && has("Document"))
    return { name: inner("name") ?? type.name, schema: null, technology: "mongodb" };
  if (importsAny(source, "odmantic") && has("Model")) return { name: snakeCase(type.name), schema: null, technology: "mongodb" };
  if (importsAny(source, "pynamodb") && has("Model")) {
    const name = inner("table_name");
    return name === null ? null : { name, schema: null, technology: "dynamodb" };
  }
  return null;
}

function splitName(name: string): [string | null, string] {
  const at = name.lastIndexOf(".");
  return [name.slice(0, at), name.slice(at + 1)];
}

function schemaOf(source: Source, { body: [from, to] }: PythonClass): string | null {
  const schema =
    /["']?schema["']?\s{0,3}[:=]\s{0,3}["'](\w{1,80})["']/.exec(source.code.slice(from, Math.min(to, from + 3000)))?.[1] ?? null;
  return schema === "public" || schema === "dbo" ? null : schema;
}

/** A text of the inner class `Meta` or `Settings`. */
function metaText(source: Source, { body: [from, to] }: PythonClass, key: string): string | null {
  const body = source.bare.slice(from, to);
  const meta = /\n[ \t]{1,28}class[ \t]{1,5}(?:Meta|Settings)\b/.exec(body);
  if (meta === null) return null;
  const at = new RegExp(`\\n[ \\t]{1,32}${key}[ \\t]{0,5}=[ \\t]{0,5}`).exec(body.slice(meta.index + 1, meta.index + 2000));
  return at === null ? null : (source.stringAt(from + meta.index + 1 + at.index + at[0].length)?.value ?? null);
}

/** Django names tables by the folder of the application. */
function djangoApp(path: string): string | null {
  const folders = path.split("/").slice(0, -1);
  const app = folders.at(-1) === "models" ? folders.at(-2) : folders.at(-1);
  return app?.toLowerCase() ?? null;
}

/** `Table("orders", metadata, …)` of SQLAlchemy; `db["orders"]` of MongoDB is in `documents`. */
function coreTables(source: Source, emit: Emit): void {
  if (!importsAny(source, "sqlalchemy", "flask_sqlalchemy")) return;
  for (const { full, open, start } of pythonCalls(source)) {
    if (!/(?:^sqlalchemy\.(?:\w{1,20}\.)?|^(?:db|sa)\.)Table$/.test(full)) continue;
    const name = argumentText(source, open, 0, "name");
    const schema = argumentText(source, open, null, "schema");
    if (name !== null && /^[\w$-]{1,120}$/.test(name))
      emit(start, {
        kind: "table",
        name,
        schema: schema === "public" ? null : schema,
        access: "map",
        technology: null,
        entity: null,
      });
  }
}

/** Classes of a Django application whose base is one of the project's own: whether a table stands behind one, its migrations tell. */
export const modelClasses: Detector = {
  name: "python/model-classes",
  languages: ["python"],
  words: ["django"],
  detect(source, emit) {
    if (!/(?:^|\/)models(?:\.py$|\/)/.test(source.path) || !importsAny(source, "django")) return;
    for (const { name, bases, start } of pythonClasses(source))
      if (bases.some((base) => base !== "" && base !== "Model"))
        emit(start, { kind: "entity-use", entity: name, access: "read" });
  },
};

/** Alembic and Django migrations. */
export const migrations: Detector = {
  name: "python/migrations",
  languages: ["python"],
  words: ["alembic", "migrations"],
  detect(source, emit) {
    for (const { full, open, start } of pythonCalls(source)) {
      const isAlembic =
        /^alembic\.op\.(?:create_table|add_column|drop_column|alter_column|drop_table|create_index|create_foreign_key|create_unique_constraint|rename_table|batch_alter_table)$/.test(
          full,
        );
      if (isAlembic) {
        const index = /create_(?:index|foreign_key|unique_constraint)$/.test(full) ? 1 : 0;
        const name = argumentText(source, open, index, "table_name", "source_table");
        const schema = argumentText(source, open, null, "schema", "source_schema");
        if (name !== null && /^[\w$-]{1,120}$/.test(name))
          emit(start, {
            kind: "table",
            name,
            schema: schema === "public" ? null : schema,
            access: "define",
            technology: null,
            entity: null,
          });
      } else if (/^django\.db\.migrations\.CreateModel$/.test(full)) {
        const model = argumentText(source, open, 0, "name");
        const app = source.path.split("/").at(-3);
        const given = /["']db_table["']\s{0,3}:\s{0,3}["']([\w$]{1,100})["']/.exec(
          source.code.slice(open, open + 4000).replace(/CreateModel\([\s\S]*$/, ""),
        )?.[1];
        const name = given ?? (model !== null && app !== undefined ? `${app}_${model}`.toLowerCase() : null);
        if (name !== null && /^[\w$]{1,120}$/.test(name))
          emit(start, { kind: "table", name, schema: null, access: "define", technology: null, entity: model });
      } else if (/^django\.db\.migrations\.(?:AlterModelTable|RenameModel)$/.test(full)) {
        // A later step renames the table: to one that is given, or to what the framework calls it.
        const renames = full.endsWith("RenameModel");
        const model = argumentText(source, open, renames ? 1 : 0, renames ? "new_name" : "name");
        const app = source.path.split("/").at(-3);
        const given = renames ? null : argumentText(source, open, 1, "table");
        const name = given ?? (model !== null && app !== undefined ? `${app}_${model}`.toLowerCase() : null);
        if (model !== null && name !== null && /^[\w$]{1,120}$/.test(name))
          emit(start, { kind: "table", name, schema: null, access: "define", technology: null, entity: model });
      }
    }
  },
};

const reads =
  /^(?:get|filter|filter_by|all|first|one|one_or_none|scalars?|exclude|values|values_list|count|exists|aggregate|select|get_or_none|objects|query|in_bulk|order_by|annotate|select_related|prefetch_related|find|find_one|find_all|fetch_all|get_object_or_404|get_list_or_404)$/;
const writes =
  /^(?:create|insert|insert_many|update|delete|save|bulk_create|bulk_update|update_or_create|get_or_create|bulk_insert_mappings|merge|add|delete_instance|insert_one|replace)$/;

/** `Order.objects.filter(…)`, `Order.query.all()`, `session.query(Order)`, `select(Order)`, `Order.create(…)`, `session.add(Order(…))`. */
export const entityUses: Detector = {
  name: "python/entity-uses",
  languages: ["python"],
  words: [".objects", ".query", "session", "select(", "insert(", "update(", "delete(", "tortoise", "peewee", "beanie"],
  detect(source, emit) {
    const isActive = importsAny(source, "tortoise", "peewee", "beanie", "mongoengine");
    for (const call of pythonCalls(source)) {
      const written = call.on === null ? call.path : "";
      const [, entity, way] = /(?:^|\.)([A-Z]\w{0,80})(?:\.(objects|query))?\.\w{1,40}$/.exec(written) ?? [];
      if (entity !== undefined && (way !== undefined || (isActive && /^[A-Z]\w*\.\w+$/.test(written)))) {
        if (writes.test(call.name)) emit(call.start, { kind: "entity-use", entity, access: "write" });
        // A manager of one's own has methods of its own.
        else if (way === "objects" || reads.test(call.name)) emit(call.start, { kind: "entity-use", entity, access: "read" });
        continue;
      }
      const first = /^\(\s{0,40}(?:\w{1,40}\.){0,2}([A-Z]\w{0,80}[a-z]\w{0,20})\b(?!\s{0,3}=)/.exec(
        source.bare.slice(call.open, call.open + 200),
      )?.[1];
      if (first === undefined) continue;
      if (/session|^db$|^s$/i.test(call.receiver) && /^(?:query|get)$/.test(call.name))
        emit(call.start, { kind: "entity-use", entity: first, access: "read" });
      else if (/session/i.test(call.receiver) && /^(?:add|merge)$/.test(call.name))
        emit(call.start, { kind: "entity-use", entity: first, access: "write" });
      else if (/^(?:sqlalchemy|sqlmodel)\.(?:\w{1,30}\.){0,3}(?:select|exists)$/.test(call.full))
        emit(call.start, { kind: "entity-use", entity: first, access: "read" });
      else if (/^(?:sqlalchemy|sqlmodel)\.(?:\w{1,30}\.){0,3}(?:insert|update|delete)$/.test(call.full))
        emit(call.start, { kind: "entity-use", entity: first, access: "write" });
      else if (/^django\.shortcuts\.get_(?:object|list)_or_404$/.test(call.full))
        emit(call.start, { kind: "entity-use", entity: first, access: "read" });
    }
  },
};

const documentReads = /^(?:find|find_one|aggregate|count|count_documents|distinct|estimated_document_count|watch)$/;
const documentWrites =
  /^(?:insert|insert_one|insert_many|update|update_one|update_many|replace_one|delete_one|delete_many|remove|save|bulk_write|find_one_and_update|find_one_and_delete|find_one_and_replace|drop|create_index)$/;

/** Collections of pymongo and motor: `db.orders.find_one(…)`, `db["orders"].insert_one(…)`, `db.get_collection("orders")`. */
export const documents: Detector = {
  name: "python/documents",
  languages: ["python"],
  words: ["mongo", "motor"],
  detect(source, emit) {
    if (!importsAny(source, "pymongo", "motor", "flask_pymongo")) return;
    for (const { path, name, receiver, start, open } of pythonCalls(source)) {
      const access = documentReads.test(name) ? "read" : documentWrites.test(name) ? "write" : null;
      const collection = /(?:^|\.)_?(?:db|database|mongo\.db|\w{1,30}_db)\.(\w{1,80})\.\w{1,40}$/.exec(path)?.[1];
      if (access !== null && collection !== undefined)
        emit(start, { kind: "table", name: collection, schema: null, access, technology: "mongodb", entity: null });
      else if (name === "get_collection" || (name === "Collection" && receiver === "")) {
        const given = argumentText(source, open, name === "Collection" ? 1 : 0, "name");
        if (given !== null && /^[\w.-]{1,80}$/.test(given))
          emit(start, { kind: "table", name: given, schema: null, access: "map", technology: "mongodb", entity: null });
      }
    }
    for (const match of source.bare.matchAll(
      /(?<![\w.])(?:self\.)?_?(?:\w{0,30}_?db|database|mongo\.db|client\[[\w."']{1,60}\]|\w{0,20}client\[[\w."']{1,60}\])\[(?=_{3})/g,
    )) {
      const at = match.index + match[0].length;
      const [given] = textsAt(source, at);
      const literal = source.stringAt(at);
      if (given === undefined || literal === null || !/^[\w.-]{1,80}$/.test(given)) continue;
      const method = /^\]\.(\w{1,40})\(/.exec(source.bare.slice(literal.end, literal.end + 50))?.[1] ?? "";
      const access = documentReads.test(method) ? "read" : documentWrites.test(method) ? "write" : "map";
      emit(match.index, { kind: "table", name: given, schema: null, access, technology: "mongodb", entity: null });
    }
  },
};
