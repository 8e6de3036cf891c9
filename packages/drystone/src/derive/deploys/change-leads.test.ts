import { expect, test } from "vitest";
import { emptyHistory, type History } from "#model/history.js";
import { component } from "../calls/fixtures/index.js";
import { changeLeads } from "./change-leads.js";
import { contractChanges, shipsChange } from "./contract-changes.js";

/** Commits oldest first; each is the only parent of the next one. Id of commit `at` is the digit `at` repeated. */
function history(commits: readonly { readonly time: number; readonly paths: readonly string[] }[]): History {
  const paths = [...new Set(commits.flatMap((commit) => commit.paths))];
  const offsets = commits.reduce<number[]>((all, commit) => [...all, (all.at(-1) ?? 0) + commit.paths.length], [0]);
  const times = Float64Array.from(commits.map(({ time }) => time));
  return {
    ...emptyHistory("shop"),
    ids: Uint8Array.from(commits.flatMap((_, at) => Array.from({ length: 20 }, () => at * 17))),
    parentOffsets: Int32Array.from([0, ...commits.keys()]),
    parents: Int32Array.from(commits.slice(1).keys()),
    committerTimes: times,
    authorTimes: times,
    paths,
    fileOffsets: Int32Array.from(offsets),
    files: Int32Array.from(commits.flatMap((commit) => commit.paths.map((path) => paths.indexOf(path)))),
  };
}

const shop = history([
  { time: 10, paths: ["orders/a.js"] },
  { time: 30, paths: ["orders/a.js"] },
  { time: 40, paths: ["stock/b.js"] },
  { time: 50, paths: ["orders/a.js", "stock/b.js"] },
]);
const orders = component("orders", { paths: ["orders"], repository: "shop" });
const deploy = (id: string, version: string, time: number) => ({ id, version, time, component: orders.ref });
const of = (digit: string) => digit.repeat(40);

test("what a deploy ships is what the one before it did not hold; the first one has nothing to compare with", () => {
  const facts = { components: [orders], histories: [shop] };
  const leads = (...deploys: Parameters<typeof changeLeads>[1]) =>
    changeLeads(facts, deploys).map(({ lead, deploy: id }) => [id, lead]);
  expect(leads(deploy("d1", of("0"), 20), deploy("d2", of("2"), 60), deploy("d3", of("3"), 70))).toEqual([
    ["d2", 30],
    ["d3", 20],
  ]);
  expect(leads(deploy("d1", of("0"), 20), deploy("d2", "3333333", 70))).toEqual([
    ["d2", 20],
    ["d2", 40],
  ]);
  expect(leads(deploy("d1", of("3"), 20), deploy("d2", of("0"), 60))).toEqual([]);
  expect(leads(deploy("d1", "1.2.3", 20), deploy("d2", "abc1234", 60), deploy("d3", "v2", 90))).toEqual([]);
});

test("changes of contracts by their provider, and which deploys ship one", () => {
  const contract = {
    ref: "api:default/orders",
    kind: "openapi" as const,
    provider: orders.ref,
    version: null,
    repository: "shop",
    file: "orders/a.js",
  };
  expect(contractChanges({ contracts: [contract], histories: [shop] })).toEqual(new Map([[orders.ref, [10, 30, 50]]]));
  expect(shipsChange([5, 10, 20, 60, 70], [10, 30, 50])).toEqual([false, true, false, true, false]);
});
