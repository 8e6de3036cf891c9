/** JSON that package managers write. */

/** The object of a text; null when it is none. `JSON.parse` does not recurse, so depth does no harm before somebody walks the value. */
export function readJson(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    // The caller says which file it was; more cannot be learnt from it.
    return null;
  }
}

/** The first line, from 1, that starts with each key. Written by a machine, such a file has one key per line. */
export function keyLines(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split("\n").entries()) {
    const key = /^[ \t]{0,20}"([^"]{1,300})"[ \t]{0,5}:/.exec(line.slice(0, 400))?.[1];
    if (key !== undefined && !lines.has(key)) lines.set(key, index + 1);
  }
  return lines;
}

/** JSON with commas before a closing bracket, as bun writes it, made plain. */
export function withoutTrailingCommas(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let comma = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
      comma = -1;
    } else if (code === 44) comma = at;
    else if ((code === 93 || code === 125) && comma >= 0) {
      parts.push(text.slice(from, comma));
      from = comma + 1;
      comma = -1;
    } else if (code > 32) comma = -1;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(from);
}
