/** 40 planted breaches are found, 40 look-alikes are not, and each rule can fail. */
import { describe, expect, test } from "vitest";
import { readConfig } from "#collect/config/index.js";
import { textTree } from "#collect/files/index.js";
import { checkTrees } from "#run/check-trees.js";
import { cleanShop, type Files, lookAlikes, plants } from "./shop-monorepo.js";

async function found(files: Files): Promise<string[]> {
  const tree = textTree("shop", files);
  const { boundaries } = await checkTrees([tree], readConfig(tree), { unresolvedShare: 0 });
  return boundaries.violations.flatMap(({ finding: { code, location, state } }) =>
    state === "accepted" ? [] : `${code.slice("module-boundaries/".length)} ${location?.file}:${location?.line}`,
  );
}

const whole = { ...cleanShop, ...lookAlikes };
const expected = (list: typeof plants) => list.map(({ rule, at }) => `${rule} ${at}`).sort();

test("the shop and its look-alikes break nothing", async () => {
  expect(await found(cleanShop)).toEqual([]);
  expect(await found(whole)).toEqual([]);
  expect(Object.keys(lookAlikes)).toHaveLength(40);
});

test("all at once gives exactly the 40", async () => {
  expect(plants).toHaveLength(40);
  expect((await found(Object.assign({}, whole, ...plants.map(({ files }) => files)) as Files)).sort()).toEqual(expected(plants));
});

describe("each alone", () => {
  test.each(plants.map((plant) => [`${plant.rule} ${plant.at}`, plant] as const))("%s", async (name, { files }) => {
    expect(await found({ ...whole, ...files })).toEqual([name]);
  });
});
