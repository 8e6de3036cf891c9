/** The form in which `drystone accept` writes an entry, read without a YAML parser: lists of ten thousands of entries are read on every check. */

/**
 * The fields of `- { rule: a/b, from: "x y", … }`: names, then plain texts or JSON strings. Null for anything else, which is for the YAML parser then;
 * whatever is read here means the same there.
 */
export function readEntryLine(line: string): ReadonlyMap<string, string> | null {
  const open = /^\s*- \{ /.exec(line);
  if (open === null) return null;
  const fields = new Map<string, string>();
  let at = open[0].length;
  for (;;) {
    const name = fieldName(line, at);
    if (name === null || fields.has(name)) return null;
    at += name.length + 2;
    const end = line[at] === '"' ? quotedEnd(line, at) : plainEnd(line, at);
    if (end === null) return null;
    const value = textOf(line.slice(at, end));
    if (value === null) return null;
    fields.set(name, value);
    if (line.startsWith(", ", end)) at = end + 2;
    else return line.slice(end).trimEnd() === " }" ? fields : null;
  }
}

/** A value in that form. */
export function entryValue(text: string): string {
  return isPlain(text) ? text : JSON.stringify(text);
}

const plain = /^[A-Za-z0-9_./][A-Za-z0-9_./@$+~=-]*(?::[A-Za-z0-9_./][A-Za-z0-9_./@$+~=-]*)*$/;

/** True for text that YAML 1.1 and 1.2 both read as just this text. */
function isPlain(text: string): boolean {
  if (text.length > 1000 || !plain.test(text)) return false;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return true;
  return !/^(?:true|false|null|yes|no|on|off|y|n|\.|\.\.)$/i.test(text) && !/^[.\d]*\d|^\.(?:inf|nan)$/i.test(text);
}

function fieldName(line: string, at: number): string | null {
  let end = at;
  while (end < line.length && /[a-zA-Z]/.test(line.charAt(end))) end++;
  return end > at && line.startsWith(": ", end) ? line.slice(at, end) : null;
}

function quotedEnd(line: string, at: number): number | null {
  for (let end = at + 1; end < line.length; end++) {
    if (line[end] === "\\") end++;
    else if (line[end] === '"') return end + 1;
  }
  return null;
}

function plainEnd(line: string, at: number): number | null {
  const comma = line.indexOf(", ", at);
  const brace = line.indexOf(" }", at);
  if (brace < 0) return null;
  return comma < 0 ? brace : Math.min(comma, brace);
}

function textOf(written: string): string | null {
  if (!written.startsWith('"')) return isPlain(written) ? written : null;
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
