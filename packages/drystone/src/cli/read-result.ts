import type { Result } from "#model/result.js";
import { UsageError } from "#util/errors.js";
import { readInput } from "./output.js";

/** A result document from a file. @throws UsageError when it is none of this version. */
export function readResult(file: string): Result {
  const text = readInput(file, "a file that `drystone assess --format json --output FILE` wrote");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      "DS-U23",
      `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
      "write it again: drystone assess PATH --format json --output FILE",
    );
  }
  if (!isResult(value)) {
    throw new UsageError(
      "DS-U23",
      `${file} is no result of this version`,
      "write it again: drystone assess PATH --format json --output FILE",
    );
  }
  return value;
}

/** What every command reads; a file that somebody cut or wrote by hand is refused here and not where a field is missed. */
function isResult(value: unknown): value is Result {
  const at = (path: string): unknown => path.split(".").reduce<unknown>((part, key) => own(part, key), value);
  return (
    at("schema") === "drystone.result/1" &&
    ["tool", "headline", "parameters"].every((path) => typeof at(path) === "object" && at(path) !== null) &&
    typeof at("inputs.system") === "string" &&
    lists.every((path) => Array.isArray(at(path)))
  );
}

const lists = [
  "inputs.repositories",
  "inputs.sources",
  "inputs.problems",
  "measures",
  "assessments",
  "verdicts",
  "advice",
  "model.components",
  "model.resources",
  "model.teams",
  "model.contracts",
  "model.operations",
  "model.libraries",
  "model.relations",
  "model.unresolved",
];

function own(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
