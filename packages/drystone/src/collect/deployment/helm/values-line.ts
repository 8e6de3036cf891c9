/** Lines of values that a template only prints: which workload, which variable. */

/** Part of a file of values that is about one name. */
export interface ValuesSection {
  /** Line of the name, from 1. */
  readonly line: number;
  /** Line of the first place where the key stands as a key or as a name. */
  readonly lineOf: (key: string) => number | null;
}

/** The first map with that key, or list item with that name; null when there is none. */
export function valuesSection(text: string, name: string): ValuesSection | null {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => isKey(line, name) || isNamed(line, name));
  if (start < 0) return null;
  const depth = depthOf(lines[start] ?? "");
  let end = start + 1;
  while (end < lines.length && (isBlank(lines[end] ?? "") || depthOf(lines[end] ?? "") > depth)) end++;
  return { line: start + 1, lineOf: (key) => lineIn(lines, start + 1, end, key) };
}

/** The only line of a file where the key stands; null when there is none or more than one. */
export function onlyLine(text: string, key: string): number | null {
  const lines = text.split("\n");
  const first = lineIn(lines, 0, lines.length, key);
  return first !== null && lineIn(lines, first, lines.length, key) === null ? first : null;
}

function lineIn(lines: readonly string[], from: number, to: number, key: string): number | null {
  for (let at = from; at < to; at++) if (isKey(lines[at] ?? "", key) || isNamed(lines[at] ?? "", key)) return at + 1;
  return null;
}

function isKey(line: string, key: string): boolean {
  const bare = line.trim().replace(/^- /, "").replace(/^["']/, "");
  return bare.startsWith(key) && /^["']?\s{0,20}:/.test(bare.slice(key.length));
}

function isNamed(line: string, name: string): boolean {
  const value = /^(?:- )?["']?(?:name|key)["']?:\s{1,20}["']?([^\s"'#]{1,200})/.exec(line.trim())?.[1];
  return value === name;
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length + (line.trimStart().startsWith("- ") ? 1 : 0);
}

function isBlank(line: string): boolean {
  const text = line.trim();
  return text === "" || text.startsWith("#");
}
