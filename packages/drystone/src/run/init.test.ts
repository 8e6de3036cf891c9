import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { git, workspace } from "../../test/fakes/index.js";
import { init } from "./init.js";

const scratch = workspace("init");
afterAll(() => scratch.cleanup());

const files: Readonly<Record<string, string>> = {
  "packwerk.yml": "include: ['**/*.rb']\n",
  "package.yml": "enforce_dependencies: true\n",
  "packs/orders/package.yml": "enforce_dependencies: true\n",
  "packs/orders/package_todo.yml":
    '---\npacks/payments:\n  "::Payment":\n    violations:\n    - dependency\n    files:\n    - packs/orders/app/models/order.rb\n',
  "packs/orders/app/models/order.rb": "class Order\n  def pay = Payment.new\nend\n",
  "packs/orders/app/models/refund.rb": "class Refund\n  def back = Payment.new\nend\n",
  "packs/payments/package.yml": "enforce_dependencies: true\n",
  "packs/payments/app/models/payment.rb": "class Payment\nend\n",
};

test("what the other tool lives with is accepted and does not fail; what it does not name does", async () => {
  const folder = scratch.path("shop");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git(folder, ["init", "-q"]);
  const { imported, failing } = await init({ paths: [folder], cacheDirectory: null, from: "packwerk.yml", writes: true });
  expect(imported?.accepted.map(({ rule, from, to }) => ({ rule, from, to }))).toEqual([
    {
      rule: "module-boundaries/undeclared-use",
      from: "packs/orders/app/models/order.rb",
      to: "packs/payments/app/models/payment.rb",
    },
  ]);
  expect(failing).toEqual(new Map([["undeclared-use", 1]]));
});
