import { describe, expect, test } from "vitest";
import { type Shop, weekly } from "#derive/team-changes/fixtures/index.js";
import { componentRef, groupRef } from "#model/refs.js";
import { estateWith, library } from "./fixtures/index.js";
import { divergence, sharedLibraries } from "./index.js";

const shop: Shop = {
  services: { cart: "red", orders: "blue", billing: null },
  teams: { red: ["ada"], blue: ["bob"] },
  changes: [
    ...weekly(3, { by: ["ada"], touches: ["money/src/money.ts"] }, 30),
    ...weekly(2, { by: ["ada"], touches: ["money/src/money.ts", "cart", "orders", "billing"] }, 30, 5),
    ...weekly(4, { by: ["renovate[bot]"], touches: ["money/src/money.ts"] }, 30, 10),
    ...weekly(4, { by: ["ada"], touches: ["money/package.json"] }, 30, 15),
  ],
};

test("users, reach by way of another library, teams, and changes by people that are not noise", () => {
  const libraries = [
    library("money", { cart: "1.0.0", orders: "^1.0.0", basket: "workspace" }),
    library("basket", { billing: "workspace" }),
    library("react", { cart: "18.0.0", orders: "17.0.0" }, { internal: false }),
    library("alone", { cart: "1.0.0" }),
  ];
  const shared = sharedLibraries(estateWith(shop, { libraries }));
  expect(
    shared.map(({ library: { name }, users, reach, teams, withoutTeam, changes }) => ({
      name,
      users: users.map(({ component, versions, exact }) => [component, versions, exact]),
      reach,
      teams,
      withoutTeam,
      changes: changes?.length ?? null,
    })),
  ).toEqual([
    {
      name: "money",
      users: [
        [componentRef("cart"), ["1.0.0"], true],
        [componentRef("orders"), ["^1.0.0"], false],
      ],
      reach: ["billing", "cart", "orders"].map(componentRef),
      teams: ["blue", "red"].map(groupRef),
      withoutTeam: 1,
      changes: 5,
    },
    {
      name: "react",
      users: [
        [componentRef("cart"), ["18.0.0"], true],
        [componentRef("orders"), ["17.0.0"], true],
      ],
      reach: ["cart", "orders"].map(componentRef),
      teams: ["blue", "red"].map(groupRef),
      withoutTeam: 0,
      changes: null,
    },
  ]);
});

test("a shallow clone does not tell how often a library changes", () => {
  const [shared] = sharedLibraries(
    estateWith({ ...shop, shallow: true }, { libraries: [library("money", { cart: "1", orders: "1" })] }),
  );
  expect([shared?.changes, shared?.changesPerMonth]).toEqual([null, null]);
});

describe("divergence", () => {
  test.each<[readonly string[], number | null, readonly string[]]>([
    [["1.0.0", "1.0.0"], 0, ["1"]],
    [["1.0.0", "2.0.0"], 1, ["1", "2"]],
    [["v1.4.0", "v1.5.0", "v1.5.0"], 0.5, ["1"]],
    [["10", "1.0"], 1, ["1", "10"]],
    [["workspace", "workspace"], 0, []],
    [["workspace", "2.0.0-rc.1"], 1, ["2"]],
    [["main", "1.0.0"], 1, ["1"]],
    [["^1.0.0", "2.0.0"], null, []],
  ])("%j", (versions, value, majors) => {
    const users = versions.map((version, index) => ({
      component: componentRef(`s${index}`),
      versions: [version],
      exact: !version.startsWith("^"),
      evidence: [],
    }));
    const found = divergence(users);
    expect([found?.value ?? null, found?.majors ?? []]).toEqual([value, majors]);
  });
});
