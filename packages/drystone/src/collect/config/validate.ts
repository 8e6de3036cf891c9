/** From mistakes that zod finds to one error with place, value and fix. */
import type * as z from "zod";
import { answerable } from "#model/facts.js";
import { closest } from "#util/closest.js";
import { UsageError } from "#util/errors.js";
import { printable } from "#util/escape.js";
import type { ConfigDocument, Path } from "./document.js";
import { policyKeys } from "./policy-schema.js";
import { configSchema, type RawConfig } from "./schema.js";

type Issue = z.core.$ZodIssue;

/** @throws UsageError with the first mistake of the file: DS-C02 for an unknown key, DS-C03 for a wrong value. */
export function validate(document: ConfigDocument): RawConfig {
  return validateAs(configSchema, document, knownKeys) ?? {};
}

/** The same for another document, such as module.yml. @param keys that are known at a place. */
export function validateAs<Value>(
  schema: z.ZodType<Value>,
  document: ConfigDocument,
  keys: (path: Path) => readonly string[],
): Value {
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => mistakeOf(innermost(issue, []), document, keys));
  mistakes.sort((a, b) => a.line - b.line);
  const [first] = mistakes;
  if (!first) throw parsed.error;
  const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : "";
  throw new UsageError(first.code, printable(first.message) + more, printable(first.hint));
}

interface Mistake {
  readonly code: "DS-C02" | "DS-C03";
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** Of a union, the one mistake of the branch that got furthest, so that `{ id: 3 }` complains about `id` and not about the whole; unknown keys first. */
function innermost(issue: Issue, above: Path): Issue {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    const inner = issue.errors
      .flat()
      .filter((one) => one.path.length > 0 || one.code === "unrecognized_keys" || one.code === "custom");
    const rank = (one: Issue): number => (one.code === "unrecognized_keys" ? Infinity : one.path.length);
    inner.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
    if (inner[0]) return innermost(inner[0], path);
  }
  return { ...issue, path };
}

function mistakeOf(issue: Issue, document: ConfigDocument, keys: (path: Path) => readonly string[]): Mistake {
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    const { text, line } = document.placeOf([...issue.path, key], "key");
    const known = keys(issue.path);
    const meant = closest(key, known);
    const hint = meant === null ? `known here: ${known.join(", ")}` : `did you mean ${meant}?`;
    return { code: "DS-C02", line, message: `${text}: unknown key ${JSON.stringify(key)}`, hint };
  }
  const isKey = issue.code === "invalid_key";
  const { text, line } = document.placeOf(issue.path, isKey ? "key" : "value");
  const subject = issue.path.map(String).join(".") || "the file";
  const cause = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  const seen = isKey ? String(issue.path.at(-1)) : shown(valueAt(document.value, issue.path));
  return { code: "DS-C03", line, message: `${text}: ${subject} is ${shownKey(isKey, seen)}`, hint: hintOf(issue, cause, seen) };
}

function shownKey(isKey: boolean, seen: string): string {
  return isKey ? `not a valid key: ${JSON.stringify(seen)}` : seen;
}

function hintOf(issue: Issue, cause: string, seen: string): string {
  if (issue.code === "invalid_value") {
    const words = issue.values.map(String);
    const meant = closest(seen.replaceAll('"', ""), words);
    return meant === null ? `one of ${words.join(", ")}` : `did you mean ${meant}? One of ${words.join(", ")}`;
  }
  if (issue.code === "invalid_type") return `expected ${expectedWords.get(issue.expected) ?? issue.expected}`;
  return cause;
}

const expectedWords = new Map<string, string>([
  ["string", "a text; put numbers in quotes"],
  ["record", "a map of names"],
  ["object", "a map"],
  ["array", "a list"],
  ["number", "a number"],
]);

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const key of path) at = typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined;
  return at;
}

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return JSON.stringify(value.slice(0, 80));
  return typeof value === "number" || typeof value === "boolean" ? `${value} (${typeof value})` : typeof value;
}

/** Keys that the schema allows at a place: those of the nearest example of it, without walking the schema of zod. */
function knownKeys(path: Path): readonly string[] {
  const [top] = path;
  if (top === undefined) return Object.keys(configSchema.unwrap().shape);
  if (top === "modules" || top === "layers" || top === "rules") return policyKeys(path);
  if (top === "components") return ["paths", "match", "repository", "kind", "partOf", "owner", "aliases", "technology"];
  if (top === "teams") return path.length > 2 ? ["id", "from", "to"] : ["members", "functions", "mission", "parent"];
  if (top === "aliases") return ["people", "bots"];
  if (top === "thresholds") return ["value", "reason"];
  if (top === "inputs")
    return path.length > 1 ? ["active", "waiting", "done", "teams"] : ["traces", "deploys", "work", "load", "states"];
  if (top === "answers") return path.length > 2 ? ["answer", "by", "on", "until", "why"] : answerable;
  return top === "system" ? ["name", "tickets"] : [];
}
