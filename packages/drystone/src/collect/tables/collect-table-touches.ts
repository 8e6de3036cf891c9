/** Which files name which database tables, where several modules share one program: for the rule that a table is touched by its owner alone. */
import { type Cue, cuesOf, languageOfPath } from "#collect/code/index.js";
import type { FileTree } from "#collect/files/index.js";
import { isTestFile } from "#util/test-files.js";

/** One place that names a table. */
export interface TableTouch {
  readonly repository: string;
  readonly file: string;
  readonly line: number;
  /** As written, with a schema in front where there is one. */
  readonly table: string;
  /** define: migration or DDL that makes it; change: one that alters or drops it; map: a class or model stands for it. */
  readonly does: "define" | "change" | "map" | "read" | "write";
}

const filesAtOnce = 400;
const maxTouches = 20_000;

/** Words without which no file says anything about a table. Two passes would read more: most files have none of them. */
const telling =
  /\b(?:select|insert|update|delete|from|into|join|table|entity|__tablename__|tablename|dbset|collection|pgtable|mysqltable|sqlitetable|create_table|createtable|schema|models?|knex|table_name|applicationrecord|activerecord)\b/i;

/** @param isWanted files of modules; others own and touch nothing. */
export function collectTableTouches(tree: FileTree, isWanted: (path: string) => boolean): TableTouch[] {
  const wanted = tree.paths.filter((path) => mayNameTables(path) && isWanted(path));
  const touches: TableTouch[] = [];
  for (let at = 0; at < wanted.length; at += filesAtOnce) {
    for (const [path, text] of tree.read(wanted.slice(at, at + filesAtOnce), { quiet: true })) {
      if (touches.length >= maxTouches || !telling.test(text)) continue;
      const lines = text.split("\n");
      touches.push(...cuesOf(path, text).flatMap((cue) => touchOf(tree.repository, cue, lines[cue.line - 1] ?? "")));
    }
  }
  return touches;
}

/** True for files that are looked into. */
export function mayNameTables(path: string): boolean {
  return languageOfPath(path) !== null && !isTestFile(path);
}

/** The touches after some files changed, in the order of `collectTableTouches`; null where there are too many for that. */
export function patchTableTouches(
  tree: FileTree,
  before: readonly TableTouch[],
  changed: readonly string[],
): readonly TableTouch[] | null {
  const isChanged = new Set(changed);
  const kept = before.filter(({ file }) => !isChanged.has(file));
  const now = collectTableTouches({ ...tree, paths: changed }, () => true);
  if (kept.length + now.length >= maxTouches) return null;
  return [...kept, ...now].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

function touchOf(repository: string, cue: Cue, line: string): TableTouch[] {
  if (cue.kind !== "table" || toolTables.test(cue.name)) return [];
  const table = cue.schema === null ? cue.name : `${cue.schema}.${cue.name}`;
  return [
    {
      repository,
      file: cue.file,
      line: cue.line,
      table,
      does: cue.access === "define" && isChange(line) ? "change" : cue.access,
    },
  ];
}

/** Who alters a table has not made it. */
function isChange(line: string): boolean {
  return (
    /\b(?:alter|drop|rename)\s{1,20}table\b|\bcreate\s{1,20}(?:unique\s{1,20})?index\b|\bSchema::(?:table|drop\w{0,20}|rename)\b|\b(?:add|drop|remove|rename|change|alter)_?(?:column|table|index|constraint|reference|belongs_to|foreign_key|timestamps|check_constraint)\w{0,10}\b/i.test(
      line.slice(0, 2000),
    ) && !/\bcreate_?\s{0,20}(?:table|model)\b/i.test(line.slice(0, 2000))
  );
}

/** Tables that tools keep for themselves in every database. */
const toolTables =
  /^(?:flyway_schema_history|schema_version|databasechangelog(?:lock)?|schema_migrations|ar_internal_metadata|alembic_version|__efmigrationshistory|_prisma_migrations|knex_migrations(?:_lock)?|sequelizemeta|typeorm_metadata|django_migrations|goose_db_version|atlas_schema_revisions|migrations|information_schema\..*|pg_.*|sqlite_.*)$/i;
