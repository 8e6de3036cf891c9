/** Two versions of a GraphQL schema, by the comparison of the reference implementation. */
import {
  buildASTSchema,
  type DocumentNode,
  findBreakingChanges,
  findDangerousChanges,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  specifiedScalarTypes,
  visit,
} from "graphql";
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
  const [inOld, inNew] = [declarations(old), declarations(next)];
  const breaking = findBreakingChanges(before.schema, after.schema).map((change) => ({ ...change, level: "error" as const }));
  const dangerous = findDangerousChanges(before.schema, after.schema).map((change) => ({ ...change, level: "warning" as const }));
  return [...breaking, ...dangerous, ...inputChanges(before.schema, after.schema)]
    .slice(0, 2000)
    .map((change) => changeOf(change, inOld, inNew));
}

interface Mistake {
  readonly mistake: string;
  readonly place: Place;
}

const maxTokens = 500_000;
const maxStubs = 200;

function schemaOf(sources: readonly Source[]): { readonly schema: GraphQLSchema } | Mistake {
  const fallback: Place = { file: sources[0]?.file ?? "", pointer: [] };
  try {
    const document = parse(sources.map(({ text }) => text).join("\n"), { maxTokens });
    const missing = undeclared(document);
    if (missing.length > maxStubs) return { mistake: "names more than 200 types that are not declared", place: fallback };
    const stubs = missing.length === 0 ? [] : parse(missing.map((name) => `scalar ${name}`).join("\n")).definitions;
    const whole = { ...document, definitions: [...document.definitions, ...stubs] };
    return { schema: buildASTSchema(whole, { assumeValidSDL: true, assumeValid: true }) };
  } catch (error) {
    const line = error instanceof GraphQLError ? (error.locations?.[0]?.line ?? 1) : 1;
    return { mistake: "is no GraphQL schema", place: placeOf(sources, line) ?? fallback };
  }
}

/** Types that stand elsewhere (of other subgraphs, of code): they are taken for scalars. */
function undeclared(document: DocumentNode): string[] {
  const declared = new Set(specifiedScalarTypes.map(({ name }) => name));
  const named = new Set<string>();
  for (const one of document.definitions)
    if ("name" in one && one.name !== undefined && one.kind !== Kind.DIRECTIVE_DEFINITION && !one.kind.endsWith("Extension"))
      declared.add(one.name.value);
  visit(document, { NamedType: ({ name }) => void named.add(name.value) });
  return [...named].filter((name) => !declared.has(name));
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
  { level, ...change }: { readonly type: string; readonly description: string; readonly level: Level },
  old: Finder,
  next: Finder,
): ContractChange {
  const rule = `graphql-${change.type.toLowerCase().replaceAll("_", "-")}`;
  const subject = subjectOf(change.description);
  return {
    rule,
    level,
    direction: "none",
    subjects: subject === "" ? [] : [subject],
    where: "",
    message: change.description.replace(/\.$/, "").slice(0, 300),
    fix: fixOf(change.type, level),
    old: old(subject),
    new: next(subject),
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

/** Where a type, or a field of it (`Order.note`), is declared. */
type Finder = (subject: string) => Place | null;

const head = /^\s{0,20}(?:extend\s{1,9})?(?:type|input|interface|enum|union|scalar)\s{1,9}(\w{1,200})/;

/** Read line by line, once: a schema may hold tens of thousands. */
function declarations(sources: readonly Source[]): Finder {
  const places = new Map<string, Place>();
  for (const { file, text } of sources) {
    let type = "";
    for (const [index, line] of text.split("\n").entries()) {
      const start = head.exec(line.slice(0, 500))?.[1];
      const field = type === "" ? undefined : /^\s{0,20}(\w{1,200})/.exec(line.slice(0, 500))?.[1];
      if (start !== undefined) type = start;
      else if (/^\s{0,20}\}/.test(line.slice(0, 100))) type = "";
      const name = start ?? (field === undefined ? "" : `${type}.${field}`);
      if (name !== "" && !places.has(name)) places.set(name, { file, pointer: [`line ${index + 1}`] });
    }
  }
  return (subject) => places.get(subject) ?? places.get(subject.split(".")[0] ?? "") ?? null;
}
