/** A planted seam is found from the command line, and the rule that is printed for it passes `drystone check`; one more import past its public files does not. */
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { drystone } from "../bad-input/command.js";
import { type CommitPlan, git, workspace, writeRepository } from "../fakes/index.js";

const scratch = workspace();
afterAll(() => scratch.cleanup());

const words = ["cart", "ship", "bill", "stock"] as const;
const each = 12;

/** Four groups of files that import each other, in folders that know nothing of it; `ship` is used through one file of `cart`. */
function files(): Record<string, string> {
  const made: Record<string, string> = { "package.json": '{"name":"shop","main":"src/main.ts"}\n', Dockerfile: "FROM node:20\n" };
  for (const [group, word] of words.entries())
    for (let at = 0; at < each; at++) {
      const near = [1, 2, 5].map((step) => `import "./${word}-${(at + step) % each}.js";\n`).join("");
      const across = at === 0 && group > 0 ? `import "../${words[group - 1] ?? ""}/${words[group - 1] ?? ""}-0.js";\n` : "";
      made[`src/${word}/${word}-${at}.ts`] = `${near}${across}export const ${word}${at} = ${at};\n`;
    }
  return made;
}

const rest = [
  "  # The rest of the code, once for all such entries: without it nobody is held to what is public.",
  '  - { name: "rest", match: "**", enforce: { cycle: off, foreign-table: warn } }',
].join("\n");

interface Printed {
  readonly advice: readonly { readonly subject: string; readonly outcome: string; readonly steps: readonly string[] }[];
}

test("four planted groups are four candidates, and their rules hold today's code", async () => {
  const author = { name: "Ada", email: "ada@example.com" };
  const commits: CommitPlan[] = [{ author, time: 1_780_000_000, message: "start", changes: files() }];
  const shop = writeRepository(scratch.path("shop"), { commits });
  const { stdout, stderr } = await drystone(["advise", "boundaries", "--path", shop, "--format", "json", "--no-cache"]);
  expect(stderr).toBe("");
  const { advice } = JSON.parse(stdout) as Printed;
  expect(advice.map(({ subject }) => subject).sort()).toEqual(words.map((word) => `component:default/${word}`).sort());
  const rules = advice.flatMap(({ steps }) => steps.filter((step) => step.startsWith("modules:")));
  expect(rules.find((rule) => rule.includes('"src/cart"'))).toBe(
    `modules:\n  - name: "cart"\n    match: ["src/cart"]\n    public: ["cart-0.ts"]\n    enforce: { cycle: warn, foreign-table: warn }\n${rest}`,
  );
  const entries = rules.map((rule) => rule.replace("modules:\n", "").replace(`\n${rest}`, ""));
  writeFileSync(join(shop, "drystone.yaml"), `modules:\n${[...entries, rest].join("\n")}\n`);
  git(shop, ["add", "-A"]);
  const passing = await drystone(["check", shop, "--no-cache"]);
  expect([passing.code, passing.stderr]).toEqual([0, ""]);
  appendFileSync(join(shop, "src/ship/ship-3.ts"), 'import "../cart/cart-5.js";\n');
  const failing = await drystone(["check", shop, "--no-cache"]);
  expect([failing.code, failing.stdout.includes("cart-5.ts")]).toEqual([1, true]);
  // Code that belongs to no candidate is held to it too, and a module of single files shows only those that are named.
  writeFileSync(
    join(shop, "drystone.yaml"),
    `modules:\n  - { name: parts, match: [src/cart/cart-5.ts, src/cart/cart-0.ts], public: [src/cart/cart-0.ts] }\n${rest}\n`,
  );
  const single = await drystone(["check", shop, "--no-cache"]);
  expect([single.code, single.stdout.includes("cart-5.ts"), single.stdout.includes("cart-0.ts: ")]).toEqual([1, true, false]);
});
