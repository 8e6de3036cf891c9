import { expect, test } from "vitest";
import { checked } from "#report/_shared/fixtures/checked.js";
import { hostile, likely } from "#report/_shared/fixtures/index.js";
import { toDot, toMermaid } from "./index.js";

test("modules: who imports whom; red breaks a rule, dashed was accepted", () => {
  expect(toMermaid(checked, "modules")).toBe(
    [
      "flowchart LR",
      '  n0["orders"]',
      '  n1["payments"]',
      '  n2["ui"]',
      "  n0 --> n1",
      "  n1 --> n0",
      "  n2 -.-> n1",
      "  linkStyle 0,1 stroke:#c62828,stroke-width:2px",
      "",
    ].join("\n"),
  );
  expect(toDot(checked, "modules")).toBe(
    [
      "digraph system {",
      '  rankdir=LR; node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=9];',
      '  n0 [label="orders", tooltip="module"];',
      '  n1 [label="payments", tooltip="module"];',
      '  n2 [label="ui", tooltip="module"];',
      '  n0 -> n1 [color="#c62828", penwidth=2];',
      '  n1 -> n0 [color="#c62828", penwidth=2];',
      "  n2 -> n1 [style=dashed];",
      "}",
      "",
    ].join("\n"),
  );
});

test("names that are no plain words stay labels", () => {
  const names = {
    ...hostile,
    model: {
      ...hostile.model,
      components: hostile.model.components.map((one, index) => ({
        ...one,
        name: ["%%{init: {}}%%", 'a"] --> b["', "end", "<script>"][index] ?? one.name,
      })),
    },
  };
  for (const line of toMermaid(names, "components").split("\n").slice(1, -1))
    expect(line).toMatch(/^ {2}n\d+\["(?:[\p{L}\p{N} _./:@,()-]|#\d+;)*"\]$/u);
  for (const line of toDot(names, "components").split("\n").slice(2, -2))
    expect(line).toMatch(/^ {2}n\d+ \[label="(?:[^"\\]|\\.)*", tooltip="\w+"\];$/u);
});

test("components with what they do to each other", () => {
  expect(toMermaid(likely, "components").split("\n").length).toBeGreaterThan(likely.model.components.length);
});
