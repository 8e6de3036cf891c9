/** YAML and JSON as values with lines. JSON goes its own way: it is often large, and one line of a megabyte must not keep the YAML parser busy. */
import { readYaml, record } from "#collect/yaml/index.js";
import type { Problem } from "#model/facts.js";

export interface StructuredDocument {
  readonly value: Readonly<Record<string, unknown>>;
  /** Line, from 1, of the key at a path; of the deepest part of it that is known. */
  lineOf(path: readonly string[]): number;
}

/** Objects at the root only. Never throws. @param wanted decides on the text of a document whether it is parsed. */
export function readStructured(
  path: string,
  text: string,
  wanted: (text: string) => boolean,
): { readonly documents: readonly StructuredDocument[]; readonly problems: readonly Problem[] } {
  if (!wanted(text)) return { documents: [], problems: [] };
  if (/^\s{0,1000}\{/.test(text)) return readJsonDocument(path, text);
  const { documents, problems } = readYaml(path, text, { wanted });
  return {
    documents: documents.map((document) => ({ value: record(document.value), lineOf: (key) => document.lineOf(key) })),
    problems,
  };
}

/** Below this, nobody asks for a line. */
const deepestLine = 4;
const maxDepth = 100;

function readJsonDocument(path: string, text: string): ReturnType<typeof readStructured> {
  const lines = keyLines(text);
  if (lines === null) return refused(path, `is nested deeper than ${maxDepth} levels`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the text, and that may be a password.
    return refused(path, "is not JSON");
  }
  const lineOf = (key: readonly string[]): number => {
    for (let depth = Math.min(key.length, deepestLine); depth > 0; depth--) {
      const line = lines.get(JSON.stringify(key.slice(0, depth)));
      if (line !== undefined) return line;
    }
    return 1;
  };
  return { documents: [{ value: record(parsed), lineOf }], problems: [] };
}

function refused(path: string, what: string): ReturnType<typeof readStructured> {
  return { documents: [], problems: [{ path, line: null, message: `${path} ${what}`, hint: "nothing was read from it" }] };
}

/** Lines of the keys of objects by path, in one pass; null when the text is too deep to be walked. */
function keyLines(text: string): Map<string, number> | null {
  const lines = new Map<string, number>();
  const keys: string[] = [];
  // Of each open bracket: whether it is an object.
  const open: boolean[] = [];
  let line = 1;
  let last = "";
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    else if (code === 34) {
      const start = at + 1;
      for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
      last = open.length <= deepestLine ? text.slice(start, at) : "";
    } else if (code === 58 && open.at(-1) === true && open.length <= deepestLine) {
      keys[open.length - 1] = last;
      // Arrays have no keys, so a path through one is no path that anybody asks for.
      if (!open.includes(false)) lines.set(JSON.stringify(keys.slice(0, open.length)), line);
    } else if (code === 123 || code === 91) {
      open.push(code === 123);
      if (open.length > maxDepth) return null;
    } else if (code === 125 || code === 93) open.pop();
  }
  return lines;
}
