/** The schemas say what the tool writes: no field more, no field less. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { componentKinds } from "#model/facts.js";
import { factsFromJson, factsToJson } from "#model/facts-json.js";
import { drystone } from "../bad-input/command.js";
import { shopCommits } from "../bad-input/shop.js";
import { shallowClone, workspace, writeRepository } from "../fakes/index.js";
import { writeExampleShop } from "../planted/example-shop.js";
import { everyFactsField, everyResultField, verdictWords } from "./every-field.js";
import { closed, faultsOf, type Schema, schemaOf } from "./schemas.js";

const result = schemaOf("result");
const facts = schemaOf("facts");

describe("the schemas know every field of the model", () => {
  test("result", () => expect(faultsOf(closed(result), everyResultField)).toEqual([]));

  test("facts, and what is written reads back as the same value", () => {
    const text = [...factsToJson(everyFactsField)].join("");
    expect(faultsOf(closed(facts), JSON.parse(text))).toEqual([]);
    expect(factsFromJson(text)).toEqual(everyFactsField);
    const older = text.replace("drystone.facts/2", "drystone.facts/1");
    expect(() => factsFromJson(older)).toThrow('facts of schema "drystone.facts/1"; this version reads "drystone.facts/2"');
  });

  test("every word of the model", () => {
    // The last three are those of boundary-cost.
    expect(wordsOf(result, "assessment", "verdict").sort()).toEqual(
      [...verdictWords, "pays", "undecided", "does-not-pay"].sort(),
    );
    expect(defs(result)["componentKind"]?.["enum"]).toEqual(componentKinds);
  });

  test("both say the same about what both hold", () => {
    const [ofResult, ofFacts] = [defs(result), defs(facts)];
    const shared = Object.keys(ofResult).filter((name) => ofFacts[name] && !["component", "team", "contract"].includes(name));
    expect(shared.length).toBeGreaterThan(10);
    for (const name of shared) expect(ofResult[name], name).toEqual(ofFacts[name]);
  });
});

describe("documents of the command", () => {
  const scratch = workspace();
  const documents = new Map<string, unknown>();
  const of = (name: string): unknown => structuredClone(documents.get(name));

  beforeAll(async () => {
    const small = writeRepository(scratch.path("small"), { commits: shopCommits() });
    const example = writeExampleShop(
      scratch.path("example"),
      fileURLToPath(new URL("../../../../examples/shop", import.meta.url)),
    );
    const cut = shallowClone(small, scratch.path("cut"), 5);
    for (const [name, directory] of Object.entries({ small, example, cut })) {
      documents.set(`result of ${name}`, await documentOf(["assess", directory, "--format", "json"]));
      documents.set(`facts of ${name}`, await documentOf(["collect", directory]));
    }
  });
  afterAll(() => scratch.cleanup());

  test.each(["small", "example", "cut"])("%s: all fields are known and right", (name) => {
    expect(faultsOf(closed(result), of(`result of ${name}`))).toEqual([]);
    expect(faultsOf(closed(facts), of(`facts of ${name}`))).toEqual([]);
  });

  test("a field that was added later is passed over", () => {
    const later = { ...(of("result of small") as object), added: { by: "a later version" } };
    expect(faultsOf(result, later)).toEqual([]);
    expect(faultsOf(closed(result), later)).toHaveLength(1);
  });

  const broken: readonly (readonly [string, string, unknown])[] = [
    ["another major version", "schema", "drystone.result/2"],
    ["no headline", "headline", undefined],
    ["no verdict", "assessments.0.verdict", undefined],
    ["a verdict of another language", "assessments.0.verdict", "vorhanden"],
    ["an interval of one number", "assessments.0.interval", [0.1]],
    ["an interval of three numbers", "assessments.0.interval", [0.1, 0.2, 0.3]],
    ["a level of 95", "assessments.0.level", 95],
    ["a grade that does not exist", "assessments.0.grade", "E"],
    ["a sample without a unit", "assessments.0.sample", { n: 3 }],
    ["half a commit", "inputs.repositories.0.commits", 1.5],
    ["a head that is no id", "inputs.repositories.0.head", "main"],
    ["a time instead of a day", "inputs.asOf", "2026-11-20T16:00:00Z"],
    ["a name instead of a reference", "model.components.0.ref", "orders"],
    ["a kind that is none", "model.components.0.kind", "microservice"],
    ["one owner for a list", "model.components.0.ownership.declared", "team-orders"],
    ["evidence without a place", "model.components.0.evidence.0", { type: "file", repository: "shop" }],
    ["a commit that is no id", "model.components.0.evidence.0", { type: "commit", repository: "shop", commit: "HEAD" }],
    ["too much evidence", "assessments.0.findings.0.evidence", Array.from({ length: 21 }, () => ({ type: "deploy", id: "7" }))],
    ["a code without a rule", "assessments.0.findings.0.code", "change-coupling"],
  ];
  test.each(broken)("refused: %s", (_, path, value) => {
    expect(faultsOf(result, changed(of("result of example"), path.split("."), value))).not.toEqual([]);
  });

  const brokenFacts: readonly (readonly [string, string, unknown])[] = [
    ["a result", "schema", "drystone.result/1"],
    ["no histories", "histories", undefined],
    ["digits instead of base64", "histories.0.ids", [1, 2, 3]],
    ["base64 of another alphabet", "histories.0.files", "_-=="],
    ["ids of 16 bytes", "histories.0.idBytes", 16],
    ["rows without values", "histories.0.keys", { offsets: "" }],
    ["a member without dates", "teams.0.members.0", { id: "ada@example.com" }],
    ["a threshold without a reason", "config.thresholds", { "A1.tHi": { value: 0.3 } }],
  ];
  test.each(brokenFacts)("refused as facts: %s", (_, path, value) => {
    expect(faultsOf(facts, changed(of("facts of example"), path.split("."), value))).not.toEqual([]);
  });
});

test.each([
  ["result", "result"],
  ["facts", "facts"],
  ["drystone.yaml", "drystone"],
])("drystone schema %s prints the file", async (argument, name) => {
  const { code, stdout } = await drystone(["schema", argument]);
  expect(code).toBe(0);
  expect(stdout).toBe(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), "utf8"));
});

async function documentOf(commandLine: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await drystone([...commandLine, "--no-cache"]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

function defs(schema: Schema): Readonly<Record<string, Schema>> {
  return schema["$defs"] as Readonly<Record<string, Schema>>;
}

function wordsOf(schema: Schema, definition: string, property: string): string[] {
  const properties = defs(schema)[definition]?.["properties"] as Readonly<Record<string, Schema>> | undefined;
  return [...((properties?.[property]?.["enum"] ?? []) as string[])];
}

/** A document with another value at a path, which must exist; undefined takes the field out. */
function changed(document: unknown, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  if (typeof document !== "object" || document === null || !(key in document)) throw new Error(`no field ${key} to change`);
  const fields = document as Record<string, unknown>;
  if (rest.length > 0) fields[key] = changed(fields[key], rest, value);
  else if (value === undefined) delete fields[key];
  else fields[key] = value;
  return fields;
}
