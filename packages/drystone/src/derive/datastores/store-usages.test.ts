import { describe, expect, test } from "vitest";
import type { Facts, ResourceFact, StoreUseFact } from "#model/facts.js";
import { componentRef, shortName } from "#model/refs.js";
import { component, relation, relations, resource, storeUse } from "../calls/fixtures/index.js";
import { storeUsages } from "./index.js";

type Small = Partial<Pick<Facts, "components" | "resources" | "relations" | "storeUses">>;

const components = ["a", "b", "c"].map((name) => component(name));
const server = resource("pg", "datastore", null, "postgresql");

function usagesOf(small: Small) {
  return storeUsages({ components, resources: [server], relations: [], storeUses: [], ...small });
}

/** `level word tables`, a `?` behind the level where it could be another one. */
function pairOf(
  small: Small,
  resources: readonly ResourceFact[] = [server, resource("t", "table", "pg"), resource("u", "table", "pg")],
) {
  const [usage] = usagesOf({ resources, ...small });
  return usage?.pairs.map(({ a, b, level, certain, word, tables }) =>
    [`${shortName(a)}-${shortName(b)}`, `${level}${certain ? "" : "?"}`, word, ...tables.map(shortName)].join(" "),
  );
}

type Use = Parameters<typeof storeUse>[2];
const both = (a: Use, b: Use): StoreUseFact[] => [storeUse("a", "pg", a), storeUse("b", "pg", b)];

test("a connection that only a hint speaks of shares nothing", () => {
  const storeUses = both({ database: "shop" }, {});
  const [certain, hint] = relations("a reads pg, b reads pg");
  expect(certain && hint && pairOf({ storeUses, relations: [certain, { ...hint, confidence: "hint" }] })).toEqual([]);
});

describe("levels of metrics.md A5", () => {
  test.each<[string, Use, Use, string, string]>([
    ["own databases", { database: "a" }, { database: "b" }, "", "1 same-instance-different-database"],
    ["databases not known", {}, {}, "", "1? same-instance"],
    ["one database not known", { database: "a" }, {}, "", "1? same-instance"],
    [
      "own schemas",
      { database: "shop", schema: "a", user: "a" },
      { database: "shop", schema: "b", user: "b" },
      "",
      "2 same-database-different-schema",
    ],
    ["one schema, tables not known", { database: "shop" }, { database: "shop", schema: "public" }, "", "3? same-database"],
    [
      "one schema, own tables",
      { database: "shop" },
      { database: "shop" },
      "a writes t, b writes u",
      "3 same-database-different-tables",
    ],
    ["one writes, one reads", { database: "shop" }, { database: "shop" }, "a writes t, b reads t", "4 same-table t"],
    ["both write", { database: "shop" }, { database: "SHOP" }, "a writes t, b writes t, b writes u", "5 same-table t"],
    [
      "the same name in two databases is two tables",
      { database: "a" },
      { database: "b" },
      "a writes t, b writes t",
      "1 same-instance-different-database",
    ],
    [
      "the same name in two schemas is two tables",
      { database: "shop", schema: "a" },
      { database: "shop", schema: "b" },
      "a writes t, b writes t",
      "2 same-database-different-schema",
    ],
    ["the same name where no database is known is no proof", {}, {}, "a writes t, b writes t", "1? same-instance"],
    ["the only database of the server is meant", { database: "shop" }, {}, "a writes t, b reads t", "4? same-table t"],
    [
      "PostgreSQL takes the database of the user",
      { user: "shop" },
      { database: "shop" },
      "a writes t, b reads t",
      "4 same-table t",
    ],
  ])("%s", (_, a, b, text, expected) => {
    const known = text === "" ? [] : relations(text);
    expect(pairOf({ storeUses: both(a, b), relations: known })).toEqual([`a-b ${expected}`]);
  });

  test("whose known tables may lie in another database is not said to have its own in this one", () => {
    const storeUses = [...both({ database: "shop" }, { database: "shop" }), storeUse("a", "pg", { database: "events" })];
    expect(pairOf({ storeUses, relations: relations("a writes t, b writes u") })).toEqual(["a-b 3? same-database"]);
  });

  test("schemas written before the names of tables", () => {
    const resources = [server, resource("barista.orders", "table", "pg"), resource("kitchen.orders", "table", "pg")];
    const storeUses = both({ database: "shop", user: "app" }, { database: "shop", user: "app" });
    const all = relations("a writes barista.orders, b writes kitchen.orders");
    expect(pairOf({ storeUses, relations: all }, resources)).toEqual(["a-b 2 same-database-different-schema"]);
    expect(usagesOf({ resources, storeUses, relations: all })[0]?.pairs[0]?.sameUser).toBe(true);
  });

  test("a cache is shared by keys: the same keys are a table of both", () => {
    const resources = [resource("pg", "cache", null, "redis"), resource("sessions", "table", "pg")];
    const storeUses = both({}, { database: "0" });
    expect(pairOf({ storeUses }, resources)).toEqual(["a-b 2? same-database-different-keys"]);
    expect(pairOf({ storeUses, relations: relations("a writes sessions, b reads sessions") }, resources)).toEqual([
      "a-b 4 same-table sessions",
    ]);
    expect(pairOf({ storeUses: both({}, { database: "1" }) }, resources)).toEqual(["a-b 1 same-instance-different-database"]);
  });

  test("a bucket of a cloud is one place, a server of buckets holds many", () => {
    const through = relations("a writes pg, b reads pg");
    expect(pairOf({ relations: through }, [resource("pg", "bucket", null, "s3")])).toEqual(["a-b 3? same-database"]);
    expect(pairOf({ relations: through }, [resource("pg", "bucket", null, "minio")])).toEqual(["a-b 1? same-instance"]);
  });
});

describe("who is a user", () => {
  const shared = both({ database: "shop" }, { database: "shop" });
  test("connections and uses of tables, confirmed or likely, of what is built here", () => {
    const all = [
      ...relations("c reads t"),
      relation("d", "writes", "t"),
      relation("e", "writes", "t"),
      relation("b", "writes", "pg", { confidence: "hint" }),
    ];
    const resources = [server, resource("t", "table", "pg")];
    const more = [...components, component("d", { built: false }), component("e", { kind: "admin" })];
    const [usage] = usagesOf({ components: more, resources, relations: all, storeUses: [storeUse("a", "pg")] });
    expect(usage?.users.map(({ component: ref }) => ref)).toEqual([componentRef("a"), componentRef("c")]);
  });

  test("who only sends messages through a store keeps no data there", () => {
    const resources = [resource("pg", "cache", null, "redis"), resource("votes", "topic", "pg")];
    const all = relations("a publishes votes, b consumes votes");
    expect(usagesOf({ resources, relations: all, storeUses: both({}, {}) })).toEqual([]);
  });

  test("a connection found beside the messages changes nothing", () => {
    const resources = [resource("pg", "cache", null, "redis"), resource("votes", "topic", "pg")];
    const all = [...relations("a publishes votes, b consumes votes"), relation("a", "reads", "pg"), relation("b", "reads", "pg")];
    expect(usagesOf({ resources, relations: all })[0]?.pairs ?? []).toEqual([]);
  });

  test("a page that takes types from a library with data access is no user; one with data access in its own files is", () => {
    const resources = [server, resource("t", "table", "pg")];
    const page = {
      components: [component("a"), component("b", { kind: "frontend" })],
      resources,
      storeUses: [storeUse("a", "pg")],
    };
    const usersOf = (file: string) => {
      const evidence = [{ type: "file" as const, repository: "shop", file, line: 1 }];
      return usagesOf({ ...page, relations: [relation("b", "reads", "t", { evidence })] })[0]?.users.length;
    };
    expect([usersOf("libraries/data/t.ts"), usersOf("b/pages/t.ts")]).toEqual([1, 2]);
  });

  test("a module acts as its deployable", () => {
    const module = component("b", { kind: "module", partOf: componentRef("a") });
    expect(usagesOf({ components: [component("a"), module], storeUses: shared })[0]?.pairs).toEqual([]);
  });

  test("a job that migrates for all is no second user", () => {
    const all = [component("a"), component("b-migrations")];
    const [usage] = usagesOf({
      components: all,
      storeUses: [storeUse("a", "pg", { database: "shop" }), storeUse("b-migrations", "pg", { database: "shop" })],
    });
    expect([usage?.users.length, usage?.migrators]).toEqual([1, [componentRef("b-migrations")]]);
  });

  test("tables that tools keep for themselves are not shared", () => {
    const resources = [server, resource("flyway_schema_history", "table", "pg")];
    const all = relations("a writes flyway_schema_history, b writes flyway_schema_history");
    expect(pairOf({ relations: all, storeUses: shared }, resources)).toEqual(["a-b 3? same-database"]);
  });

  test("a table without datastore belongs to the only one of its user", () => {
    const resources = [server, resource("t", "table")];
    const all = relations("a writes t, b reads t");
    expect(pairOf({ relations: all, storeUses: shared }, resources)).toEqual(["a-b 4 same-table t"]);
    const two = [...shared, storeUse("b", "second")];
    expect(pairOf({ relations: all, storeUses: two }, [...resources, resource("second", "datastore")])).toEqual([
      "a-b 3? same-database",
    ]);
  });
});

test.each<[string, ReturnType<typeof relations>, string | null]>([
  ["the only writer", relations("a writes t, b reads t"), "a"],
  ["nobody, where two write", relations("a writes t, b writes t"), null],
  [
    "who creates the table, where two write",
    [relation("a", "writes", "t", { detail: "CREATE TABLE t" }), relation("b", "writes", "t")],
    "a",
  ],
])("the owner of a table: %s", (_, all, owner) => {
  const resources = [server, resource("t", "table", "pg")];
  const [usage] = usagesOf({ resources, relations: all, storeUses: both({ database: "shop" }, { database: "shop" }) });
  expect(usage?.tables.map((table) => table.owner)).toEqual([owner === null ? null : componentRef(owner)]);
});
