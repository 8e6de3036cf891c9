import { expect, test } from "vitest";
import { readSource } from "../source.js";
import { hibernateMapping, liquibase, myBatis } from "./mapper-xml.js";

function tables(text: string): string[] {
  const found: string[] = [];
  const source = readSource("a.xml", text, "xml");
  for (const detector of [myBatis, liquibase, hibernateMapping])
    if (detector.words?.some((word) => text.includes(word)))
      detector.detect(source, (_, cue) => {
        if (cue.kind === "table") found.push(`${cue.access} ${cue.schema ?? "-"} ${cue.name} ${cue.entity ?? "-"}`);
      });
  return found;
}

test.each<[string, string, string[]]>([
  [
    "MyBatis",
    `<mapper namespace="a"><select id="x">SELECT * FROM orders o <where> o.id = #{id} AND o.n &lt; 3</where></select>
     <!-- <select id="z">SELECT * FROM old</select> --><insert id="y">INSERT INTO shop.items (a) VALUES (#{a})</insert></mapper>`,
    ["read - orders -", "write shop items -"],
  ],
  [
    "Liquibase",
    `<databaseChangeLog><changeSet><createTable tableName="orders" schemaName="shop"><column name="id"/></createTable><sql>UPDATE items SET a = 1</sql></changeSet></databaseChangeLog>`,
    ["define shop orders -", "write - items -"],
  ],
  [
    "Hibernate",
    `<hibernate-mapping><class name="shop.Order" table="orders"/><class name="shop.Item"/></hibernate-mapping>`,
    ["map - orders Order", "map - Item Item"],
  ],
])("%s", (_, text, expected) => {
  expect(tables(text)).toEqual(expected);
});
