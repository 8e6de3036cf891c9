/** XML that names tables: MyBatis mappers, Liquibase change logs, Hibernate mappings. */
import { sqlTables } from "../common/sql.js";
import type { Detector } from "../detector.js";
import { matches } from "./matches.js";

const maxStatements = 500;

/** `<select id="…">SELECT … FROM orders</select>`; the dynamic parts of MyBatis are left out. */
export const myBatis: Detector = {
  name: "java/mybatis",
  languages: ["xml"],
  words: ["<mapper"],
  detect(source, emit) {
    let count = 0;
    for (const match of matches(source.code, /<(select|insert|update|delete|sql)\b[^>]{0,400}>/g)) {
      if (++count > maxStatements) break;
      const start = match.index + match[0].length;
      const end = source.code.indexOf(`</${match[1] ?? ""}>`, start);
      if (end < 0) continue;
      const sql = source.code
        .slice(start, Math.min(end, start + 20_000))
        .replace(/<!\[CDATA\[|\]\]>/g, " ")
        .replace(/<(where|set)\b[^<>]{0,200}>/g, " $1 ")
        .replace(/<[^<>]{0,400}>/g, " ")
        .replace(/[#$]\{[^{}]{0,200}\}/g, "?")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">");
      for (const { name, schema, access } of sqlTables(sql))
        emit(match.index, { kind: "table", name, schema, access, technology: null, entity: null });
    }
  },
};

const changes =
  /<(createTable|addColumn|dropTable|insert|loadData|createView)\b[^>]{0,600}?\btableName\s{0,5}=\s{0,5}"([\w$.-]{1,120})"[^>]{0,600}>/g;

/** `<createTable tableName="orders">` and what else changes a table. */
export const liquibase: Detector = {
  name: "java/liquibase",
  languages: ["xml"],
  words: ["<databaseChangeLog"],
  detect(source, emit) {
    let count = 0;
    for (const match of matches(source.code, changes)) {
      if (++count > maxStatements) break;
      const schema = /\bschemaName\s{0,5}=\s{0,5}"([\w$-]{1,80})"/.exec(match[0])?.[1] ?? null;
      const access = match[1] === "insert" || match[1] === "loadData" ? "write" : "define";
      emit(match.index, { kind: "table", name: match[2] ?? "", schema, access, technology: null, entity: null });
    }
    for (const match of matches(source.code, /<sql\b[^>]{0,200}>([^<]{1,20000})<\/sql>/g))
      for (const { name, schema, access } of sqlTables(match[1] ?? ""))
        emit(match.index, { kind: "table", name, schema, access, technology: null, entity: null });
  },
};

/** `<class name="shop.Order" table="orders">`. */
export const hibernateMapping: Detector = {
  name: "java/hibernate-mapping",
  languages: ["xml"],
  words: ["<hibernate-mapping"],
  detect(source, emit) {
    for (const match of matches(source.code, /<class\b[^>]{0,600}>/g)) {
      const name = /\bname\s{0,5}=\s{0,5}"(?:[\w$]{1,80}\.){0,12}([\w$]{1,80})"/.exec(match[0])?.[1];
      const table = /\btable\s{0,5}=\s{0,5}"`?([\w$]{1,120})`?"/.exec(match[0])?.[1] ?? name;
      if (table !== undefined)
        emit(match.index, { kind: "table", name: table, schema: null, access: "map", technology: null, entity: name ?? null });
    }
  },
};
