import { expect, test } from "vitest";
import { readConfig } from "#collect/config/index.js";
import { textTree } from "#collect/files/index.js";
import { checkTrees } from "#run/check-trees.js";

async function check(owners: string, teams: string) {
  const files = {
    "orders/a.py": "",
    "payments/a.py": "",
    "drystone.yaml": `modules:\n  - { match: orders${owners} }\n  - { match: payments }\n${teams}`,
  };
  const tree = textTree("shop", files);
  const { ownership } = await checkTrees([tree], readConfig(tree), { unresolvedShare: 0 });
  const { verdict, reasons } = ownership.assessment([]);
  return [verdict, reasons[0], ...ownership.violations.map(({ finding }) => `${finding.code} ${finding.message}`)];
}

test.each([
  ["", "", ["unknown", "None of 2 modules has a declared owner."]],
  [
    ", owner: red",
    "",
    ["not-met", "1 of 2 modules have a declared owner; 1 needs a word.", "ownership-rules/no-owner payments has no owner"],
  ],
  [
    ", owner: [red, blue]",
    "owners: { payments/**: red }\n",
    [
      "not-met",
      "2 of 2 modules have a declared owner; 1 needs a word.",
      "ownership-rules/several-owners orders belongs to red and blue: nobody is accountable alone",
    ],
  ],
  [
    ", owner: red",
    "owners: { payments/**: red }\nteams: { red: {} }\n",
    ["met", "2 of 2 modules have a declared owner; each is one team."],
  ],
  [
    ", owner: red",
    "owners: { payments/**: red }\n",
    [
      "unknown",
      "red is declared for all 2 modules, and no team of that name is described: that says who reviews, not which team owns what.",
    ],
  ],
  [
    ", owner: rad",
    "owners: { payments/**: red }\nteams: { red: {} }\n",
    [
      "not-met",
      "2 of 2 modules have a declared owner; 1 needs a word.",
      "ownership-rules/unknown-owner orders belongs to rad, which is no declared team",
    ],
  ],
])("orders%s %s", async (owners, teams, expected) => {
  expect(await check(owners, teams)).toEqual(expected);
});
