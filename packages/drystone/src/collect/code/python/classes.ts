/** Classes of a Python file with their bodies. */
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface PythonClass {
  readonly name: string;
  /** Last names of the bases. */
  readonly bases: readonly string[];
  readonly decorators: readonly string[];
  readonly start: number;
  /** Offset of the body and behind it. */
  readonly body: readonly [from: number, to: number];
}

const maxClasses = 1000;

/** At the first level or nested; at most 1,000. */
export const pythonClasses = perSource((source): readonly PythonClass[] => {
  const found: PythonClass[] = [];
  const heads = [
    ...source.bare.matchAll(
      /^([ \t]{0,24})class[ \t]{1,5}(\w{1,100})[ \t]{0,3}(?:\(([^()]{0,600}(?:\([^()]{0,200}\)[^()]{0,200}){0,5})\))?[ \t]{0,3}:/gm,
    ),
  ].slice(0, maxClasses);
  const inTexts = breaksInTexts(source);
  for (const head of heads) {
    const [whole, indent = "", name = "", bases = ""] = head;
    const from = head.index + whole.length;
    found.push({
      name,
      bases: bases.split(",").map((base) => base.trim().replace(/\[.*$/, "").split(".").at(-1) ?? ""),
      decorators: [
        ...(
          /(?:\n[ \t]{0,24}@[\w.]{1,60}(?:\([^\n]{0,160}\))?[ \t]{0,9}){1,6}\n$/.exec(
            `\n${source.bare.slice(Math.max(0, head.index - 500), head.index)}`,
          )?.[0] ?? ""
        ).matchAll(/@([\w.]{1,60})/g),
      ].map(([, one = ""]) => one),
      start: head.index,
      body: [from, endOf(source.bare, from, indent.length, inTexts)],
    });
  }
  return found;
});

/** Offsets of line breaks inside of texts: what follows them is no code, however far it is indented. */
function breaksInTexts({ bare, strings }: Source): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { start, end } of strings)
    for (let at = bare.indexOf("\n", start); at >= 0 && at < end; at = bare.indexOf("\n", at + 1)) found.add(at);
  return found;
}

function endOf(bare: string, from: number, indent: number, inTexts: ReadonlySet<number>): number {
  const limit = Math.min(bare.length, from + 40_000);
  let at = bare.indexOf("\n", from);
  while (at >= 0 && at < limit) {
    const blanks = /^[ \t]{0,40}/.exec(bare.slice(at + 1, at + 42))?.[0].length ?? 0;
    const first = bare[at + 1 + blanks];
    if (!inTexts.has(at) && first !== undefined && first !== "\n" && first !== "\r" && first !== ")" && blanks <= indent)
      return at + 1;
    at = bare.indexOf("\n", at + 1);
  }
  return Math.min(limit, bare.length);
}

export interface Field {
  readonly name: string;
  /** Type as written, or "". */
  readonly type: string;
  /** Offset of the value; null when there is none. */
  readonly valueAt: number | null;
}

/** `name: Type = value`, `name = value` at the first level of the body. */
export function fieldsOf(source: Source, { body: [from, to] }: PythonClass): Field[] {
  const text = source.bare.slice(from, to);
  const indent = /\n([ \t]{1,28})\S/.exec(text)?.[1] ?? "    ";
  const pattern =
    /\n([ \t]{1,28})([A-Za-z_]\w{0,80})[ \t]{0,5}(?::[ \t]{0,5}([^=\n]{1,160}?))?[ \t]{0,20}(?:=(?!=)[ \t]{0,20}|(?=\n|$))/g;
  return [...text.matchAll(pattern)].flatMap((match): Field[] => {
    const [whole, blanks, name = "", type = ""] = match;
    if (blanks !== indent || (type === "" && !whole.includes("="))) return [];
    return [{ name, type: type.trim(), valueAt: /=[ \t]{0,20}$/.test(whole) ? from + match.index + whole.length : null }];
  });
}
