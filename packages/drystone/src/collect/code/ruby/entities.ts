/** Tables of ActiveRecord and Sequel, documents of Mongoid, migrations, and who reads and writes them. */
import { matches } from "../common/matches.js";
import type { Detector } from "../detector.js";
import { tableOfClass } from "./inflect.js";
import { argument, classesOf } from "./values.js";

/** `class OrderItem < ApplicationRecord`: `order_items`, unless `self.table_name` says otherwise. */
export const activeRecord: Detector = {
  name: "ruby/active-record",
  languages: ["ruby"],
  words: ["ApplicationRecord", "ActiveRecord::Base", "Mongoid::Document", "Sequel::Model", "table_name"],
  detect(source, emit) {
    for (const { name, namespace, base, at, end } of classesOf(source)) {
      const body = source.code.slice(at, end);
      const given = /\bself\.table_name\s{0,5}=\s{0,5}["':]([\w.]{1,120})/.exec(body)?.[1];
      const isDocument = /\binclude\s{1,5}Mongoid::Document\b/.test(body);
      if (/\bself\.abstract_class\s{0,5}=\s{0,5}true/.test(body) || name === "ApplicationRecord") continue;
      const collection = isDocument ? /\bstore_in\s{1,5}collection:\s{0,3}["':]([\w.]{1,120})/.exec(body)?.[1] : undefined;
      const sequel =
        base === null
          ? undefined
          : /^Sequel::Model\(\s{0,3}:(\w{1,80})/.exec(
              source.code.slice(at + body.indexOf("Sequel"), at + body.indexOf("Sequel") + 120),
            )?.[1];
      const isModel =
        given !== undefined ||
        isDocument ||
        (base !== null && /^(?:ApplicationRecord|ActiveRecord::Base|Sequel::Model)/.test(base));
      if (!isModel) continue;
      const whole = given ?? collection ?? sequel ?? tableOfClass(name.split("::").at(-1) ?? name);
      const [schema, table] = whole.includes(".") ? whole.split(".") : [null, whole];
      emit(at, {
        kind: "table",
        name: table ?? whole,
        schema: schema ?? null,
        access: "map",
        technology: isDocument ? "mongodb" : null,
        entity: namespace === "" ? name : `${namespace}::${name}`,
      });
    }
  },
};

const changes =
  /(?<![\w.])(?:(?:add|remove|rename|change)_(?:column\w{0,10}|columns|index|reference|belongs_to|foreign_key|timestamps|check_constraint)|(?:change|drop|rename)_table)\b/g;

/** `create_table :orders`, `create_join_table :a, :b`; `add_column :orders, …` changes one. */
export const migrations: Detector = {
  name: "ruby/migrations",
  languages: ["ruby"],
  words: ["create_table", "create_join_table", "ActiveRecord::Migration"],
  detect(source, emit) {
    const put = (at: number, name: string | null) => {
      if (name !== null && /^[\w.]{1,120}$/.test(name))
        emit(at, { kind: "table", name, schema: null, access: "define", technology: null, entity: null });
    };
    for (const match of matches(source.bare, /(?<![\w.])create_(join_)?table\b/g)) {
      const end = match.index + match[0].length;
      const first = argument(source, end, 0);
      const second = match[1] === undefined ? null : argument(source, end, 1);
      const name = second === null || first === null ? first : [first, second].sort().join("_");
      put(match.index, name);
    }
    if (!source.text.includes("ActiveRecord::Migration")) return;
    for (const match of matches(source.bare, changes)) put(match.index, argument(source, match.index + match[0].length, 0));
  },
};

const writes =
  "create|create!|insert|insert_all|insert_all!|upsert|upsert_all|update_all|delete_all|destroy_all|find_or_create_by|find_or_create_by!|create_or_find_by|update|destroy|delete|import";
const reads =
  "find|find_by|find_by!|where|all|first|last|count|pluck|exists\\?|includes|joins|order|find_each|select|sum|find_by_sql|take|limit|none";

/** `Order.create(…)` writes, `Shop::Order.where(…)` reads; classes of other kinds (`Stripe::Customer`) have no table and are dropped when linked. */
export const entityUses: Detector = {
  name: "ruby/entity-uses",
  languages: ["ruby"],
  words: [".create", ".where", ".find", ".all", ".first", ".update", ".insert", ".destroy", ".count", ".new"],
  detect(source, emit) {
    const pattern = new RegExp(
      `(?<![\\w:.])((?:[A-Z]\\w{0,60}::){0,3}[A-Z]\\w{0,80})\\.(?:(${writes})|(${reads}))(?![\\w?!])`,
      "g",
    );
    let count = 0;
    for (const match of matches(source.bare, pattern)) {
      if (++count > 400) break;
      emit(match.index, { kind: "entity-use", entity: match[1] ?? "", access: match[2] === undefined ? "read" : "write" });
    }
  },
};
