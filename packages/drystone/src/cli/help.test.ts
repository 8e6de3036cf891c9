import { expect, test } from "vitest";
import { commandMeant, usageText } from "./help.js";

test.each([
  [
    "a missing argument comes with a line to copy",
    ["error: missing required argument 'what'\n", "drystone explain", "drystone explain orders billing"],
    "drystone: missing required argument 'what'\n  fix: drystone explain orders billing   (more: drystone explain --help)\n",
  ],
  [
    "a word that is not among those allowed",
    [
      "error: command-argument value 'foo' is invalid for argument 'format'. Allowed: mermaid, dot.\n",
      "drystone export",
      "drystone export dot",
    ],
    "drystone: 'foo' is no format. Allowed: mermaid, dot.\n  fix: drystone export --help\n",
  ],
  [
    "the same for an option",
    ["error: option '-f, --format <format>' argument 'xml' is invalid. Allowed: text, json.\n", "drystone diff"],
    "drystone: 'xml' is not possible for --format. Allowed: text, json.\n  fix: drystone diff --help\n",
  ],
  [
    "a suggestion stays on the line",
    ["error: unknown option '--windwo'\n(Did you mean --window?)\n", "drystone assess"],
    "drystone: unknown option '--windwo' (Did you mean --window?)\n  fix: drystone assess --help\n",
  ],
] as const)("%s", (_, [text, command, example], expected) => {
  expect(usageText(text, command, example)).toBe(expected);
});

test.each([
  ["dif", "error: unknown command 'dif' (Did you mean diff?)"],
  ["zebra", "error: unknown command 'zebra' (Known: diff, compatible)"],
])("a command below one that runs by itself: %s", (typed, expected) => {
  const text = "error: too many arguments for 'contracts'. Expected 0 arguments but got 1.";
  expect(commandMeant(text, ["diff", "compatible"], ["-q", typed])).toBe(expected);
});
