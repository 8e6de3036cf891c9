import { expect, test } from "vitest";
import { shortPath } from "./evidence.js";

test.each([
  ["src/order.ts", 20, "src/order.ts"],
  ["service-a/src/main/java/shop/web/OrderController.java", 40, "service-a/…/web/OrderController.java"],
  ["service-a/src/main/java/shop/web/OrderController.java", 32, "service-a/…/OrderController.java"],
  ["service-a/src/main/java/shop/web/OrderController.java", 16, "service-…er.java"],
])("%s in %i columns is %s", (path, width, text) => expect(shortPath(path, width)).toBe(text));
