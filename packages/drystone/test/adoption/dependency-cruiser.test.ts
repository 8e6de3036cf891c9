/** Rules that are taken over find what dependency-cruiser itself finds, edge by edge. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { drystone } from "../bad-input/command.js";
import { git, workspace } from "../fakes/index.js";

const scratch = workspace("dependency-cruiser");
afterAll(() => scratch.cleanup());

const config = `
const features = "^src/features/([^/]+)/";
const shared = { severity: "error" };
/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "features-apart", ...shared, from: { path: features }, to: { path: "^src/features/", pathNot: ["^src/features/$1/", "/index\\\\.js$"] } },
    { name: "no-tests", ...shared, from: { pathNot: "\\\\.(?:test|spec)\\\\.[cm]?js$" }, to: { path: "(^|/)__tests__/|\\\\.test\\\\.js$" } },
    { name: "ui-not-to-db", ...shared, comment: "through a service", from: { path: "^src/ui/" }, to: { path: \`^src/db/\`, reachable: true } },
    { name: "pure", ...shared, from: { path: "^src/domain/" }, to: { dependencyTypes: ["core"] } },
    { name: "no-fs-in-ui", ...shared, from: { path: "^src/ui/" }, to: { dependencyTypes: ["core"], path: "^(fs|child_process)$" } },
    { name: "warned", severity: "warn", from: { path: "^src/old/.+\\\\.js$" }, to: { path: "^src/(ui|db)/" } },
    { name: "classes", ...shared, from: { path: "^[A-Z]" }, to: { path: "^src/" } },
    ...["a", "b"].map((name) => ({ name, from: {}, to: { path: name } })),
  ],
  options: { exclude: "^src/generated/" },
};
`;

const files: Readonly<Record<string, string>> = {
  "src/features/cart/index.js": "export * from './total.js';\n",
  "src/features/cart/total.js":
    "import { pay } from '../pay/internal.js';\nimport { ok } from '../pay/index.js';\nimport { own } from './own.js';\nexport const total = [pay, ok, own];\n",
  "src/features/cart/own.js": "export const own = 1;\n",
  "src/features/pay/index.js": "export const ok = 1;\nexport { pay } from './internal.js';\n",
  "src/features/pay/internal.js": "export const pay = 1;\n",
  "src/features/pay/lazy.js": "export const lazy = () => import('../cart/total.js');\n",
  "src/features/pay/cjs.cjs": "const { own } = require('../cart/own.js');\nmodule.exports = own;\n",
  "src/ui/page.js":
    "import { service } from '../services/service.js';\nimport fs from 'fs';\nimport path from 'node:path';\nexport const page = [service, fs, path];\n",
  "src/services/service.js": "import { query } from '../db/query.js';\nexport const service = query;\n",
  "src/db/query.js": "export const query = 1;\n",
  "src/domain/order.js": "import { createHash } from 'node:crypto';\nexport const order = createHash;\n",
  "src/domain/order.test.js":
    "import { order } from './order.js';\nimport { helper } from './__tests__/helper.js';\nexport const tested = [order, helper];\n",
  "src/domain/__tests__/helper.js": "export const helper = 1;\n",
  "src/domain/wrong.js": "import { helper } from './__tests__/helper.js';\nexport const wrong = helper;\n",
  "src/old/deep/er/a.js": "import { query } from '../../../db/query.js';\nexport const a = query;\n",
  "src/generated/a.js":
    "import { pay } from '../features/pay/internal.js';\nimport { helper } from '../domain/__tests__/helper.js';\nexport const a = [pay, helper];\n",
  "src/__tests__x/a.js": "export const a = 1;\n",
};

test("the same edges, and what cannot be taken over is told", async () => {
  const folder = scratch.path("shop");
  for (const [path, text] of Object.entries({
    ...files,
    ".dependency-cruiser.cjs": config,
    "package.json": '{ "name": "shop", "type": "module" }\n',
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git(folder, ["init", "-q", "-b", "main"]);
  git(folder, ["add", "-A"]);
  git(folder, ["-c", "user.name=ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", "start"]);

  const { code, stderr } = await drystone(["init", "--from", ".dependency-cruiser.cjs", "--no-cache"], { cwd: folder });
  expect(code).toBe(0);
  expect(stderr).toContain('.dependency-cruiser.cjs:14 ["a", "b"].map(');
  expect(stderr).toContain("classes: from.path: ^[A-Z]: [A-Z] has no glob");
  expect(readFileSync(join(folder, "drystone.yaml"), "utf8")).toContain("# - .dependency-cruiser.cjs:14");

  const checked = await drystone(["check", "--format", "json", "--no-cache"], { cwd: folder });
  const ours = edgesOf(checked.stdout);
  const theirs = oracle(folder);
  expect(ours).toEqual(theirs);
  expect(ours.length).toBe(8);
});

interface Checked {
  readonly assessments: readonly {
    readonly findings: readonly {
      readonly code: string;
      readonly severity: string;
      readonly message: string;
      readonly location: { readonly file: string } | null;
    }[];
  }[];
}

/** `rule from to severity`; the name of the rule stands first in why, the target before it. */
function edgesOf(json: string): string[] {
  const findings = (JSON.parse(json) as Checked).assessments.flatMap((one) => one.findings);
  return findings
    .filter(({ code }) => code === "module-boundaries/deny")
    .map(({ message, severity, location }) => {
      const found = /(\S+): ([a-z-]+)(?:: .*)?$/.exec(message);
      const target = / reaches (\S+) /.exec(message)?.[1] ?? found?.[1];
      return found === null ? message : `${found[2]} ${location?.file} ${target?.replace("node:", "")} ${severity}`;
    })
    .sort();
}

interface Cruised {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string; readonly severity: string };
    }[];
  };
}

function oracle(folder: string): string[] {
  const bin = fileURLToPath(new URL("../../../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs", import.meta.url));
  const run = (): string => {
    try {
      return execFileSync(process.execPath, [bin, "src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    } catch (error) {
      // It exits with the number of errors.
      if (error instanceof Error && "stdout" in error && typeof error.stdout === "string" && error.stdout !== "")
        return error.stdout;
      throw error;
    }
  };
  const { violations } = (JSON.parse(run()) as Cruised).summary;
  return violations
    .filter(({ rule }) => rule.name.length > 1)
    .map(({ rule, from, to }) => `${rule.name} ${from} ${to} ${rule.severity === "warn" ? "warning" : "error"}`)
    .sort();
}
