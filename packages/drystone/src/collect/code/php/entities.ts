/** Tables of Eloquent and Doctrine, migrations, and who reads and writes them. */
import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import { tableOfClass } from "../ruby/index.js";
import type { Source } from "../source.js";
import { argument, classesOf } from "./values.js";

/** `class OrderItem extends Model`: `order_items`, unless `$table` says otherwise. */
export const eloquent: Detector = {
  name: "php/eloquent",
  languages: ["php"],
  words: ["Illuminate\\Database\\Eloquent", "Illuminate\\Foundation\\Auth", "Eloquent\\Model", "Jenssegers", "MongoDB\\Laravel"],
  detect(source, emit) {
    for (const { name, at, base, open, close } of classesOf(source)) {
      if (base === null || !/^(?:Model|Pivot|Authenticatable|Eloquent|User)$/.test(base)) continue;
      const given = /\bprotected\s{1,9}\$table\s{0,9}=\s{0,9}["']([\w.]{1,120})["']/.exec(source.code.slice(open, close))?.[1];
      const technology = /Jenssegers\\Mongodb|MongoDB\\Laravel/.test(source.text) ? "mongodb" : null;
      const whole = given ?? (base === "Pivot" ? tableOfClass(name).replace(/s$/, "") : tableOfClass(name));
      const parts = whole.split(".");
      emit(at, {
        kind: "table",
        name: parts.at(-1) ?? whole,
        schema: parts.length === 2 ? (parts[0] ?? null) : null,
        access: "map",
        technology,
        entity: name,
      });
    }
  },
};

/** `#[ORM\Table(name: 'orders')]`, `@ORM\Table(name="orders", schema="sales")`; documents of MongoDB. */
export const doctrine: Detector = {
  name: "php/doctrine",
  languages: ["php"],
  words: ["ORM\\Entity", "@Entity", "#[Entity", "ODM\\Document"],
  detect(source, emit) {
    const classes = classesOf(source);
    for (const [index, { name, at }] of classes.entries()) {
      const head = source.text.slice(Math.max(classes[index - 1]?.close ?? 0, at - 3000), at);
      const isDocument = /ODM\\Document\b/.test(head);
      if (!isDocument && !/(?:ORM\\|@|#\[)Entity\b/.test(head)) continue;
      const attributes = isDocument ? /ODM\\Document\(([^()]{0,400})\)/.exec(head)?.[1] : /Table\(([^()]{0,400})/.exec(head)?.[1];
      const value = (key: string) =>
        new RegExp(`\\b${key}\\s{0,3}[:=]\\s{0,3}["'\`]{1,2}([\\w.]{1,120})`).exec(attributes ?? "")?.[1];
      const table =
        (isDocument ? value("collection") : (value("name") ?? /^\s{0,9}["']([\w.]{1,120})["']/.exec(attributes ?? "")?.[1])) ??
        snake(name);
      emit(at, {
        kind: "table",
        name: table,
        schema: value("schema") ?? null,
        access: "map",
        technology: isDocument ? "mongodb" : null,
        entity: name,
      });
    }
  },
};

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** `Schema::create('orders', …)`, `Schema::table('orders', …)` which changes one, Phinx's `$this->table('orders')->create()`, `DB::table('orders')`. */
export const tables: Detector = {
  name: "php/tables",
  languages: ["php"],
  words: ["Schema::", "DB::table", "AbstractMigration", "->createTable("],
  detect(source, emit) {
    const put = (at: number, open: number, access: "define" | "read" | "write") => {
      const name = argument(source, open, 0);
      if (name !== null && /^[\w.]{1,120}$/.test(name))
        emit(at, { kind: "table", name, schema: null, access, technology: null, entity: null });
    };
    for (const match of matches(
      source.bare,
      /\bSchema::(?:connection\([^()]{0,60}\)->)?(?:create|table|dropIfExists|drop|rename)\s{0,3}(?=\()|\$schema->createTable\s{0,3}(?=\()/g,
    ))
      put(match.index, match.index + match[0].length, "define");
    for (const match of matches(source.bare, /\bDB::table\s{0,3}(?=\()/g)) {
      const end = source.bare.indexOf(";", match.index);
      const rest = source.bare.slice(match.index, end < 0 ? match.index + 600 : Math.min(end, match.index + 2000));
      put(
        match.index,
        match.index + match[0].length,
        /->(?:insert\w{0,20}|update\w{0,20}|upsert|delete|truncate|increment|decrement)\s{0,3}\(/.test(rest) ? "write" : "read",
      );
    }
    if (!source.text.includes("AbstractMigration")) return;
    for (const match of matches(source.bare, /\$this->table\s{0,3}(?=\()/g))
      put(match.index, match.index + match[0].length, "define");
  },
};

/** `Order::create(…)` writes, `Order::where(…)` reads: of classes that are imported as models. */
export const entityUses: Detector = {
  name: "php/entity-uses",
  languages: ["php"],
  words: ["Models\\", "Model\\", "Entity\\"],
  detect(source, emit) {
    const models = modelsOf(source);
    if (models.size === 0) return;
    for (const match of matches(
      source.bare,
      /(?<![\w\\])([A-Z]\w{0,100})::(create|insert|updateOrCreate|firstOrCreate|destroy|upsert|truncate|find|findOrFail|findMany|all|where|whereIn|with|query|first|firstOrFail|count|select|orderBy|latest|paginate|get)\s{0,3}\(/g,
    )) {
      const entity = match[1] ?? "";
      if (models.has(entity))
        emit(match.index, {
          kind: "entity-use",
          entity,
          access: /^(?:create|insert|update|firstOrCreate|destroy|upsert|truncate)/.test(match[2] ?? "") ? "write" : "read",
        });
    }
    for (const match of matches(source.bare, /\bnew\s{1,5}([A-Z]\w{0,100})\b/g)) {
      const entity = match[1] ?? "";
      if (models.has(entity) && /->(?:save|persist)\s{0,3}\(/.test(source.bare.slice(match.index, match.index + 3000)))
        emit(match.index, { kind: "entity-use", entity, access: "write" });
    }
  },
};

function modelsOf(source: Source): Set<string> {
  return new Set(
    [
      ...source.bare.matchAll(
        /^\s{0,9}use\s{1,5}[\w\\]{0,120}\\(?:Models?|Entity|Entities)\\(?:\w{1,60}\\){0,4}(\w{1,100})(?:\s{1,5}as\s{1,5}(\w{1,100}))?\s{0,5};/gm,
      ),
    ].map((match) => match[2] ?? match[1] ?? ""),
  );
}
