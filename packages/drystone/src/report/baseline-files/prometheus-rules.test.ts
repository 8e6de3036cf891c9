/** Judged by Prometheus itself: the rules are valid, their unit tests pass, and no wrong rule passes them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findPromtool, promtool, workspace } from "../../../test/fakes/index.js";
import { generateFiles, metricProfileIds, type ServicePlan } from "./index.js";

const program = findPromtool();
const scratch = workspace();
afterAll(() => scratch.cleanup());

const orders: ServicePlan = {
  name: "orders",
  owner: "team-checkout",
  metrics: "otel-http",
  technology: "node",
  port: 8080,
  protocol: "http",
  livePath: "/healthz",
  readyPath: "/ready",
  platform: "kubernetes",
  workload: "orders",
  container: "orders",
  runbook: "https://runbooks.example/orders",
  wanted: new Set(["rules"]),
};

let number = 0;
/** Writes both files. @param change of the rules; the tests stay as they are generated. */
function written(plan: ServicePlan, keepFiring = true, change: (rules: string) => string = (rules) => rules) {
  const folder = scratch.path(`rules-${number++}`);
  mkdirSync(folder, { recursive: true });
  const [rules, tests] = generateFiles([plan], { keepFiring });
  const changed = change(rules?.text ?? "");
  const [rulesFile, testsFile] = [join(folder, `${plan.name}.rules.yaml`), join(folder, `${plan.name}.rules.test.yaml`)];
  writeFileSync(rulesFile, changed);
  writeFileSync(testsFile, tests?.text ?? "");
  return {
    rulesFile,
    isChanged: changed !== rules?.text,
    check: () => promtool(program ?? "", "check", [rulesFile]),
    tests: () => promtool(program ?? "", "test", [testsFile]),
  };
}

test.skipIf(program !== null)(
  "promtool is neither installed nor to be had: nothing below was proven, which CI does not accept",
  () => expect(process.env["CI"]).toBeUndefined(),
);

const replaced = (from: string | RegExp, to: string) => (rules: string) => rules.replace(from, to);

describe.skipIf(program === null)("promtool", () => {
  test.concurrent.each(metricProfileIds)("%s: six rules that are valid and pass their tests", async (metrics) => {
    const { check, tests } = written({ ...orders, metrics });
    const [checked, tested] = await Promise.all([check(), tests()]);
    expect(checked.output).toContain("SUCCESS: 6 rules found");
    expect(tested).toEqual({ code: 0, output: expect.stringContaining("SUCCESS") as string });
  });

  test.concurrent.each<[string, Partial<ServicePlan>, boolean]>([
    ["nobody owns it and no runbook", { owner: null, runbook: null }, true],
    ["a Prometheus that does not know keep_firing_for", {}, false],
    ["a name and a team that YAML would read as something else", { name: "on", owner: "1e3" }, true],
  ])("%s", async (_, plan, keepFiring) => {
    const { check, tests } = written({ ...orders, ...plan }, keepFiring);
    expect([(await check()).code, (await tests()).code]).toEqual([0, 0]);
  });

  test("a broken rule is refused: the judge can say no", async () => {
    const { check } = written(orders, true, (rules) => rules.replace("sum by (job)", "sum by (job"));
    expect((await check()).code).not.toBe(0);
  });

  const mutants: readonly (readonly [string, (rules: string) => string])[] = [
    ["errors: limit 0.5 %", replaced("> 0.01", "> 0.005")],
    ["errors: limit 2 %", replaced("> 0.01", "> 0.02")],
    ["errors: limit of 1 as if it were percent", replaced("> 0.01", "> 1")],
    ["errors: below instead of above", replaced("> 0.01", "< 0.01")],
    ["errors: no guard against few requests", replaced(/\n {10}and\n {10}service:http_requests\S+ \* 300 >= 20/, "")],
    ["errors: a guard that is never passed", replaced(">= 20", ">= 200")],
    ["errors: or instead of and", replaced(/\n {10}and\n/, "\n          or\n")],
    ["errors: at once", replaced("for: 5m", "for: 0m")],
    ["errors: nothing where nothing failed", replaced(/\n {12}or\n {12}0 \* sum[^\n]+/, "")],
    ["errors: mistakes of callers count", replaced('"5.."', '"[45].."')],
    ["errors: only 503", replaced('"5.."', '"503"')],
    ["errors: of all services", (rules) => rules.replaceAll('job="orders"', 'job=~".+"')],
    ["errors: another label", replaced("http_response_status_code", "status")],
    [
      "errors: failed over succeeded",
      replaced(
        /\/\n {10}sum by \(job\) \(rate\(http_server_request_duration_seconds_count\{job="orders"\}/,
        '/\n          sum by (job) (rate(http_server_request_duration_seconds_count{job="orders",http_response_status_code!~"5.."}',
      ),
    ],
    ["latency: p95", replaced("histogram_quantile(0.99", "histogram_quantile(0.95")],
    ["latency: p99.9", replaced("histogram_quantile(0.99", "histogram_quantile(0.999")],
    ["latency: half a second", replaced('service="orders"} > 1\n', 'service="orders"} > 0.5\n')],
    ["latency: two seconds", replaced('service="orders"} > 1\n', 'service="orders"} > 2\n')],
    ["latency: milliseconds for seconds", replaced('service="orders"} > 1\n', 'service="orders"} > 1000\n')],
    ["latency: no guard against few requests", (rules) => rules.replace(/(> 1\n) {10}and\n[^\n]+\n/, "$1")],
    ["latency: at once", (rules) => rules.replace(/(p99_latency[\s\S]+?)for: 5m/, "$1for: 0m")],
    ["latency: of the count and not of the buckets", replaced("seconds_bucket{", "seconds_count{")],
    [
      "gone: any instance instead of all",
      replaced(/\(count by \(job\) \(up\{job="orders"\} == 0\) == [^\n]+/, 'count by (job) (up{job="orders"} == 0) > 0'),
    ],
    ["gone: a target that vanished is not missed", replaced(/\n {10}or\n {10}absent[^\n]+/, "")],
    ["gone: only what vanished", replaced(/\(count by[^\n]+\n {10}or\n/, "")],
    ["gone: at once", replaced("for: 2m", "for: 0m")],
    ["gone: of another job", (rules) => rules.replaceAll('up{job="orders"}', 'up{job="order"}')],
    ["nobody is called", replaced("owner: team-checkout", "owner: somebody")],
    ["a ticket instead of a page", replaced("severity: page", "severity: ticket")],
    ["another service", replaced(/(error_rate[\s\S]+?labels:\n\s+service: )orders/, "$1billing")],
    ["no runbook", replaced(/\n\s+runbook_url: [^\n]+/, "")],
  ];

  test("every wrong rule is one that Prometheus would take", async () => {
    const files = mutants.map(([, change]) => written(orders, true, change).rulesFile);
    expect((await promtool(program ?? "", "check", files)).code).toBe(0);
  });

  test.concurrent.each(mutants)("a wrong rule does not pass: %s", async (_, change) => {
    const { isChanged, tests } = written(orders, true, change);
    expect([isChanged, (await tests()).code]).toEqual([true, 1]);
  });
});
