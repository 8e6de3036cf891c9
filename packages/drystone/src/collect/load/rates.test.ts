import { expect, test } from "vitest";
import { isCounter, ratesOf } from "./rates.js";

test("a counter becomes load per second; a restart counts from zero", () =>
  expect(
    ratesOf([
      [0, 100],
      [60, 160],
      [120, 30],
      [120, 31],
      [180, 91],
    ]),
  ).toEqual([
    [60, 1],
    [120, 0.5],
    [180, 1],
  ]));

test.each([
  ["http_requests_total", true],
  ["http_server_duration_seconds_count", true],
  ["kube_deployment_status_replicas", false],
  ["", false],
])("%s counts up: %s", (name, expected) => expect(isCounter(name)).toBe(expected));
