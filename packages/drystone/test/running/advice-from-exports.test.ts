/** Exports as tools write them, to the answers about one service. */
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Assessment } from "#model/result.js";
import { adviceRequest, adviseFacts, collectFacts, noRunningInputs } from "#run/index.js";
import { type Workspace, workspace, writeRepository } from "../fakes/index.js";

const ada = { name: "Ada", email: "ada@shop.example" };
const start = Date.UTC(2026, 0, 5, 9) / 1000;
const day = 86_400;
const services = ["orders", "stock", "mail"] as const;

const deploy = (service: string, at: number): object => ({
  service,
  version: `${service}-${at}`,
  time: new Date(at * 1000).toISOString(),
  environment: "production",
  success: true,
});

const weekly = (service: string, offset: number): object[] =>
  Array.from({ length: 30 }, (_, week) => deploy(service, start + week * 7 * day + offset * day));

/** Orders go out every day, the others once a week, each at an hour and a day of its own. */
function deployLines(): string {
  const daily = Array.from({ length: 210 }, (_, at) => deploy("orders", start + at * day + 5 * 3600));
  return [...daily, ...weekly("stock", 1), ...weekly("mail", 3)].map((each) => JSON.stringify(each)).join("\n");
}

const values = (growth: number) =>
  Array.from({ length: 240 }, (_, at) => [start + at * day, String(100 * (1 + growth) ** (at / 30.4375))]);

const series = (service: string, growth: number): object => ({ metric: { service_name: service }, values: values(growth) });

/** An answer of Prometheus: requests of orders grow by a tenth each month, those of the others do not. */
function loadAnswer(): string {
  return JSON.stringify({
    status: "success",
    data: { resultType: "matrix", result: [series("orders", 0.1), series("stock", 0), series("mail", 0)] },
  });
}

let place: Workspace;
let answers: ReadonlyMap<string, Assessment>;

beforeAll(async () => {
  place = workspace("drystone-exports");
  const files = services.flatMap((service) => [
    [`${service}/Dockerfile`, "FROM node:22\nCOPY . .\n"],
    [`${service}/package.json`, `{"name":"${service}"}\n`],
    [`${service}/index.js`, "export {};\n"],
  ]);
  writeRepository(place.path("shop"), {
    commits: [{ author: ada, time: start, message: "a shop", changes: Object.fromEntries(files) }],
    tags: { "orders@1.0.0": "0" },
  });
  const [deploys, load] = [place.path("deploys.jsonl"), place.path("load.json")];
  writeFileSync(deploys, deployLines());
  writeFileSync(load, loadAnswer());
  const facts = await collectFacts({
    paths: [place.path("shop")],
    cacheDirectory: null,
    inputs: { ...noRunningInputs, deploys: [deploys], load: [load] },
  });
  const { advice } = await adviseFacts(facts, adviceRequest(["split", "orders"]));
  answers = new Map(advice.flatMap(({ assessments }) => assessments.map((one) => [one.id, one])));
});
afterAll(() => place.cleanup());

test("it deploys seven times as often as the others: a signal", () => {
  const { verdict, value, grade } = answers.get("deploys-more-often") ?? {};
  expect([verdict, value, grade]).toEqual(["signal", 7, "B"]);
});

test("its load grows apart: a signal with its metric", () => {
  const { verdict, value, reasons } = answers.get("scales-differently") ?? {};
  expect(verdict).toBe("signal");
  expect(value).toBeCloseTo(0.1, 2);
  expect(reasons?.[0]).toContain("(load.json)");
});

test("it goes out in no group: what is left to know is who approves", () => {
  const { conditions } = answers.get("deploys-alone") ?? {};
  expect(conditions?.map(({ text, met }) => [text, met])).toEqual([
    ["20 deploys of its own are known", true],
    ["it is in no group of services that are deployed together", true],
    ["no other team has to approve its changes", null],
  ]);
});
