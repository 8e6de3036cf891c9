import { expect, test } from "vitest";
import { cuesOf } from "../cues-of.js";
import { isSql, sqlTables } from "./sql.js";

const short = (sql: string) =>
  sqlTables(sql).map(({ name, schema, access }) => `${access} ${schema === null ? "" : `${schema}.`}${name}`);

test.each([
  ["SELECT id, name FROM orders WHERE id = $1", ["read orders"]],
  [
    "select o.id from shop.orders o left join items as i on i.id = o.id, customers c",
    ["read shop.orders", "read items", "read customers"],
  ],
  ['SELECT * FROM "Orders" JOIN `items` USING (id) JOIN [dbo].[Lines] l ON 1=1', ["read Orders", "read items", "read Lines"]],
  ["INSERT INTO public.orders (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET id = 1", ["write orders"]],
  ["INSERT INTO archive SELECT * FROM orders", ["write archive", "read orders"]],
  ["UPDATE orders o SET state = 1 FROM items WHERE o.id = items.id", ["write orders", "read items"]],
  ["DELETE FROM orders USING items WHERE true", ["write orders", "read items"]],
  ["SELECT * FROM orders WHERE at > now() FOR UPDATE SKIP LOCKED", ["read orders"]],
  ["WITH recent AS (SELECT * FROM orders), n(x) AS MATERIALIZED (SELECT 1) SELECT * FROM recent JOIN n ON true", ["read orders"]],
  ["SELECT EXTRACT(YEAR FROM created) FROM orders WHERE a IS DISTINCT FROM b", ["read orders"]],
  ["SELECT * FROM (SELECT a FROM b) x, generate_series(1, 2) s, c", ["read b", "read c"]],
  [
    "CREATE TABLE IF NOT EXISTS shop.orders (id int REFERENCES users(id) ON DELETE CASCADE ON UPDATE CASCADE);",
    ["define shop.orders"],
  ],
  ["ALTER TABLE ONLY orders ADD COLUMN x int; DROP TABLE IF EXISTS x, y CASCADE;", ["define orders", "define x", "define y"]],
  ["ALTER TABLE orders RENAME TO sales", ["define orders", "define sales"]],
  ["CREATE TEMP TABLE t (id int); INSERT INTO t SELECT id FROM orders;", ["read orders"]],
  ["CREATE UNIQUE INDEX i ON orders (id)", ["define orders"]],
  ["TRUNCATE TABLE orders", ["write orders"]],
  ["SELECT a.id FROM orders a JOIN items b ON b.id = a.id", ["read orders", "read items"]],
  ["MERGE INTO orders o USING staged s ON (o.id = s.id) WHEN MATCHED THEN UPDATE SET o.x = s.x", ["write orders", "read staged"]],
  ["COPY orders (id, name) FROM stdin;\n1\tselect a from b\n\\.\nSELECT 1;", ["write orders"]],
  ["SELECT * FROM {} JOIN {}.items i ON 1 = 1 JOIN orders_{} x ON 1 = 1", ["read items"]],
  ["REVOKE ALL ON orders FROM someone; GRANT SELECT ON orders TO x", []],
  ["SELECT 1 FROM information_schema.tables", []],
  ["SELECT 'text from other' FROM orders -- from comment\n/* from c */", ["read orders"]],
  ["INSERT INTO `a` SET x = 1", ["write a"]],
  ["SELECT a FROM orders o WHERE o.id IN (SELECT order_id FROM items)", ["read orders", "read items"]],
  ["CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION f()", []],
  ["", []],
])("%s", (sql, expected) => {
  expect(short(sql)).toEqual(expected);
});

test.each([
  ["Select a plan from the list", false],
  ["Select items from your cart.", false],
  ["delete from favourites", false],
  ["Update the order (set by you)", false],
  ["Create table", false],
  ["select id from orders where id = 1", true],
  ["SELECT id FROM orders", true],
  ["  insert into orders (id) values (?)", true],
])("is it SQL: %s", (text, expected) => {
  expect(isSql(text) && short(text).length > 0).toBe(expected);
});

const tables = (path: string, text: string) =>
  cuesOf(path, text).flatMap((cue) =>
    cue.kind === "table"
      ? [`${cue.line} ${cue.access} ${cue.name}`]
      : cue.kind === "entity-use"
        ? [`${cue.line} ${cue.access} <${cue.entity}>`]
        : [],
  );

test.each([
  ["a.go", "var q = `SELECT id\n FROM sock JOIN tag ON 1=1`", ["1 read sock", "1 read tag"]],
  ["a.py", 'cur.execute("SELECT id "\n  "FROM orders "\n  f"WHERE id = {x}")', ["1 read orders"]],
  ["A.java", 'jdbc.query("SELECT id" +\n " FROM orders WHERE x = " + x);', ["1 read orders"]],
  ["A.java", '@Query("SELECT o FROM Order o JOIN Item i WHERE o.id = :id")', ["1 read <Order>", "1 read <Item>"]],
  ["A.java", '@Query(value = "SELECT o.id FROM Orders o", nativeQuery = true)', ["1 read Orders"]],
  ["a.ts", "const label = 'Select an item from the list';", []],
  [
    "q.sql",
    "-- name: GetOrder :one\nSELECT * FROM orders\nWHERE id = $1;\n\nCREATE TABLE x (id int);",
    ["2 read orders", "5 define x"],
  ],
])("tables of %s %s", (path, text, expected) => {
  expect(tables(path, text)).toEqual(expected);
});
