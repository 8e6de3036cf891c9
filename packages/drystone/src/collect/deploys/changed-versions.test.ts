import { expect, test } from "vitest";
import { changedVersions } from "./changed-versions.js";

const diff = (file: string, ...lines: readonly string[]) => [
  `diff --git a/${file} b/${file}`,
  "index 1..2 100644",
  `--- a/${file}`,
  `+++ b/${file}`,
  "@@ -1,9 +1,9 @@",
  ...lines,
];

test.each<[string, readonly string[], readonly (readonly [string[], string])[] | null]>([
  [
    "an image in a deployment",
    diff(
      "k8s/orders.yaml",
      "   containers:",
      "   - name: app",
      "-    image: shop/orders:1.2",
      "+    image: shop/orders:1.3",
      "     ports:",
    ),
    [[["orders", "app"], "1.3"]],
  ],
  [
    "an image of a compose service",
    diff("compose.yaml", " services:", "   orders:", "-    image: r.io:5000/shop/o:1", '+    image: "r.io:5000/shop/o:2" # new'),
    [[["o", "orders"], "2"]],
  ],
  [
    "kustomize",
    diff(
      "overlays/prod/kustomization.yaml",
      " images:",
      " - name: r.io/shop/stock",
      "   newTag: v1",
      " - name: r.io/shop/orders",
      "-  newTag: v1",
      "+  newTag: v2",
    ),
    [[["orders"], "v2"]],
  ],
  [
    "values of an umbrella chart",
    diff(
      "chart/values.yaml",
      " orders:",
      "   replicas: 1",
      "   image:",
      "     repository: r.io/shop/orders-api",
      "-    tag: v1",
      "+    tag: v2",
      " stock:",
    ),
    [[["orders-api", "orders"], "v2"]],
  ],
  [
    "values in the folder of a service",
    diff("apps/orders/values-prod.yaml", " image:", "-  tag: a1", "+  tag: b2"),
    [[["orders"], "b2"]],
  ],
  [
    "the version of a chart",
    diff("charts/orders/Chart.yaml", " name: orders", "-version: 1.0.0", "+version: 1.0.1", "-appVersion: 1", "+appVersion: 2"),
    [
      [["orders"], "1.0.1"],
      [["orders"], "2"],
    ],
  ],
  ["a flat key", diff("env/values.yaml", "-ORDERS_IMAGE_TAG: 1.1", "+ORDERS_IMAGE_TAG: 1.2"), [[["ORDERS"], "1.2"]]],
  [
    "a parameter of an application",
    diff("apps/a.yaml", "     parameters:", "     - name: orders.image.tag", "-      value: v1", "+      value: v2"),
    [[["orders"], "v2"]],
  ],
  [
    "a stamp beside it",
    diff("k8s/o.yaml", "-    image: orders:1", "-    deployed-at: x", "+    image: orders:2", "+    deployed-at: y"),
    [[["orders"], "2"]],
  ],
  ["another image", diff("k8s/o.yaml", "-    image: orders:1", "+    image: invoices:1"), null],
  [
    "replicas too",
    diff("k8s/o.yaml", "-    image: orders:1", "-    replicas: 1", "+    image: orders:2", "+    replicas: 2"),
    null,
  ],
  ["a new line", diff("k8s/o.yaml", "-    image: orders:1", "+    image: orders:2", "+    pullPolicy: Always"), null],
  ["the version of an interface", diff("services/orders/openapi.yaml", " info:", "-  version: 1.0.0", "+  version: 1.1.0"), null],
  ["a variable", diff("k8s/o.yaml", "-    image: orders:1", "+    image: orders:${TAG}"), null],
  [
    "a file that is new",
    ["diff --git a/a.yaml b/a.yaml", "new file mode 100644", "--- /dev/null", "+++ b/a.yaml", "@@ -0,0 +1 @@", "+image: a:1"],
    null,
  ],
  ["nothing", [], []],
])("%s", (_, lines, expected) =>
  expect(changedVersions(lines)?.map(({ names, version }) => [names, version]) ?? null).toEqual(expected),
);

test("garbage is nothing and ends soon", () => {
  const lines = diff(
    "a.yaml",
    ...Array.from(
      { length: 20_000 },
      (_, at) => `${at % 2 === 0 ? "-" : "+"}${" ".repeat(at % 90)}- - ${"x".repeat(at % 300)}: ${at}`,
    ),
  );
  expect(changedVersions(lines)).toBeNull();
});
