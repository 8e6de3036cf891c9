/** Two versions of a GraphQL schema, by the comparison of the reference implementation. */
import { buildASTSchema, findBreakingChanges, findDangerousChanges, GraphQLError, type GraphQLSchema, parse } from "graphql";
import type { ContractChange, Level, Place } from "./change.js";
import { inputChanges } from "./graphql-inputs.js";

interface Source {
  readonly file: string;
  readonly text: string;
}

export function compareGraphql(old: readonly Source[], next: readonly Source[]): ContractChange[] {
  const before = schemaOf(old);
  const after = schemaOf(next);
  if ("mistake" in after) return [unreadable(after, "error")];
  if ("mistake" in before) return [unreadable(before, "warning")];
  const breaking = findBreakingChanges(before.schema, after.schema).map((change) => changeOf(change, "error", old, next));
  const dangerous = findDangerousChanges(before.schema, after.schema).map((change) => changeOf(change, "warning", old, next));
  const inputs = inputChanges(before.schema, after.schema).map(({ level, ...change }) => changeOf(change, level, old, next));
  return [...breaking, ...dangerous, ...inputs].slice(0, 2000);
}

interface Mistake {
  readonly mistake: string;
  readonly place: Place;
}

const maxTokens = 500_000;
const maxStubs = 200;

/** Types that stand elsewhere (of other subgraphs, of code) are taken for scalars of that name. */
function schemaOf(sources: readonly Source[]): { readonly schema: GraphQLSchema } | Mistake {
  const whole = sources.map(({ text }) => text).join("\n");
  const fallback: Place = { file: sources[0]?.file ?? "", pointer: [] };
  let stubs = "";
  for (let attempt = 0; attempt <= maxStubs; attempt++) {
    try {
      const document = parse(whole + stubs, { maxTokens });
      return { schema: buildASTSchema(document, { assumeValidSDL: true, assumeValid: true }) };
    } catch (error) {
      const missing = /Unknown type: "([A-Za-z_]\w{0,200})"/.exec(error instanceof Error ? error.message : "")?.[1];
      if (missing !== undefined && !stubs.includes(`\nscalar ${missing}\n`)) {
        stubs += `\nscalar ${missing}\n`;
        continue;
      }
      const line = error instanceof GraphQLError ? (error.locations?.[0]?.line ?? 1) : 1;
      return { mistake: "is no GraphQL schema", place: placeOf(sources, line) ?? fallback };
    }
  }
  return { mistake: "names more than 200 types that are not declared", place: fallback };
}

function placeOf(sources: readonly Source[], line: number): Place | null {
  let left = line;
  for (const { file, text } of sources) {
    const lines = text.split("\n").length;
    if (left <= lines) return { file, pointer: [`line ${left}`] };
    left -= lines;
  }
  return null;
}

function unreadable({ mistake, place }: Mistake, level: Level): ContractChange {
  return {
    rule: "malformed",
    level,
    direction: "none",
    subjects: [],
    where: "",
    message: `${place.file}${place.pointer[0] === undefined ? "" : `, ${place.pointer[0]}`} ${mistake}`,
    fix: "correct it; nothing of it was compared",
    old: null,
    new: place,
  };
}

function changeOf(
  change: { readonly type: string; readonly description: string },
  level: Level,
  old: readonly Source[],
  next: readonly Source[],
): ContractChange {
  const rule = `graphql-${change.type.toLowerCase().replaceAll("_", "-")}`;
  const subject = subjectOf(change.description);
  const name = subject.split(".");
  return {
    rule,
    level,
    direction: "none",
    subjects: subject === "" ? [] : [subject],
    where: "",
    message: change.description.replace(/\.$/, "").slice(0, 300),
    fix: fixOf(change.type, level),
    old: declaration(old, name),
    new: declaration(next, name),
  };
}

function fixOf(type: string, level: Level): string {
  if (/REMOVED/.test(type)) return "keep it, marked with @deprecated, until nobody asks for it";
  if (/REQUIRED/.test(type)) return "make it optional, or give it a default";
  if (level === "warning") return "tell clients first";
  return "add a field with another name and keep this one, marked with @deprecated, until nobody asks for it";
}

/** `Order.note`, else the type that the sentence is about. */
function subjectOf(description: string): string {
  const field = /\b([A-Z_]\w{0,200}\.\w{1,200})/.exec(description)?.[1];
  return field ?? /\btype ([A-Z_]\w{0,200})/.exec(description)?.[1] ?? /\b([A-Z_]\w{0,200})/.exec(description)?.[1] ?? "";
}

/** Where a type, or a field of it, is declared. */
function declaration(sources: readonly Source[], [type = "", field]: readonly string[]): Place | null {
  if (!/^\w{1,200}$/.test(type)) return null;
  for (const { file, text } of sources) {
    const lines = text.split("\n");
    const start = lines.findIndex((line) =>
      new RegExp(`^\\s{0,20}(?:extend\\s{1,9})?(?:type|input|interface|enum|union|scalar)\\s{1,9}${type}\\b`).test(
        line.slice(0, 500),
      ),
    );
    if (start < 0) continue;
    const end = lines.findIndex((line, index) => index > start && /^\s{0,20}\}/.test(line.slice(0, 100)));
    const inner =
      field === undefined
        ? -1
        : lines.findIndex((line, index) => index > start && (end < 0 || index < end) && line.trim().startsWith(field));
    return { file, pointer: [`line ${(inner < 0 ? start : inner) + 1}`] };
  }
  return null;
}
