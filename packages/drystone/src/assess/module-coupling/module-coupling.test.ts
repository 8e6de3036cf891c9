import { expect, test } from "vitest";
import { deriveEstate, type Estate } from "#derive/estate/index.js";
import { type Change, smallEstate, weekly } from "#derive/team-changes/fixtures/index.js";
import { defaultParameters } from "#model/parameters.js";
import { assessModuleCoupling } from "./module-coupling.js";

function modulesOf(changes: readonly Change[]): Estate {
  const { facts } = smallEstate({ services: { orders: null, billing: null, stock: null }, changes });
  const components = facts.components.map((component) => ({ ...component, kind: "module" as const }));
  return deriveEstate({ ...facts, components }, defaultParameters, null);
}

const by = ["ada"];
const alone = [...weekly(16, { by, touches: ["billing"] }, 20, 1), ...weekly(16, { by, touches: ["stock"] }, 20, 2)];

test.each<[what: string, changes: readonly Change[], sentence: string]>([
  [
    "a change and its test in a folder of another module",
    [...alone, ...weekly(10, { by, touches: ["orders", "billing/tests/orders.js"] }, 30)],
    "0 of 42 changes to a module also changed another module (0 %).",
  ],
  [
    "the source of both",
    [...alone, ...weekly(10, { by, touches: ["orders", "billing"] }, 30)],
    "10 of 26 changes to a module other than billing also changed another module (38 %).",
  ],
  [
    "only one module changes",
    weekly(30, { by, touches: ["billing"] }, 10),
    "0 of 30 changes to a module also changed another module (0 %).",
  ],
])("%s", (_, changes, sentence) => {
  expect(assessModuleCoupling(modulesOf(changes)).assessment.reasons[0]).toBe(sentence);
});
