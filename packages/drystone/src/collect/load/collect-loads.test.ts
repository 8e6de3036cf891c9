import { expect, test } from "vitest";
import { withFiles } from "#collect/records/fixtures/index.js";
import { componentNames } from "#collect/records/index.js";
import { component } from "#derive/calls/fixtures/index.js";
import { collectLoads } from "./index.js";

const names = componentNames([component("orders")], []);
const answer = (...result: object[]): string => JSON.stringify({ status: "success", data: { resultType: "matrix", result } });

test("a range query of Prometheus: one series per service, broken points left out", async () => {
  const text = answer(
    {
      metric: { __name__: "http_requests", service: "orders" },
      values: [
        [1_780_000_000, "3.5"],
        [1_780_003_600, "NaN"],
        [1_780_007_200, "4"],
      ],
    },
    { metric: { __name__: "kube_deployment_status_replicas", deployment: "ghost" }, values: [[1_780_000_000, "2"]] },
    { metric: {}, values: [[1_780_000_000, "2"]] },
  );
  const { loads, problems } = await withFiles([text], (files) => collectLoads(files, names));
  expect(problems).toEqual([]);
  expect(loads.map(({ component: ref, service, measure, metric, points }) => [ref, service, measure, metric, points])).toEqual([
    [
      "component:default/orders",
      "orders",
      "series",
      "http_requests",
      [
        [1_780_000_000, 3.5],
        [1_780_007_200, 4],
      ],
    ],
    [null, "ghost", "replicas", "kube_deployment_status_replicas", [[1_780_000_000, 2]]],
  ]);
});

test.each([
  [{ http_route: "/orders/{id}", http_request_method: "get" }, "GET /orders/{id}"],
  [{ uri: "/orders" }, "/orders"],
  [{ handler: "OrdersHandler", method: "GET" }, null],
])("a series of one route: %j", async (labels, route) => {
  const text = answer({ metric: { __name__: "http_requests", service: "orders", ...labels }, values: [[1_780_000_000, "3.5"]] });
  const { loads } = await withFiles([text], (files) => collectLoads(files, names));
  expect(loads.map((load) => load.route)).toEqual([route]);
});

test("no series is told", async () => {
  const { problems } = await withFiles([answer()], (files) => collectLoads(files, names));
  expect(problems.map(({ message }) => message)).toEqual(["no series with a service was found in it"]);
});
