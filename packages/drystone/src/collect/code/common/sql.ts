/** Which tables SQL reads, writes and defines. */
import { type SqlToken, sqlTokens } from "./sql-tokens.js";

export interface SqlTable {
  readonly name: string;
  /** Null also for `public` and `dbo`, which are the same as none. */
  readonly schema: string | null;
  readonly access: "read" | "write" | "define";
}

export interface SqlTableUse extends SqlTable {
  readonly at: number;
}

/** Distinct tables of one or more statements. Names of common table expressions, sub-selects, functions and temporary tables are none; a name with holes `{}` is none either. */
export function sqlTables(sql: string): SqlTable[] {
  const found = new Map<string, SqlTable>();
  for (const { name, schema, access } of sqlTableUses(sql)) {
    const key = `${schema ?? ""}.${name}.${access}`;
    if (!found.has(key)) found.set(key, { name, schema, access });
  }
  return [...found.values()];
}

/** Every mention of a table with its offset, in order. */
export function sqlTableUses(sql: string): SqlTableUse[] {
  const tokens = sqlTokens(withoutData(sql));
  const transient = new Set<string>();
  return statements(tokens)
    .flatMap((statement) => usesOf(statement, transient))
    .filter(({ name }) => !transient.has(name.toLowerCase()));
}

const start =
  /^[\s(]{0,200}(?:--[^\n]{0,200}\n\s{0,80}){0,5}(select|insert|update|delete|create|alter|drop|with|merge|copy|truncate|replace|upsert)\s/i;

/** Whether a text is SQL and no sentence that begins with such a word. */
export function isSql(text: string): boolean {
  const word = start.exec(text)?.[1];
  if (word === undefined || text.length > 200_000) return false;
  if (word === word.toUpperCase()) return true;
  // "Select a plan from the list", "Delete from favourites": a sentence has none of the marks of a statement.
  const hasMarks = /[*=?;]|\(|\$\d|%s|:\w|\bwhere\b|\blimit\b/i.test(text);
  return hasMarks && (word === word.toLowerCase() || /[*=?]|\bvalues\b|\bwhere\b/i.test(text));
}

/** Rows between `COPY … FROM stdin;` and `\.` of a dump, blanked. */
function withoutData(sql: string): string {
  if (!/from stdin/i.test(sql)) return sql;
  return sql.replace(
    /(from stdin[^;\n]{0,200};)([\s\S]*?)(?:\n\\\.|$)/gi,
    (whole, head: string) => head + whole.slice(head.length).replace(/[^\n]/g, " "),
  );
}

function statements(tokens: readonly SqlToken[]): SqlToken[][] {
  const found: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.upper === ";") found.push([]);
    else found.at(-1)?.push(token);
  }
  return found.filter(({ length }) => length > 1);
}

const never = new Set(
  "THE A AN YOUR THIS THAT THESE THOSE MY OUR ITS ALL ANY EACH EVERY SELECT FROM WHERE SET VALUES ON IN AS AND OR NOT NULL JOIN DUAL STDIN STDOUT TABLE CASCADE RESTRICT OF TO".split(
    " ",
  ),
);
const ends = new Set(
  "WHERE GROUP ORDER HAVING LIMIT OFFSET UNION EXCEPT INTERSECT WINDOW FETCH FOR SET RETURNING VALUES WHEN".split(" "),
);
/** Functions that write FROM between their arguments. */
const withFrom = new Set(["EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION"]);
const follows = new Set(
  "WHERE JOIN INNER LEFT RIGHT FULL CROSS NATURAL OUTER GROUP ORDER HAVING LIMIT OFFSET UNION EXCEPT INTERSECT WINDOW FETCH FOR ON USING SET RETURNING AS WITH VALUES USE FORCE IGNORE TABLESAMPLE PARTITION QUALIFY STRAIGHT_JOIN MINUS LATERAL".split(
    " ",
  ),
);

interface Name {
  readonly name: string | null;
  readonly schema: string | null;
  readonly at: number;
  /** Index behind the name. */
  readonly next: number;
}

function usesOf(tokens: readonly SqlToken[], transient: Set<string>): SqlTableUse[] {
  const found: SqlTableUse[] = [];
  const word = (index: number) => tokens[index]?.upper ?? "";
  const put = ({ name, schema, at }: Name, access: SqlTable["access"]) => {
    if (name !== null) found.push({ name, schema, access, at });
  };
  nameLocals(tokens, transient);
  if (/^(?:REVOKE|GRANT|SHOW|COMMENT|DESCRIBE|EXPLAIN)$/.test(word(0)) && word(0) !== "EXPLAIN") return found;
  let isAfterSelect = false;
  const levels: { inFrom: boolean; isFunction: boolean }[] = [{ inFrom: false, isFunction: false }];
  for (let index = 0; index < tokens.length; index++) {
    const level = levels.at(-1) ?? { inFrom: false, isFunction: false };
    switch (word(index)) {
      case "(":
        levels.push({ inFrom: false, isFunction: withFrom.has(word(index - 1)) });
        // FROM (a JOIN b …)
        if (level.inFrom && isOpener(word(index - 1))) {
          const inner = nameAt(tokens, index + 1);
          if (inner !== null && word(index + 1) !== "SELECT" && word(inner.next) !== "(" && isRead(tokens, inner))
            put(inner, "read");
        }
        break;
      case ")":
        if (levels.length > 1) levels.pop();
        break;
      case "SELECT":
        isAfterSelect = true;
        level.inFrom = false;
        break;
      case "FROM": {
        if (level.isFunction || (word(index - 1) === "DISTINCT" && /^(?:IS|NOT)$/.test(word(index - 2)))) break;
        const isDelete = word(index - 1) === "DELETE" || (word(index - 2) === "DELETE" && tokens[index - 1]?.kind !== "mark");
        if (!isDelete && !isAfterSelect && !/^(?:UPDATE|WITH)$/.test(word(0))) break;
        level.inFrom = true;
        const name = reference(tokens, index + 1);
        if (name !== null && (isRead(tokens, name) || isDelete)) put(name, isDelete ? "write" : "read");
        break;
      }
      case ",":
      case "JOIN":
      case "STRAIGHT_JOIN": {
        if (!level.inFrom && word(index) === ",") break;
        const name = reference(tokens, index + 1);
        if (name !== null && (isAfterSelect || /^(?:UPDATE|DELETE|MERGE|WITH)$/.test(word(0))) && isRead(tokens, name))
          put(name, "read");
        level.inFrom = true;
        break;
      }
      case "INTO": {
        const verb = /^(?:IGNORE|LOW_PRIORITY|DELAYED|OVERWRITE)$/.test(word(index - 1)) ? word(index - 2) : word(index - 1);
        if (!/^(?:INSERT|REPLACE|MERGE|UPSERT|IGNORE|ABORT|ROLLBACK|FAIL)$/.test(verb) && word(0) !== "LOAD") break;
        const name = nameAt(tokens, word(index + 1) === "TABLE" ? index + 2 : index + 1);
        if (name !== null && isWritten(tokens, name)) put(name, "write");
        break;
      }
      case "USING": {
        const name = /^(?:MERGE|DELETE)$/.test(word(0)) ? reference(tokens, index + 1) : null;
        if (name !== null) put(name, "read");
        break;
      }
      case "UPDATE": {
        if (/^(?:FOR|ON|KEY|DO|OR|AFTER|BEFORE|OF|,)$/.test(word(index - 1)) || word(index + 1) === "SET") break;
        const name = nameAt(tokens, /^(?:ONLY|IGNORE|LOW_PRIORITY)$/.test(word(index + 1)) ? index + 2 : index + 1);
        if (
          name !== null &&
          tokens.slice(name.next, name.next + 40).some(({ upper }) => upper === "SET") &&
          tokens.slice(name.next).some(({ text }) => text === "=")
        )
          put(name, "write");
        break;
      }
      case "TRUNCATE": {
        const name = index > 0 ? null : nameAt(tokens, skip(tokens, index + 1, "TABLE", "ONLY"));
        if (name !== null && (word(index) === tokens[index]?.text || word(index + 1) === "TABLE")) put(name, "write");
        break;
      }
      case "COPY": {
        const name = index > 0 ? null : nameAt(tokens, index + 1);
        if (name !== null && tokens.slice(name.next).some(({ upper }) => upper === "FROM")) put(name, "write");
        else if (name !== null && tokens.slice(name.next).some(({ upper }) => upper === "TO")) put(name, "read");
        break;
      }
      case "TABLE":
        if (/^(?:CREATE|ALTER|DROP|RENAME)$/.test(word(0))) index = defined(tokens, index, put);
        break;
      case "INDEX": {
        const on =
          word(0) === "CREATE" ? tokens.findIndex(({ upper }, at) => at > index && at < index + 8 && upper === "ON") : -1;
        const name = on < 0 ? null : nameAt(tokens, skip(tokens, on + 1, "ONLY"));
        if (name !== null) put(name, "define");
        break;
      }
      default:
        if (ends.has(word(index))) level.inFrom = false;
    }
  }
  return found;
}

/** Names that a statement makes for itself: `WITH x AS (`, `CREATE TEMP TABLE x`, `INTO #x`. */
function nameLocals(tokens: readonly SqlToken[], transient: Set<string>): void {
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    if (token.upper === "AS" && tokens[skip(tokens, index + 1, "NOT", "MATERIALIZED")]?.text === "(") {
      const before = tokens[index - 1];
      const named = before?.text === ")" ? tokens[openOf(tokens, index - 1) - 1] : before;
      if (named !== undefined && named.kind !== "mark") transient.add(named.text.toLowerCase());
    }
    if (/^TEMP(?:ORARY)?$/.test(token.upper) && tokens[index + 1]?.upper === "TABLE") {
      const name = nameAt(tokens, skip(tokens, index + 2, "IF", "NOT", "EXISTS"));
      if (name?.name) transient.add(name.name.toLowerCase());
    }
  }
}

function openOf(tokens: readonly SqlToken[], close: number): number {
  let depth = 0;
  for (let index = close; index > Math.max(0, close - 400); index--) {
    if (tokens[index]?.text === ")") depth++;
    else if (tokens[index]?.text === "(" && --depth === 0) return index;
  }
  return 0;
}

/** `CREATE TABLE IF NOT EXISTS a (…)`, `ALTER TABLE ONLY a RENAME TO b`, `DROP TABLE a, b`. Returns the index behind the names. */
function defined(tokens: readonly SqlToken[], table: number, put: (name: Name, access: "define") => void): number {
  let at = skip(tokens, table + 1, "IF", "NOT", "EXISTS", "ONLY");
  const verb = tokens[0]?.upper;
  let last = table;
  for (let count = 0; count < 50; count++) {
    const name = nameAt(tokens, at);
    if (name === null) break;
    const next = tokens[name.next];
    const isShaped =
      verb !== "CREATE" ||
      next === undefined ||
      next.text === "(" ||
      /^(?:AS|LIKE|PARTITION|USING|OF|INHERITS|ON|ENGINE|STORED)$/.test(next.upper);
    const isAltered =
      verb !== "ALTER" ||
      (next !== undefined &&
        /^(?:ADD|DROP|RENAME|ALTER|MODIFY|CHANGE|OWNER|SET|ENABLE|DISABLE|ATTACH|DETACH|CONVERT|AUTO_INCREMENT|ENGINE|REPLICA|CLUSTER|WITH|CHECK|NOCHECK|COMMENT|VALIDATE|FORCE|SWITCH|INHERIT|COMMENT|DEFAULT)$/.test(
          next.upper,
        ));
    if (isShaped && isAltered) put(name, "define");
    last = name.next - 1;
    if (verb === "ALTER" && next?.upper === "RENAME" && tokens[name.next + 1]?.upper === "TO") {
      const renamed = nameAt(tokens, name.next + 2);
      if (renamed !== null) put(renamed, "define");
    }
    if (verb !== "DROP" || next?.text !== ",") break;
    at = name.next + 1;
  }
  return last;
}

function skip(tokens: readonly SqlToken[], from: number, ...words: readonly string[]): number {
  let at = from;
  while (words.includes(tokens[at]?.upper ?? "")) at++;
  return at;
}

/** A table after FROM or JOIN; null for sub-selects, functions and what is none. */
function reference(tokens: readonly SqlToken[], from: number): Name | null {
  const name = nameAt(tokens, skip(tokens, from, "ONLY", "LATERAL"));
  return name === null || tokens[name.next]?.text === "(" ? null : name;
}

function isOpener(word: string): boolean {
  return word === "FROM" || word === "JOIN" || word === "," || word === "(";
}

/** What follows a table that is read: the end, an alias, a clause. */
function isRead(tokens: readonly SqlToken[], { next }: Name): boolean {
  const isEnd = (index: number) => {
    const token = tokens[index];
    return token === undefined || token.kind === "hole" || token.kind === "mark" || follows.has(token.upper);
  };
  if (isEnd(next)) return true;
  const alias = tokens[next];
  return alias !== undefined && isAlias(alias) && isEnd(next + 1);
}

/** `FROM orders a JOIN …`: of the words that no table is called, that one is a usual alias. */
function isAlias({ kind, upper }: SqlToken): boolean {
  return kind === "name" || (kind === "word" && (upper === "A" || !never.has(upper)));
}

/** `INSERT INTO a (…)`, `VALUES`, `SELECT`, `SET`, `DEFAULT VALUES`, `MERGE INTO a USING`. */
function isWritten(tokens: readonly SqlToken[], { next }: Name): boolean {
  const shape = /^(?:\(|VALUES|VALUE|SELECT|SET|DEFAULT|USING|AS|WITH|OVERRIDING|OUTPUT|FIELDS|TABLE|PARTITION|)$/;
  return shape.test(tokens[next]?.upper ?? "") || shape.test(tokens[next + 1]?.upper ?? "") || tokens[next]?.kind === "hole";
}

/** `a`, `s.a`, `d.s.a`, `d..a`; the name is null when it has a hole. */
function nameAt(tokens: readonly SqlToken[], from: number): Name | null {
  const parts: SqlToken[] = [];
  let at = from;
  for (; parts.length < 4; at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === "mark" || (parts.length === 0 && never.has(token.upper))) break;
    parts.push(token);
    while (tokens[at + 1]?.text === "." && tokens[at + 2]?.text === ".") at++;
    if (tokens[at + 1]?.text !== ".") {
      at++;
      break;
    }
    at++;
  }
  const last = parts.at(-1);
  if (last === undefined) return null;
  // `{}_orders`, `orders_{}`: the hole is a part of the name.
  const glued = tokens[at];
  const isGlued =
    glued !== undefined && (glued.kind === "hole" || glued.kind === "word") && glued.at === last.at + last.text.length;
  const schema = parts.at(-2);
  const isKnown =
    last.kind !== "hole" && !isGlued && /^[\p{L}_#][\p{L}\p{N}_$ -]{0,127}$/u.test(last.text) && !last.text.startsWith("#");
  const isPlain = schema === undefined || schema.kind === "hole" || /^(?:public|dbo)$/i.test(schema.text);
  const system = schema !== undefined && /^(?:information_schema|pg_catalog|sys|mysql|performance_schema)$/i.test(schema.text);
  const isSystem = system || /^(?:pg_\w+|sqlite_\w+|sys)$/i.test(last.text);
  return {
    name: isKnown && !isSystem ? last.text : null,
    schema: isPlain ? null : schema.text,
    at: last.at,
    next: isGlued ? at + 1 : at,
  };
}
