import { expect, test } from "vitest";
import { withFiles } from "#collect/records/fixtures/index.js";
import { componentNames } from "#collect/records/index.js";
import { component } from "#derive/calls/fixtures/index.js";
import { collectDeploys } from "./index.js";

const names = componentNames([component("orders")], []);
const time = Date.UTC(2026, 5, 1, 10) / 1000;
const sha = "0123456789012345678901234567890123456789";

const listed = (more: object = {}) => ({
  id: 41,
  iid: 1,
  ref: "main",
  sha,
  status: "success",
  created_at: "2026-06-01T09:00:00.000Z",
  updated_at: "2026-06-01T10:00:05.000Z",
  environment: { id: 9, name: "production" },
  deployable: {
    id: 664,
    status: "success",
    tag: false,
    finished_at: "2026-06-01T10:00:00.000Z",
    pipeline: { id: 36, ref: "main", sha, web_url: "https://gitlab.example/shop/orders/-/pipelines/36" },
  },
  ...more,
});
const event = {
  object_kind: "deployment",
  status: "failed",
  status_changed_at: "2026-06-01 12:00:00 +0200",
  deployment_id: 15,
  environment: "production",
  project: { name: "orders", path_with_namespace: "shop/orders" },
  short_sha: "01234567",
  ref: "main",
};

test.each<[string, unknown, readonly unknown[]]>([
  ["an answer", [listed()], [["component:default/orders", sha, "production", time, true]]],
  [
    "a tag",
    [listed({ ref: "v1.2.3", deployable: { ...listed().deployable, tag: true } })],
    [["component:default/orders", "v1.2.3", "production", time, true]],
  ],
  ["a failed one", [listed({ status: "failed" })], [["component:default/orders", sha, "production", time, false]]],
  ["one that runs, one that was called off", [listed({ status: "running" }), listed({ status: "canceled" })], []],
  ["an event", event, [["component:default/orders", "01234567", "production", time, false]]],
  [
    "no job behind it",
    [listed({ deployable: null, updated_at: "2026-06-01T10:00:00Z" })],
    [[null, sha, "production", time, true]],
  ],
])("%s", async (_, record, expected) => {
  const { deploys } = await withFiles([JSON.stringify(record)], (files) => collectDeploys(files, names), "deploys");
  expect(deploys.map((deploy) => [deploy.component, deploy.version, deploy.environment, deploy.time, deploy.success])).toEqual(
    expected,
  );
});
