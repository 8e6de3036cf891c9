import { expect, test } from "vitest";
import { readConfig } from "#collect/config/index.js";
import { textTree } from "#collect/files/index.js";
import { checkTrees } from "./check-trees.js";
import { draftPolicy } from "./policy-draft.js";

async function drafted(files: Readonly<Record<string, string>>) {
  const tree = textTree("shop", files);
  const { policy, graphs } = await checkTrees([tree], readConfig(tree), { unresolvedShare: 1 });
  return draftPolicy(policy, graphs, false).modules;
}

const javaClass = (name: string, body = "") => `package shop.${name};\n${body}`;

test("a package inside of another that others use stays visible to them", async () => {
  const modules = await drafted({
    "web/pom.xml": "<project/>",
    "web/src/Web.java": javaClass("web", "import shop.rates.Rates;\n"),
    "tax/pom.xml": "<project/>",
    "tax/src/Tax.java": javaClass("tax", "import shop.zones.Zones;\n"),
    "tax/rates/pom.xml": "<project/>",
    "tax/rates/src/Rates.java": javaClass("rates"),
    "tax/zones/pom.xml": "<project/>",
    "tax/zones/src/Zones.java": javaClass("zones"),
  });
  expect(modules.map(({ name, visibleTo }) => [name, visibleTo])).toEqual([
    ["tax", null],
    ["rates", ["*"]],
    ["zones", null],
    ["web", null],
  ]);
});

test("an application that is sorted by kind of class: what to do about it", async () => {
  const [app] = await drafted({
    "app/controllers/sales/orders_controller.rb": "PayJob\nSales::Order\n",
    "app/models/sales/order.rb": "Stock::Shelf\n",
    "app/models/stock/shelf.rb": "",
    "app/services/pay.rb": "",
    "app/jobs/pay_job.rb": "Pay\n",
    "lib/tax.rb": "",
  });
  expect([app?.name, app?.comments]).toEqual([
    "app",
    [
      'Sorted by kind of class (controllers, jobs, models, …), not by domain; names that stand in several of them: sales. A domain is a module as `match: "app/*/NAME"`.',
    ],
  ]);
});

test("Go imports folders: they are what is shown, whatever file an import was led to", async () => {
  const modules = await drafted({
    "go.mod": "module shop\n",
    "cmd/main.go": 'package main\n\nimport (\n\t"shop/pay"\n\t"shop/pay/cards"\n)\n',
    "pay/pay.go": "package pay\n",
    "pay/cards/a.go": "package cards\n",
    "pay/cards/b.go": "package cards\n",
    "pay/store/store.go": "package store\n",
  });
  expect(modules.map(({ name, public: shown }) => [name, shown])).toEqual([
    ["cmd", null],
    ["pay", ["*.go", "cards/*.go"]],
  ]);
});
