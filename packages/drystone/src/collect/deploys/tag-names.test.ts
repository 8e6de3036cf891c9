import { expect, test } from "vitest";
import { releaseTag } from "./tag-names.js";

test.each<[string, string, string, boolean]>([
  ["orders@1.2.3", "orders", "1.2.3", false],
  ["@shop/orders@1.2.3", "@shop/orders", "1.2.3", false],
  ["orders/v1.2.3", "orders", "1.2.3", false],
  ["services/orders/v1.2.3", "services/orders", "1.2.3", false],
  ["orders-v1.2.3", "orders", "1.2.3", false],
  ["orders-1.2.3", "orders", "1.2.3", false],
  ["orders_v7", "orders", "7", false],
  ["release/orders-2026.11.20", "orders", "2026.11.20", false],
  ["order-api-v1.2.3-rc.1", "order-api", "1.2.3-rc.1", true],
  ["orders-1.2.3-SNAPSHOT", "orders", "1.2.3-SNAPSHOT", true],
  ["orders@1.2.3+build.5", "orders", "1.2.3+build.5", false],
  ["v1.2.3", "", "1.2.3", false],
  ["1.2.3-beta1", "", "1.2.3-beta1", true],
  ["release/1.2", "", "1.2", false],
])("%s releases %j at %s", (tag, service, version, isPrerelease) =>
  expect(releaseTag(tag)).toEqual({ service, version, isPrerelease }),
);

test.each(["latest", "orders", "oauth-2", "before-rewrite", "", "x".repeat(500), "-".repeat(190)])("%j is no release", (tag) =>
  expect(releaseTag(tag)).toBeNull(),
);
