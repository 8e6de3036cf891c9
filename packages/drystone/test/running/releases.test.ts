/** A repository whose manifests and tags tell releases, from git to the verdict. */
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Facts } from "#model/facts.js";
import { assessFacts, collectFacts, noRunningInputs } from "#run/index.js";
import { type CommitPlan, type Workspace, workspace, writeRepository } from "../fakes/index.js";

const ada = { name: "Ada", email: "ada@shop.example" };
const start = Date.UTC(2026, 0, 5, 9) / 1000;
const day = 86_400;
const services = ["orders", "stock", "mail"] as const;

function manifest(service: string, version: number, replicas = 1): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - name: ${service}
          image: registry.example/shop/${service}:1.${version}.0
`;
}

/** Every third day a commit gives orders and stock a new version together; mail gets its own on other days. */
function commits(): CommitPlan[] {
  const first: CommitPlan = {
    author: ada,
    time: start,
    message: "a shop",
    changes: Object.fromEntries(
      services.flatMap((service) => [
        [`${service}/Dockerfile`, "FROM node:22\nCOPY . .\n"],
        [`${service}/package.json`, `{"name":"${service}"}\n`],
        [`${service}/index.js`, "export {};\n"],
        [`k8s/${service}.yaml`, manifest(service, 0)],
      ]),
    ),
  };
  const releases = Array.from({ length: 30 }, (_, at): CommitPlan[] => {
    const time = start + (at + 1) * 3 * day + ((at * 37) % 8) * 3600;
    return [
      {
        author: ada,
        time,
        message: `release ${at + 1}`,
        changes: { "k8s/orders.yaml": manifest("orders", at + 1), "k8s/stock.yaml": manifest("stock", at + 1) },
      },
      { author: ada, time: time + day, message: "mail", changes: { "k8s/mail.yaml": manifest("mail", at + 1) } },
    ];
  }).flat();
  const scaled: CommitPlan = {
    author: ada,
    time: start + 100 * day,
    message: "scale and release",
    changes: { "k8s/mail.yaml": manifest("mail", 40, 3) },
  };
  return [first, ...releases, scaled];
}

let place: Workspace;
let facts: Facts;
const collect = (path: string, deploys: readonly string[] = []) =>
  collectFacts({ paths: [path], cacheDirectory: null, inputs: { ...noRunningInputs, deploys } });

beforeAll(async () => {
  place = workspace("drystone-releases");
  writeRepository(place.path("shop"), { commits: commits() });
  facts = await collect(place.path("shop"));
});
afterAll(() => place.cleanup());

test("a commit that changes only versions is a release of each service; one that changes more is none", () => {
  const count = (service: string) => facts.deploys.filter(({ component }) => component === `component:default/${service}`).length;
  expect(services.map(count)).toEqual([30, 30, 30]);
  expect(facts.deploys.every(({ proxy, success }) => proxy && success === null)).toBe(true);
  expect(facts.sources.filter(({ kind }) => kind === "deploy").map(({ path, facts: n }) => [path, n])).toEqual([
    ["image-tag commits", 90],
  ]);
});

test("they suggest lockstep at grade C, and say what they are", async () => {
  const { assessments } = await assessFacts(facts);
  const found = assessments.find(({ id }) => id === "lockstep-deployment");
  expect([found?.verdict, found?.grade]).toEqual(["present", "C"]);
  expect(found?.findings.map(({ code, subjects }) => [code, ...subjects])).toEqual([
    ["lockstep-deployment/together", "component:default/orders", "component:default/stock"],
  ]);
  expect(found?.reasons[0]).toMatch(/^Releases suggest lockstep: 2 of 3 services/);
  expect(found?.reasons.join(" ")).toContain("stand for deploys here (proxy)");
});

test("recorded deploys take their place, from the start and for saved facts", async () => {
  writeFileSync(
    place.path("deploys.jsonl"),
    '{"service":"orders","version":"1","time":1780000000,"environment":"prod","success":true}\n',
  );
  const recorded = await collect(place.path("shop"), [place.path("deploys.jsonl")]);
  expect(recorded.deploys.map(({ proxy }) => proxy)).toEqual([false]);
  expect(recorded.sources.filter(({ kind }) => kind === "deploy").map(({ path }) => path)).toEqual(["deploys.jsonl"]);
});

test("tags name a service, or the only one; what manifests tell is not told twice", async () => {
  const author = ada;
  const changes = { "package.json": '{"name":"till"}\n', Dockerfile: "FROM node:22\n", "index.js": "export {};\n" };
  writeRepository(place.path("till"), {
    commits: [
      { id: "a", author, time: start, message: "a", changes },
      { id: "b", author, time: start + day, message: "b", changes: { "index.js": "export { };\n" } },
    ],
    tags: { "v1.0.0": "a", "v1.1.0-rc.1": "b", "till/v1.1.0": "b", latest: "b", "left-pad@3.0.0": "b" },
  });
  const { deploys } = await collect(place.path("till"));
  expect(deploys.map(({ id, version, time, proxy }) => [id, version, time, proxy])).toEqual([
    ["tag v1.0.0", "1.0.0", start, true],
    ["tag till/v1.1.0", "1.1.0", start + day, true],
  ]);
});
