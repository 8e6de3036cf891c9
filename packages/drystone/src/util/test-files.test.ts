import { expect, test } from "vitest";
import { isTestFile } from "./test-files.js";

test.each([
  ["src/orders/order.test.ts", true],
  ["src/orders/test/helper.ts", true],
  ["Modules/Sales/Tests/SeedWork/TestBase.cs", true],
  ["Shop.Sales.IntegrationTests/Database.cs", true],
  ["Shop.Sales.Tests/Builders/OrderBuilder.cs", true],
  ["src/Features/ABTests/Variant.cs", false],
  ["features/step_definitions/order_steps.rb", true],
  ["features/support/env.rb", true],
  ["src/features/support/desk.ts", false],
  ["src/orders/latest/order.ts", false],
  ["src/orders/contests.ts", false],
])("%s: %s", (path, expected) => {
  expect(isTestFile(path)).toBe(expected);
});
