/** docs/configuration.md shows every key, and its examples work. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configJsonSchema, readConfig } from "#collect/config/index.js";
import { textTree } from "#collect/files/index.js";
import { parametersOf } from "#run/options.js";
import { faultsOf, type Schema, schemaOf } from "./schemas.js";

const page = readFileSync(new URL("../../../../docs/configuration.md", import.meta.url), "utf8");
const examples = page
  .split(/^## /m)
  .flatMap((section) =>
    [...section.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = ""]) => [nameOf(section), text] as const),
  );
const schema = schemaOf("drystone");

/** Files that the examples speak about. */
const files = Object.fromEntries(
  [
    "services/orders/src/invoicing/bill.js",
    "services/orders/vendor/a.js",
    "services/billing/a.js",
    "contracts/orders.yaml",
    "orders/a.js",
  ].map((path) => [path, "export {};\n"]),
);

test("the published schema is the one that the reader uses", () => {
  expect(schema).toEqual(JSON.parse(JSON.stringify(configJsonSchema())));
});

test("the first example has every key, and each has a section", () => {
  const keys = keysOf(schema);
  expect(Object.keys(parse(examples[0]?.[1] ?? "") as object)).toEqual(keys);
  const sections = [...page.matchAll(/^## (.+)$/gm)].flatMap(([, title = ""]) => title.split(", "));
  expect(sections).toEqual(keys);
});

describe.each(examples)("%s", (_, text) => {
  test("is as the schema says", () => {
    expect(faultsOf(schema, parse(text))).toEqual([]);
  });

  test("is read without a problem", () => {
    const { config, problems, sources } = readConfig(textTree("shop", { ...files, "drystone.yaml": text }));
    expect(problems).toEqual([]);
    expect(sources).toMatchObject([{ kind: "config", path: "drystone.yaml", read: true }]);
    expect(() => parametersOf({}, config)).not.toThrow();
  });
});

test("the example of components means what the page says", () => {
  const [, text = ""] = examples.find(([name]) => name === "components") ?? [];
  const { components } = readConfig(textTree("shop", { ...files, "drystone.yaml": text }));
  expect(
    components.map(({ name, kind, partOf, built, declaredOwners }) => [
      name,
      kind,
      partOf,
      built,
      declaredOwners.map(({ ref }) => ref),
    ]),
  ).toEqual([
    ["orders", "service", null, true, ["group:default/team-orders"]],
    ["orders-invoicing", "module", "component:default/orders", true, []],
    ["billing", "service", null, true, ["group:default/team-billing"]],
    ["payment-provider", "external", null, false, []],
  ]);
});

test("our own drystone.yaml is as the schema says", () => {
  const own = readFileSync(new URL("../../../../drystone.yaml", import.meta.url), "utf8");
  expect(faultsOf(schema, parse(own))).toEqual([]);
});

function nameOf(section: string): string {
  return /^(.+)$/m.exec(section)?.[1] ?? "";
}

function keysOf({ anyOf, properties }: Schema): string[] {
  if (Array.isArray(anyOf)) return anyOf.flatMap((each) => keysOf(each as Schema));
  return Object.keys(properties ?? {});
}
