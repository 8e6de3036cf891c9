import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UsageError } from "#util/errors.js";
import { write } from "../output.js";

const files = new Map([
  ["result", "result.schema.json"],
  ["facts", "facts.schema.json"],
  ["drystone.yaml", "drystone.schema.json"],
  ["drystone", "drystone.schema.json"],
  ["accepted", "accepted.schema.json"],
  ["accepted.yaml", "accepted.schema.json"],
]);

export async function runSchema(name: string): Promise<void> {
  const file = files.get(name);
  if (file === undefined)
    throw new UsageError("DS-U24", `there is no schema ${JSON.stringify(name)}`, "use result, facts, drystone.yaml or accepted");
  // From dist/bundle to the root of the package.
  await write([readFileSync(fileURLToPath(new URL(`../../schema/${file}`, import.meta.url)), "utf8")], undefined);
}
