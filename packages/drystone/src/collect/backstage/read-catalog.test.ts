import { parseEntityRef, stringifyEntityRef } from "@backstage/catalog-model";
import { describe, expect, test } from "vitest";
import { isCatalogFile, readCatalog } from "./index.js";

describe("readCatalog", () => {
  test("an entity with everything", () => {
    const { entities, problems } = readCatalog(
      "catalog-info.yaml",
      [
        "# shop",
        "apiVersion: backstage.io/v1alpha1",
        "kind: Component",
        "metadata:",
        "  name: Orders",
        "  title: Order taking",
        "  annotations:",
        "    github.com/project-slug: shop/orders",
        "spec:",
        "  type: Service",
        "  owner: team-orders",
        "  system: shop",
        "  dependsOn:",
        "    - resource:orders-db",
        "    - component:other/Billing",
        "  providesApis: [orders]",
      ].join("\n"),
    );
    expect(problems).toEqual([]);
    expect(entities).toHaveLength(1);
    expect(entities[0]).toMatchObject({
      ref: "component:default/orders",
      kind: "Component",
      name: "Orders",
      title: "Order taking",
      line: 5,
      type: "service",
      owner: { ref: "group:default/team-orders", line: 11 },
    });
    expect([...(entities[0]?.references ?? [])]).toEqual([
      ["system", [{ ref: "system:default/shop", line: 12 }]],
      [
        "dependsOn",
        [
          { ref: "resource:default/orders-db", line: 14 },
          { ref: "component:other/billing", line: 15 },
        ],
      ],
      ["providesApis", [{ ref: "api:default/orders", line: 16 }]],
    ]);
  });

  test.each([
    [
      "an API whose definition is a placeholder",
      "kind: API\nmetadata: {name: orders}\nspec: {type: openapi, definition: {$text: ./openapi.yaml}}",
    ],
    ["a component without owner", "kind: Component\nmetadata: {name: orders}\nspec: {type: service}"],
    ["a kind of their own", "kind: AiResource\nmetadata: {name: orders}"],
    [
      "fields of the wrong shape",
      "kind: Group\nmetadata: {name: orders, annotations: 3}\nspec: {members: {a: b}, profile: [], children: [1, null]}",
    ],
  ])("%s is kept", (_, text) => {
    const { entities, problems } = readCatalog("catalog-info.yaml", `apiVersion: backstage.io/v1alpha1\n${text}\n`);
    expect(problems).toEqual([]);
    expect(entities.map((entity) => entity.name)).toEqual(["orders"]);
  });

  test.each([
    ["a Kubernetes object", "apiVersion: v1\nkind: Service\nmetadata: {name: orders}"],
    ["a template to be filled", "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: '${{ values.name }}'}"],
    ["no name", "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {}"],
    ["a list", "- 1"],
    ["a text", "hello"],
  ])("%s is no entity", (_, text) => {
    expect(readCatalog("catalog-info.yaml", text)).toEqual({ entities: [], problems: [] });
  });

  test.each([["group:default/team-a"], ["team-a"], ["Group:Shop/Team-A"], ["shop/team-a"]])(
    "owner %s is what Backstage understands",
    (owner) => {
      const { entities } = readCatalog(
        "catalog-info.yaml",
        `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x}\nspec: {owner: '${owner}'}`,
      );
      const oracle = stringifyEntityRef(parseEntityRef(owner, { defaultKind: "group", defaultNamespace: "default" }));
      expect(entities[0]?.owner?.ref).toBe(oracle);
    },
  );

  test.each([
    ["catalog-info.yaml", true],
    ["services/orders/catalog-info.yml", true],
    ["orders.catalog-info.yaml", true],
    ["org.yaml", true],
    ["catalog/groups.yaml", true],
    ["src/all.yaml", false],
    ["my-catalog-info.yaml", false],
  ])("%s: %s", (path, expected) => {
    expect(isCatalogFile(path)).toBe(expected);
  });
});
