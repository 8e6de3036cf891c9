import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import type { ComponentFact } from "#model/facts.js";
import { collectContracts, contractFacts } from "./index.js";

const component = (name: string, repository = "shop", kind: ComponentFact["kind"] = "service"): ComponentFact => ({
  ref: `component:default/${name}`,
  name,
  kind,
  built: true,
  partOf: null,
  repository,
  paths: [`services/${name}`],
  aliases: [],
  technology: null,
  declaredOwners: [],
  declared: false,
  inferredFrom: [],
  evidence: [],
});

const openapi = (title: string, path: string) =>
  `openapi: 3.0.0\ninfo: {title: ${title}, version: '1'}\npaths: {${path}: {get: {}}}\n`;
const proto = (...services: string[]) =>
  `package shop;\n${services.map((name) => `service ${name} { rpc Get(A) returns (A); }`).join("\n")}`;

const short = (ref: string | null) => ref?.replace(/^.*\//, "") ?? "?";

const facts = (
  repositories: Record<string, Record<string, string>>,
  implementers: Record<string, string[]> = {},
  components = [component("cart"), component("orders"), component("web"), component("model", "shop", "library")],
) => {
  const found = Object.entries(repositories).flatMap(([name, files]) => collectContracts(textTree(name, files)).contracts);
  const { contracts, operations } = contractFacts(
    found,
    components,
    new Map(Object.entries(implementers).map(([service, names]) => [service, names.map((name) => `component:default/${name}`)])),
  );
  return {
    contracts: contracts.map(({ ref, provider, file }) => `${short(ref)} by ${short(provider)} in ${file}`),
    operations: operations.map(
      ({ ref, component: by, method, path }) => `${ref.replace("api:default/", "")} by ${short(by)}: ${method} ${path}`,
    ),
  };
};

test.each<[string, Parameters<typeof facts>, ReturnType<typeof facts>]>([
  [
    "the component that the file lies in; a title that says nothing is none",
    [
      {
        shop: {
          "services/cart/openapi.yaml": openapi("OpenAPI definition", "/items"),
          "docs/orders.yaml": openapi("Orders API", "/orders"),
        },
      },
    ],
    {
      contracts: ["cart by cart in services/cart/openapi.yaml", "orders-api by ? in docs/orders.yaml"],
      operations: ["cart#GET /items by cart: GET /items", "orders-api#GET /orders by ?: GET /orders"],
    },
  ],
  [
    "copies of callers say nothing about the provider",
    [
      {
        shop: {
          "services/orders/openapi.yaml": openapi("Orders", "/o"),
          "services/web/clients/orders/openapi.yaml": openapi("Orders", "/o"),
        },
      },
    ],
    { contracts: ["orders by orders in services/orders/openapi.yaml"], operations: ["orders#GET /o by orders: GET /o"] },
  ],
  [
    "gRPC: each service of a shared file has its own provider, when exactly one implements it",
    [
      { shop: { "protos/shop.proto": proto("Cart", "Orders", "Search", "Nobody") } },
      { "shop.Cart": ["cart"], Orders: ["orders", "orders"], Search: ["cart", "orders"] },
    ],
    {
      contracts: [
        "shop.cart by cart in protos/shop.proto",
        "shop.nobody by ? in protos/shop.proto",
        "shop.orders by orders in protos/shop.proto",
        "shop.search by ? in protos/shop.proto",
      ],
      operations: [
        "shop.cart#Get by cart: RPC /shop.Cart/Get",
        "shop.nobody#Get by ?: RPC /shop.Nobody/Get",
        "shop.orders#Get by orders: RPC /shop.Orders/Get",
        "shop.search#Get by ?: RPC /shop.Search/Get",
      ],
    },
  ],
  [
    "gRPC without code: the one component with the file; a shared copy beside it leaves it open",
    [
      {
        shop: { "services/cart/cart.proto": proto("Cart"), "services/orders/orders.proto": proto("Orders") },
        web: { "protos/all.proto": proto("Orders") },
      },
    ],
    {
      contracts: ["shop.cart by cart in services/cart/cart.proto", "shop.orders by ? in protos/all.proto"],
      operations: ["shop.cart#Get by cart: RPC /shop.Cart/Get", "shop.orders#Get by ?: RPC /shop.Orders/Get"],
    },
  ],
  [
    "names are unique",
    [
      {
        shop: {
          "services/cart/a.yaml": openapi("Shop", "/a"),
          "services/cart/b.yaml": openapi("Shop", "/b"),
          "services/cart/c.yaml": openapi("Shop", "/c"),
        },
      },
    ],
    {
      contracts: [
        "cart-shop by cart in services/cart/b.yaml",
        "shop by cart in services/cart/a.yaml",
        "shop-2 by cart in services/cart/c.yaml",
      ],
      operations: ["cart-shop#GET /b by cart: GET /b", "shop#GET /a by cart: GET /a", "shop-2#GET /c by cart: GET /c"],
    },
  ],
  [
    "a library provides its entry",
    [
      {
        shop: {
          "services/model/package.json": '{"name": "@shop/model", "main": "src/index.ts"}',
          "services/model/src/index.ts": "export const a = 1;\n",
        },
      },
    ],
    { contracts: ["shop-model by model in services/model/src/index.ts"], operations: [] },
  ],
])("%s", (_, given, expected) => {
  expect(facts(...given)).toEqual(expected);
});
