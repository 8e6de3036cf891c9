import type { Detector, Emit } from "../detector.js";
import { templateAt } from "../expression.js";
import { type Language, programLanguages } from "../language.js";
import type { StringLiteral } from "../lexical.js";
import type { Source } from "../source.js";
import { isSql, sqlTableUses } from "./sql.js";

const languages = [...programLanguages, "sql"] as const;

/** Languages whose object mappers have a query language that looks like SQL and names classes. */
const withEntityQueries: ReadonlySet<Language> = new Set(["java", "kotlin", "scala", "php"]);
const maxTexts = 500;

/** Tables of SQL in texts and of `.sql` files. Queries of JPA and Doctrine name classes: those are uses of entities. */
export const rawSql: Detector = {
  name: "common/raw-sql",
  languages,
  words: null,
  detect(source, emit) {
    if (source.language === "sql") {
      for (const { at, ...use } of sqlTableUses(source.text)) emit(at, { kind: "table", ...use, technology: null, entity: null });
      return;
    }
    let count = 0;
    let behind = -1;
    for (const [index, literal] of source.strings.entries()) {
      if (literal.start < behind || literal.value.length < 7 || !isBeginning(literal.value)) continue;
      if (count++ > maxTexts) break;
      behind = literal.end;
      statement(source, literal, wholeText(source, index), emit);
    }
  },
};

function isBeginning(text: string): boolean {
  return /^[\s(]{0,200}(?:--[^\n]{0,200}\n\s{0,80}){0,5}(?:select|insert|update|delete|create|alter|drop|with|merge|copy|truncate|replace|upsert|from)\s/i.test(
    text,
  );
}

/** The text with what is joined to it: by `+`, or because Python and C++ join texts that stand side by side. */
function wholeText(source: Source, index: number): string {
  const first = source.strings[index];
  if (first === undefined) return "";
  let text = first.value.length > 1500 ? first.value : (templateAt(source, first.start) ?? first.value);
  if (source.language !== "python" && source.language !== "cpp") return text;
  let { end } = first;
  for (const next of source.strings.slice(index + 1, index + 60)) {
    if (/\S/.test(source.code.slice(end, next.start)) || text.length > 20_000) break;
    text += templateAt(source, next.start) ?? next.value;
    end = next.end;
  }
  return text;
}

function statement(source: Source, literal: StringLiteral, text: string, emit: Emit): void {
  if (withEntityQueries.has(source.language) && isEntityQuery(source, literal, text)) {
    const access = /^\s{0,100}(?:update|delete|insert)\b/i.test(text) ? "write" : "read";
    for (const [, entity] of text.matchAll(/\b(?:from|join|update|into)\s{1,40}(?:[\w\\]{1,100}[\\])?([A-Z]\w{1,80})(?=\s|$)/gi))
      if (entity !== undefined && /^[A-Z]\w{0,80}[a-z]/.test(entity)) emit(literal.start, { kind: "entity-use", entity, access });
    return;
  }
  if (!isSql(text)) return;
  for (const { name, schema, access } of sqlTableUses(text))
    emit(literal.start, { kind: "table", name, schema, access, technology: null, entity: null });
}

/** `SELECT o FROM Order o`: a class in Pascal case, no star, not marked as native. */
function isEntityQuery(source: Source, literal: StringLiteral, text: string): boolean {
  if (/^\s{0,100}insert\b/i.test(text) && !/\bselect\b/i.test(text)) return false;
  if (/\bselect\s{1,40}(?:distinct\s{1,9})?(?:\w{1,40}\.)?\*/i.test(text)) return false;
  const name = /\b(?:from|update)\s{1,40}([\w\\.]{1,160})/i.exec(text)?.[1]?.split(/[\\.]/).at(-1) ?? "";
  if (!/^[A-Z]\w{0,80}[a-z]/.test(name) || /_/.test(name)) return false;
  return !/nativeQuery\s{0,3}=\s{0,3}true|createNativeQuery|jdbcTemplate|NativeQuery/i.test(
    source.code.slice(Math.max(0, literal.start - 200), literal.end + 300),
  );
}
