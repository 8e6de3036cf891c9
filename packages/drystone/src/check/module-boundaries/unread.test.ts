import { expect, test } from "vitest";
import type { ImportGraph } from "#model/facts.js";
import type { Policy } from "#model/modules.js";
import { nothingRead } from "./unread.js";

test.each([
  ["rules and no source: they were not checked", true, [], 1],
  ["rules and source", true, [{ language: "go", files: 1 }], 0],
  ["no rules and no source: a repository of documents breaks none", false, [], 0],
])("%s", (_, declared, counts, findings) => {
  const policy = { declared, enforce: {} } as unknown as Policy;
  expect(nothingRead(policy, [{ counts } as unknown as ImportGraph], "shop")).toHaveLength(findings);
});
