import { expect, test } from "vitest";
import { textTree } from "#collect/files/index.js";
import type { Problem } from "#model/facts.js";
import { namedProblems } from "./named-problems.js";

const problem = (path: string, message = `${path} cannot be read`): Problem => ({ path, line: null, message, hint: "" });
const tree = (repository: string, files: Readonly<Record<string, string>>, problems: readonly Problem[] = []) => ({
  ...textTree(repository, files),
  problems,
});

test("of several repositories a message names the one that has the file", () => {
  const orders = tree("orders", { "a.yaml": "", "b.yaml": "" }, [problem("c.bin"), problem("x", "orders/x is missing")]);
  const billing = tree("billing", { "b.yaml": "" });
  const others = [problem("a.yaml"), problem("b.yaml"), problem("deploys.csv")];
  expect(namedProblems([orders, billing], others).map(({ message }) => message)).toEqual([
    "orders: a.yaml cannot be read",
    "b.yaml cannot be read",
    "deploys.csv cannot be read",
    "orders: c.bin cannot be read",
    "orders/x is missing",
  ]);
  expect(namedProblems([orders], others)[0]?.message).toBe("a.yaml cannot be read");
});
