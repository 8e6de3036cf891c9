import { describe, expect, test } from "vitest";
import { withFiles } from "#collect/records/fixtures/index.js";
import { componentNames } from "#collect/records/index.js";
import { component } from "#derive/calls/fixtures/index.js";
import { collectDeploys } from "./index.js";

const names = componentNames([component("orders", { aliases: ["orders-service"] }), component("billing")], []);
const monday = Date.UTC(2026, 5, 1, 10) / 1000;

function read(...texts: string[]) {
  return withFiles(texts, (files) => collectDeploys(files, names), "deploys");
}

const orders = ["orders", "1.2.3", "production", monday, true];
const lines = (...records: object[]): string => records.map((record) => JSON.stringify(record)).join("\n");
const event = (type: string, more: object = {}): object => ({
  context: { specversion: "0.4.1", id: "e1", source: "/ci", type, timestamp: "2026-06-01T10:00:00Z" },
  subject: {
    id: "/services/orders",
    type: "service",
    content: { environment: { id: "production" }, artifactId: "pkg:oci/orders@sha256%3A00ff?tag=1.2.3" },
    ...more,
  },
});
const deployment = (id: number, more: object = {}): object => ({
  id,
  url: `https://api.github.com/repos/shop/orders/deployments/${id}`,
  repository_url: "https://api.github.com/repos/shop/orders",
  sha: "0123456789012345678901234567890123456789",
  ref: "1.2.3",
  environment: "production",
  created_at: "2026-06-01T09:00:00Z",
  payload: {},
  ...more,
});
const status = (id: number, state: string, at: string): object => ({
  state,
  created_at: at,
  deployment_url: `https://api.github.com/repos/shop/orders/deployments/${id}`,
});

describe("one deploy in every form", () => {
  test.each<[string, string]>([
    [
      "the minimal line",
      lines({ service: "orders", version: "1.2.3", time: "2026-06-01T10:00:00Z", environment: "production", success: true }),
    ],
    [
      "an alias, and seconds",
      lines({ service: "orders-service", version: "1.2.3", time: monday, environment: "production", success: "true" }),
    ],
    [
      "milliseconds, other names of fields",
      lines({ app: "Orders", tag: "1.2.3", timestamp: monday * 1000, env: "production", status: "succeeded" }),
    ],
    [
      "a time with a zone",
      lines({ service: "orders", version: "1.2.3", time: "2026-06-01T12:00:00+02:00", environment: "production", success: 1 }),
    ],
    [
      "a list over lines",
      JSON.stringify([{ service: "orders", version: "1.2.3", time: monday, environment: "production", success: true }], null, 2),
    ],
    ["a CDEvent", lines(event("dev.cdevents.service.deployed.0.1.4"))],
    ["a CDEvent over lines", JSON.stringify(event("dev.cdevents.service.deployed.0.3.0"), null, 2)],
    [
      "a CDEvent in a CloudEvent",
      lines({
        specversion: "1.0",
        id: "c1",
        source: "/ci",
        type: "dev.cdevents.service.upgraded.0.2.0",
        time: "2026-06-01T10:00:00Z",
        data: event("dev.cdevents.service.upgraded.0.2.0"),
      }),
    ],
    ["comma-separated", "service,version,environment,time,success\norders,1.2.3,production,2026-06-01T10:00:00Z,true\n"],
    [
      "semicolons, quotes, a byte order mark",
      '\ufeffService;Version;Environment;Time;Success\r\n"orders";"1.2.3";"production";"2026-06-01 10:00:00";yes\r\n',
    ],
    [
      "GitHub: a deployment and its statuses, pages one after the other",
      `${JSON.stringify([deployment(7)], null, 2)}${JSON.stringify([status(7, "in_progress", "2026-06-01T09:30:00Z"), status(7, "success", "2026-06-01T10:00:00Z"), status(7, "inactive", "2026-06-02T10:00:00Z")])}`,
    ],
    [
      "GitHub: an event with both",
      JSON.stringify({
        action: "created",
        deployment: deployment(7),
        deployment_status: status(7, "success", "2026-06-01T10:00:00Z"),
        repository: { name: "orders" },
      }),
    ],
    ["GitHub: statuses inside", lines(deployment(7, { statuses: [status(7, "success", "2026-06-01T10:00:00Z")] }))],
    [
      "GitHub: the payload names the service",
      lines(
        deployment(7, {
          repository_url: "https://api.github.com/repos/shop/monorepo",
          payload: '{"service":"orders"}',
          created_at: "2026-06-01T10:00:00Z",
          statuses: [status(7, "success", "2026-06-01T10:00:00Z")],
        }),
      ),
    ],
  ])("%s", async (_, text) => {
    const { deploys, problems } = await read(text);
    expect(
      deploys.map(({ component: ref, version, environment, time, success }) => [
        ref?.split("/")[1],
        version,
        environment,
        time,
        success,
      ]),
    ).toEqual([orders]);
    expect(problems).toEqual([]);
  });
});

test.each<[string, string, [string, boolean | null][]]>([
  [
    "a failed one",
    lines({ service: "orders", time: monday, success: false }, { service: "billing", time: monday, status: "failure" }),
    [
      ["orders", false],
      ["billing", false],
    ],
  ],
  ["rolled back", lines(event("dev.cdevents.service.rolledback.0.1.1")), [["orders", false]]],
  [
    "an end that is not told",
    lines({ service: "orders", time: monday }, { service: "billing", time: monday, status: "running" }),
    [
      ["orders", null],
      ["billing", null],
    ],
  ],
  ["GitHub: never finished", lines(deployment(1), status(1, "queued", "2026-06-01T09:01:00Z")), []],
  ["GitHub: no status known", lines(deployment(1)), [["orders", null]]],
  ["GitHub: failed", lines(deployment(1), status(1, "failure", "2026-06-01T09:01:00Z")), [["orders", false]]],
  [
    "events about something else",
    lines(event("dev.cdevents.change.merged.0.1.2"), event("dev.cdevents.service.published.0.1.1")),
    [],
  ],
])("%s", async (_, text, expected) => {
  const { deploys } = await read(text);
  expect(new Map(deploys.map(({ service, success }) => [service, success]))).toEqual(new Map(expected));
});

test("comma-separated: a quote that nothing closes costs its line, not those after it", async () => {
  const { deploys, problems } = await read(
    [
      "service,version,time",
      'orders,"1.0",2026-06-01T10:00:00Z',
      'orders,"1.1,2026-06-02T10:00:00Z',
      'orders,"a ""b"", c",2026-06-03T10:00:00Z',
      'orders,"1.3"x,2026-06-04T10:00:00Z',
      'orders,"two',
      'lines",2026-06-05T10:00:00Z',
      "orders,1.6,2026-06-06T10:00:00Z",
      'orders,"1.7,2026-06-07T10:00:00Z',
    ].join("\n"),
  );
  expect(deploys.map(({ version }) => version)).toEqual(["1.0", 'a "b", c', "two\nlines", "1.6"]);
  expect(problems.map(({ message }) => message)).toEqual(["3 of 7 records are broken and were skipped"]);
});

test("GitHub: statuses in files of their own", async () => {
  const { deploys, sources, problems } = await read(
    lines(status(7, "success", "2026-06-01T10:00:00Z")),
    lines(deployment(7), deployment(8)),
    lines(status(8, "failure", "2026-06-01T11:00:00Z")),
  );
  expect(deploys.map(({ id, success, source }) => [id, success, source])).toEqual([
    ["github-7", true, "deploys-1"],
    ["github-8", false, "deploys-1"],
  ]);
  expect(sources.map(({ read: isRead, facts }) => [isRead, facts])).toEqual([
    [true, 0],
    [true, 2],
    [true, 0],
  ]);
  expect(problems).toEqual([]);
});

test("the same deploy in two files counts once; names that nobody has stay as they are", async () => {
  const one = lines({ service: "orders", version: "1", time: monday }, { service: "ghost", version: "1", time: monday });
  const { deploys, sources } = await read(one, one);
  expect(deploys.map(({ service, component: ref }) => [service, ref])).toEqual([
    ["ghost", null],
    ["orders", "component:default/orders"],
  ]);
  expect(sources.map(({ facts, window }) => [facts, window])).toEqual([
    [2, { from: "2026-06-01", to: "2026-06-01" }],
    [2, { from: "2026-06-01", to: "2026-06-01" }],
  ]);
});

test.each<[string, string, string]>([
  ["no service", lines({ version: "1", time: monday }), "1 of 1 records is no deploy: there is no field `service`"],
  ["no time", lines({ service: "orders", time: "yesterday" }), "1 of 1 records is no deploy: there is no field `time`"],
  [
    "some of them",
    lines({ service: "orders", time: monday }, { service: "orders" }),
    "1 of 2 records is no deploy: there is no field `time`",
  ],
  [
    "a broken line",
    `${lines({ service: "orders", time: monday })}\n{"service":\n${lines({ service: "billing", time: monday })}\n`,
    "1 of 3 records is broken and was skipped",
  ],
  [
    "cut",
    `${lines({ service: "orders", time: monday })}\n{"service":"bil`,
    "it ends in the middle of a record; 1 record before that was read",
  ],
  ["nothing", "", "the file is empty"],
  [
    "names of every object",
    lines({ service: "__proto__", time: monday }, { toString: "x", constructor: 1 }),
    "1 of 2 records is no deploy",
  ],
])("%s is told", async (_, text, message) => {
  const { problems } = await read(text);
  expect(problems.map((problem) => problem.message).join("\n")).toContain(message);
});
