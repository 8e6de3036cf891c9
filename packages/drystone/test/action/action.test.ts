/** action.yml: its script, run as GitHub runs it, with the built command in place of what `npx` would fetch. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { ada, firstTime } from "../bad-input/shop.js";
import { cleanEnvironment, git, workspace, writeRepository } from "../fakes/index.js";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly shell: string; readonly env: Readonly<Record<string, string>>; readonly run: string }[];
  };
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const { inputs, runs } = parse(readFileSync(`${root}action.yml`, "utf8")) as Action;
const [step = { shell: "", env: {}, run: "" }] = runs.steps;
const scratch = workspace("drystone-action");
const shop = scratch.path("shop");

/** Main is clean; the checked out commit makes orders import billing. */
beforeAll(() => {
  const policy = "modules:\n  - { match: orders, uses: [] }\n  - { match: billing }\n";
  const clean = { "drystone.yaml": policy, "orders/a.ts": "export const a = 1;\n", "billing/b.ts": "export const b = 1;\n" };
  const commits = [
    { author: ada, time: firstTime, message: "Start\n", changes: clean },
    { author: ada, time: firstTime + 60, message: "Use\n", changes: { "orders/a.ts": 'export { b } from "../billing/b.js";\n' } },
  ];
  writeRepository(shop, { commits });
  git(shop, ["update-ref", "refs/remotes/origin/main", "HEAD~1"]);
  mkdirSync(scratch.path("bin"));
  const npx = `#!/bin/sh\necho "$@" >> "$CALLS"\nshift 2\nexec "${process.execPath}" "${root}packages/drystone/bin/drystone.js" "$@"\n`;
  writeFileSync(scratch.path("bin", "npx"), npx, { mode: 0o755 });
});
afterAll(() => scratch.cleanup());

interface Ran {
  readonly code: number | null;
  readonly output: string;
  /** What was handed to npx. */
  readonly calls: readonly string[];
  readonly summary: string;
}

/** @param base the branch that a pull request goes to. */
function runAction(given: Readonly<Record<string, string>>, base = ""): Ran {
  const [calls, summary] = [scratch.path("calls"), scratch.path("summary")];
  for (const file of [calls, summary]) writeFileSync(file, "");
  const contexts: Readonly<Record<string, string>> = { "github.base_ref": base };
  const valueOf = (expression: string): string => {
    const input = /^inputs\.(\w+)$/.exec(expression)?.[1] ?? "";
    const value = contexts[expression] ?? given[input] ?? inputs[input]?.default;
    if (value === undefined) throw new Error(`nothing gives ${expression}`);
    return value;
  };
  const env = Object.entries(step.env).map(([name, text]) => [
    name,
    text.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => valueOf(expression)),
  ]);
  const script = scratch.path("script.sh");
  writeFileSync(script, step.run);
  const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
    cwd: shop,
    encoding: "utf8",
    env: {
      ...cleanEnvironment(),
      ...(Object.fromEntries(env) as Record<string, string>),
      PATH: `${scratch.path("bin")}:${process.env["PATH"]}`,
      CALLS: calls,
      GITHUB_STEP_SUMMARY: summary,
    },
  });
  const lines = readFileSync(calls, "utf8").split("\n").filter(Boolean);
  return { code: status, output: stdout, calls: lines, summary: readFileSync(summary, "utf8") };
}

test("a pull request fails on what it adds, after the files are written", () => {
  const [sarif, comment] = [scratch.path("a b.sarif"), scratch.path("comment.md")];
  const { code, output, calls } = runAction({ sarif, comment, args: "--only\nboundaries\n" }, "main");
  const common = "--yes drystone@latest check . --only boundaries --against origin/main";
  expect([code, calls]).toEqual([
    1,
    [
      `${common} --format sarif --output ${sarif}`,
      `${common} --format markdown --output ${comment}`,
      `${common} --format github`,
    ],
  ]);
  expect(output).toMatch(/^::error file=orders\/a\.ts,line=1,title=module-boundaries\/undeclared-use::/m);
  const { runs: found } = JSON.parse(readFileSync(sarif, "utf8")) as {
    runs: readonly { results: readonly { ruleId: string; baselineState: string }[] }[];
  };
  expect(found.flatMap(({ results }) => results.map(({ ruleId, baselineState }) => `${ruleId} ${baselineState}`))).toEqual([
    "module-boundaries/undeclared-use new",
  ]);
  expect(readFileSync(comment, "utf8")).toContain("undeclared-use");
});

test("assess writes the summary of the step, whatever the base is", () => {
  const { code, calls, summary } = runAction({ command: "assess", version: "1.2.3" }, "main");
  expect([code, calls]).toEqual([0, ["--yes drystone@1.2.3 assess . --format markdown"]]);
  expect(summary).toMatch(/^# /);
});

test.each([
  ["a command that is none", { command: "check; touch hacked" }, /^::error title=drystone::command must be check or assess$/m, 0],
  ["an option that is none", { args: "--no-such-option" }, /^$/, 1],
  ["a branch that is not fetched", { against: "origin/gone", sarif: "gone.sarif" }, /^$/, 1],
])("%s is a mistake, not a result", (_, given, output, calls) => {
  const ran = runAction(given);
  expect([ran.code, ran.calls.length]).toEqual([2, calls]);
  expect(ran.output).toMatch(output);
  expect(existsSync(`${shop}/hacked`)).toBe(false);
});

test("text from outside never stands in a script", () => {
  expect(runs.steps.filter(({ run }) => run.includes("${{"))).toEqual([]);
  const read = Object.values(step.env).join();
  expect(Object.keys(inputs).filter((name) => !read.includes(`inputs.${name} }}`))).toEqual([]);
});
