import type { Detector, Emit } from "../detector.js";
import type { Source } from "../source.js";
import { argumentOffsets } from "./argument-offsets.js";
import { assignedName, callsNamed, callsOf } from "./calls-of.js";
import { classesOf, decoratorOf } from "./classes.js";
import { imports, localsOf } from "./imports.js";
import { mongooseCollection, plural, snakeCase } from "./table-names.js";
import { argumentAt, argumentText, propertiesAt, propertyText } from "./values.js";

/** TypeORM, MikroORM and sequelize-typescript: classes with `@Entity` or `@Table`. */
export const entityClasses: Detector = {
  name: "javascript/entity-classes",
  languages: ["javascript"],
  words: ["@Entity", "@Table", "@ViewEntity", "EntitySchema"],
  detect(source, emit) {
    for (const site of classesOf(source)) {
      const entity = decoratorOf(site, "Entity", "ViewEntity", "Table");
      if (entity === null || (entity.name === "Table" && !imports(source, "sequelize-typescript"))) continue;
      const open = entity.open;
      const options = open === null ? [] : [0, 1].flatMap((index) => [...propertiesAt(source, argumentAt(source, open, index))]);
      const merged = new Map(options);
      const given = (open === null ? null : argumentText(source, open, 0)) ?? propertyText(source, merged, "name", "tableName");
      // A composite or abstract part has no table.
      if (merged.has("abstract")) continue;
      const name = given ?? (entity.name === "Table" ? plural(site.name) : snakeCase(site.name));
      emit(entity.start, {
        kind: "table",
        name,
        schema: propertyText(source, merged, "schema"),
        access: "map",
        technology: null,
        entity: site.name,
      });
    }
    for (const call of callsNamed(source, "EntitySchema")) {
      const options = propertiesAt(source, argumentAt(source, call.open, 0));
      const entity = propertyText(source, options, "name");
      const name = propertyText(source, options, "tableName") ?? (entity === null ? null : snakeCase(entity));
      if (call.isNew && name !== null)
        emit(call.start, {
          kind: "table",
          name,
          schema: propertyText(source, options, "schema"),
          access: "map",
          technology: null,
          entity,
        });
    }
  },
};

/** Mongoose: `model("User", schema, "users")`, `@Schema({ collection })`, `getModelForClass`. */
export const mongooseModels: Detector = {
  name: "javascript/mongoose-models",
  languages: ["javascript"],
  words: ["mongoose", "typegoose"],
  detect(source, emit) {
    if (!imports(source, "mongoose", "@nestjs/mongoose", "@typegoose/typegoose", "nestjs-typegoose")) return;
    const collections = schemaCollections(source);
    const table = (offset: number, entity: string, given: string | null) =>
      emit(offset, {
        kind: "table",
        name: given ?? mongooseCollection(entity),
        schema: null,
        access: "map",
        technology: "mongodb",
        entity,
      });
    const models = localsOf(source, ["mongoose"], ["model"]);
    for (const call of callsNamed(source, "model")) {
      if (call.receiver === "" && !models.has("model")) continue;
      const entity = argumentText(source, call.open, 0);
      const schemaAt = argumentAt(source, call.open, 1);
      if (entity === null || schemaAt === null || !/^[\w.-]{1,80}$/.test(entity)) continue;
      const schema = /^[\w$]{1,80}/.exec(source.bare.slice(schemaAt, schemaAt + 90))?.[0] ?? "";
      table(call.start, entity, argumentText(source, call.open, 2) ?? collections.get(schema) ?? null);
    }
    for (const call of callsNamed(source, "forFeature"))
      for (const at of call.receiver === "MongooseModule" ? elementsAt(source, argumentAt(source, call.open, 0)) : []) {
        const options = propertiesAt(source, at);
        const entity = propertyText(source, options, "name");
        const collection = propertyText(source, options, "collection");
        // `User.name` of a class with a schema is told by the class.
        if (entity !== null && /^[\w-]{1,80}$/.test(entity)) table(at, entity, collection);
      }
    for (const site of classesOf(source)) {
      const schema = decoratorOf(site, "Schema");
      const isModel = new RegExp(
        `(?:SchemaFactory\\.createForClass|getModelForClass)\\(\\s{0,9}${site.name.replaceAll("$", "\\$")}\\b`,
      ).test(source.bare);
      if (!isModel) continue;
      const options = schema?.open ? propertiesAt(source, argumentAt(source, schema.open, 0)) : new Map<string, number>();
      table(site.start, site.name, propertyText(source, options, "collection") ?? null);
    }
  },
};

function elementsAt(source: Source, at: number | null): readonly number[] {
  return at === null ? [] : source.bare[at] === "[" ? argumentOffsets(source, at).slice(0, 50) : [at];
}

/** `const userSchema = new Schema({…}, { collection: "people" })`. */
function schemaCollections(source: Source): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const call of callsNamed(source, "Schema")) {
    const name = call.isNew ? assignedName(source, call) : null;
    const collection = propertyText(source, propertiesAt(source, argumentAt(source, call.open, 1)), "collection");
    if (name !== null && collection !== null) found.set(name, collection);
  }
  return found;
}

/** Sequelize: `sequelize.define("User", {…}, { tableName })`, `User.init({…}, { modelName })`. */
export const sequelizeModels: Detector = {
  name: "javascript/sequelize-models",
  languages: ["javascript"],
  words: ["equelize"],
  detect(source, emit) {
    if (!/[sS]equelize/.test(source.bare)) return;
    for (const call of callsNamed(source, "define")) {
      if (!/sequelize|db|connection|database/i.test(call.receiver)) continue;
      const entity = argumentText(source, call.open, 0);
      if (entity !== null && argumentAt(source, call.open, 1) !== null)
        model(source, call.start, entity, argumentAt(source, call.open, 2), emit);
    }
    for (const call of callsNamed(source, "init")) {
      const site = classesOf(source).find(
        ({ name, base }) => /^Model$/.test(base) && (call.receiver === name || call.receiver === "super"),
      );
      const options = argumentAt(source, call.open, 1);
      if (site !== undefined && options !== null)
        model(source, call.start, propertyText(source, propertiesAt(source, options), "modelName") ?? site.name, options, emit);
    }
  },
};

function model(source: Source, offset: number, entity: string, optionsAt: number | null, emit: Emit): void {
  const options = propertiesAt(source, optionsAt);
  const isFrozen = options.has("freezeTableName") && source.bare.startsWith("true", options.get("freezeTableName") ?? 0);
  const name = propertyText(source, options, "tableName") ?? (isFrozen ? entity : plural(entity));
  if (/^[\w${}:.-]{1,120}$/.test(name))
    emit(offset, {
      kind: "table",
      name,
      schema: propertyText(source, options, "schema"),
      access: "map",
      technology: null,
      entity,
    });
}

/** Drizzle: `export const users = pgTable("users", {…})`, `schema.table("x")`. */
export const drizzleTables: Detector = {
  name: "javascript/drizzle-tables",
  languages: ["javascript"],
  words: ["drizzle-orm"],
  detect(source, emit) {
    if (!imports(source, "drizzle-orm")) return;
    const schemas = new Map(
      callsNamed(source, "pgSchema", "mysqlSchema").flatMap((call) => {
        const [local, name] = [assignedName(source, call), argumentText(source, call.open, 0)];
        return local === null || name === null ? [] : [[local, name] as const];
      }),
    );
    const technologies = new Map([
      ["pgTable", "postgresql"],
      ["mysqlTable", "mysql"],
      ["sqliteTable", "sqlite"],
      ["singlestoreTable", "singlestore"],
    ]);
    for (const call of callsOf(source)) {
      const technology = technologies.get(call.name) ?? null;
      const schema = call.name === "table" ? schemas.get(call.receiver) : undefined;
      const name = technology === null && schema === undefined ? null : argumentText(source, call.open, 0);
      if (name !== null)
        emit(call.start, {
          kind: "table",
          name,
          schema: schema ?? null,
          access: "map",
          technology,
          entity: assignedName(source, call),
        });
    }
  },
};
