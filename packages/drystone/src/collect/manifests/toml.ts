/** The small part of TOML that build files use: tables, strings, inline tables and lists of strings. What it does not know it leaves out. */

export interface TomlTable {
  /** `package`, `dependencies`, `project.scripts`; of `[[bin]]` one table each. */
  readonly name: string;
  readonly line: number;
  readonly entries: readonly TomlEntry[];
}

interface TomlEntry {
  readonly key: string;
  /** Strings of the value in order: one of a string, all of a list; empty for others. */
  readonly strings: readonly string[];
  /** As written, up to 2000 characters. */
  readonly raw: string;
  readonly line: number;
}

/** Tables in the order of the file; entries before the first header stand in a table named "". Never throws. */
export function readToml(text: string): TomlTable[] {
  let entries: TomlEntry[] = [];
  const tables: TomlTable[] = [{ name: "", line: 1, entries }];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? "").trim();
    if (line === "" || line.startsWith("#")) continue;
    const header = /^\[\[?([^\]]{1,200})\]\]?/.exec(line);
    if (header) {
      entries = [];
      tables.push({ name: unquoted(header[1] ?? ""), line: at + 1, entries });
      continue;
    }
    const equals = line.indexOf("=");
    if (equals < 1) continue;
    const first = at + 1;
    let raw = line.slice(equals + 1).trim();
    for (const open of ["[", "{"]) {
      const close = open === "[" ? "]" : "}";
      // A list may run over many lines; a missing bracket ends with the next header.
      while (raw.startsWith(open) && !withoutComment(raw).endsWith(close) && at + 1 < lines.length && raw.length < 20_000) {
        if (/^\s*\[\[?[A-Za-z]/.test(lines[at + 1] ?? "")) break;
        raw = `${withoutComment(raw)}\n${(lines[++at] ?? "").trim()}`;
      }
    }
    entries.push({ key: unquoted(line.slice(0, equals)), strings: stringsIn(raw), raw: raw.slice(0, 2000), line: first });
  }
  return tables;
}

/** First string of a key in a table, or null. */
export function tomlString(
  tables: readonly TomlTable[],
  table: string,
  key: string,
): { readonly text: string; readonly line: number } | null {
  for (const candidate of tables) {
    if (candidate.name !== table) continue;
    const entry = candidate.entries.find((one) => one.key === key);
    const text = entry?.strings[0];
    if (entry && text !== undefined) return { text, line: entry.line };
  }
  return null;
}

function unquoted(text: string): string {
  return text.trim().replace(/["']/g, "");
}

function withoutComment(raw: string): string {
  const hash = raw.lastIndexOf("#");
  return (hash >= 0 && !/["'\]}]/.test(raw.slice(hash)) ? raw.slice(0, hash) : raw).trimEnd();
}

function stringsIn(raw: string): string[] {
  return [...raw.slice(0, 20_000).matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map((found) => found[1] ?? found[2] ?? "");
}
