import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { git, workspace } from "../../test/fakes/index.js";
import { accept, prune } from "./accept.js";
import { check } from "./check.js";

const scratch = workspace("check-parts");
afterAll(() => scratch.cleanup());

const contract = (type: string, remove = false) => `openapi: 3.0.3
info: { title: orders, version: 1.0.0 }
paths:
  /orders:
    get:
      responses:
        "200": { description: ok, content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: ${type} } } } } } }
${remove ? "" : '    delete:\n      responses: { "204": { description: gone } }\n'}`;

/** Main has the contract; the branch changes its type, takes an operation away, and touches what two teams own. */
function shop(name: string): string {
  const root = scratch.path(name);
  write(root, {
    "drystone.yaml": "modules:\n  - { match: orders, owner: team-orders }\n  - { match: web, owner: team-web, uses: [orders] }\n",
    "orders/openapi.yaml": contract("string"),
    "orders/index.ts": "export const order = 1;\n",
    "web/index.ts": 'import { order } from "../orders/index.js";\nexport const page = order;\n',
    "web/part.ts": "export const page = 1;\n",
    "compose.yaml": "services:\n  orders: { build: orders, ports: ['80:80'] }\n",
    "orders/Dockerfile": "FROM node\nEXPOSE 80\n",
    "orders/package.json": '{ "name": "orders", "dependencies": { "express": "4" } }',
  });
  git(root, ["init", "-q", "-b", "main"]);
  commit(root);
  git(root, ["checkout", "-q", "-b", "change"]);
  write(root, { "orders/openapi.yaml": contract("integer", true), "web/index.ts": 'export * from "./part.js";\n' });
  commit(root);
  return root;
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(root: string): void {
  git(root, ["add", "-A"]);
  git(root, ["-c", "user.name=ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", "change"]);
}

async function outcome(options: Parameters<typeof check>[0]) {
  const { assessments, comparison } = await check(options);
  return {
    new: comparison?.new ?? null,
    verdicts: assessments.map(({ id, verdict }) => `${id} ${verdict}`),
    findings: assessments.flatMap(({ findings }) =>
      findings.map(
        ({ code, severity, state, baseline }) => `${code} ${severity} ${state}${baseline === undefined ? "" : ` ${baseline}`}`,
      ),
    ),
  };
}

describe("contracts are part of the check", () => {
  test("without a base: unknown, and how to know", async () => {
    const { assessments } = await check({ paths: [shop("alone")], cacheDirectory: null });
    expect(assessments.map(({ id, verdict, missing }) => [id, verdict, missing.map(({ how }) => how)])).toEqual([
      ["module-boundaries", "met", []],
      ["ownership-rules", "met", []],
      ["contract-compatibility", "unknown", ["drystone check --against main"]],
    ]);
  });

  test("against main: what breaks is new, the change of two teams is a note; accepted, nothing fails", async () => {
    const root = shop("against");
    const options = { paths: [root], cacheDirectory: null, against: "main" };
    expect(await outcome(options)).toEqual({
      new: 3,
      verdicts: ["module-boundaries met", "ownership-rules met", "contract-compatibility not-met"],
      findings: [
        "module-boundaries/unused-use warning new new",
        "ownership-rules/crosses-teams note new",
        "contract-compatibility/response-type-changed error new new",
        "contract-compatibility/operation-removed error new new",
      ],
    });
    const request = { rules: [], modules: [], reason: "version 2 is out", owner: "team-orders", until: null };
    const { added, written } = await accept(options, request);
    expect([added.map(({ rule }) => rule), written]).toEqual([
      ["contract-compatibility/response-type-changed", "contract-compatibility/operation-removed"],
      [".drystone/accepted.yaml"],
    ]);
    expect(await outcome({ ...options, only: ["contracts"] })).toEqual({
      new: 0,
      verdicts: ["contract-compatibility met"],
      findings: [
        "contract-compatibility/response-type-changed error accepted new",
        "contract-compatibility/operation-removed error accepted new",
      ],
    });
    // A check that compares nothing has not tried the entries, and calls none of them unused.
    expect((await outcome({ paths: [root], cacheDirectory: null })).findings).toEqual([
      "module-boundaries/unused-use warning new",
    ]);
  });

  test("an acceptance whose break is in the past is nothing to talk about; prune takes it out", async () => {
    const root = shop("merged");
    const request = { rules: [], modules: [], reason: "version 2 is out", owner: "team-orders", until: null };
    await accept({ paths: [root], cacheDirectory: null, against: "main", only: ["contracts"] }, request);
    commit(root);
    git(root, ["branch", "-f", "main", "HEAD"]);
    expect(await outcome({ paths: [root], cacheDirectory: null, against: "main", only: ["contracts"] })).toEqual({
      new: 0,
      verdicts: ["contract-compatibility met"],
      findings: [],
    });
    const { removed } = await prune({ paths: [root], cacheDirectory: null, against: "main", only: ["contracts"] });
    expect(removed).toHaveLength(2);
  });

  test("a contract that is gone is a break; one that is new is none", async () => {
    const root = shop("gone");
    rmSync(join(root, "orders/openapi.yaml"));
    write(root, {
      "web/pages.yaml": contract("string").replace("title: orders", "title: pages").replaceAll("/orders", "/pages"),
    });
    const { findings } = await outcome({ paths: [root], cacheDirectory: null, against: "main", only: ["contracts"] });
    expect(findings.filter((text) => text.includes("error"))).toHaveLength(1);
  });
});

test("the operational baseline is looked at when asked, and can be accepted", async () => {
  const root = shop("baseline");
  const options = { paths: [root], cacheDirectory: null, only: ["baseline"] as const };
  const before = await outcome(options);
  expect(before.verdicts).toEqual(["operational-baseline not-met"]);
  const request = { rules: [], modules: [], reason: "comes with the platform", owner: "team-orders", until: null };
  const { added } = await accept(options, request);
  expect(added).toHaveLength(before.findings.length);
  const after = await outcome(options);
  expect(after.findings).toEqual(before.findings.map((text) => text.replace(/ new$/, " accepted")));
  expect([before.verdicts, after.verdicts]).toEqual([["operational-baseline not-met"], ["operational-baseline unknown"]]);
});

test("a folder without git: why, and what to do", async () => {
  const root = scratch.path("plain");
  mkdirSync(root, { recursive: true });
  await expect(check({ paths: [root], cacheDirectory: null })).rejects.toMatchObject({
    code: "DS-U05",
    hint: expect.stringContaining("git init") as string,
  });
});
