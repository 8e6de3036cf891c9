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
  if (typeof value !== "object" || value === null || !("schema" in value) || value.schema !== "drystone.result/1") {
    throw new UsageError(
      "DS-U23",
      `${file} is no result of this version`,
      "write it again: drystone assess PATH --format json --output FILE",
    );
  }
  return value as Result;
}
