/** Struct types of a Go file with their fields and tags. */
import { closingBrackets } from "../common/call-sites.js";
import { perSource } from "../per-source.js";
import type { Source } from "../source.js";

export interface GoStruct {
  readonly name: string;
  readonly start: number;
  readonly fields: readonly GoField[];
  /** Embedded types as written. */
  readonly embedded: readonly string[];
}

export interface GoField {
  readonly name: string;
  /** As written, without `*` and `[]`. */
  readonly type: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly at: number;
}

/** Named struct types; fields of nested anonymous structs are left out. At most 1,000 types. */
export const goStructs = perSource((source): readonly GoStruct[] => {
  const closes = closingBrackets(source);
  const found: GoStruct[] = [];
  for (const match of source.bare.matchAll(
    /(?:^|\n)[ \t]{0,8}(?:type[ \t]{1,4})?(\w{1,100})(?:\[[^\]\n]{1,60}\])?[ \t]{1,20}struct[ \t]{0,3}\{/g,
  )) {
    if (found.length >= 1000) break;
    const open = match.index + match[0].length - 1;
    const end = Math.min(closes.get(open) ?? open, open + 40_000);
    found.push({
      name: match[1] ?? "",
      start: match.index + (match[0].startsWith("\n") ? 1 : 0),
      ...membersOf(source, open + 1, end - 1),
    });
  }
  return found;
});

function membersOf(source: Source, from: number, to: number): { fields: GoField[]; embedded: string[] } {
  const fields: GoField[] = [];
  const embedded: string[] = [];
  let depth = 0;
  let at = from;
  for (const line of source.bare.slice(from, to).split("\n")) {
    const [, names, type = ""] =
      /^[ \t]{0,20}([A-Za-z_]\w{0,80}(?:, ?\w{1,80}){0,8})[ \t]{1,60}([*[\]\w.{} ]{1,100}?)(?=[ \t]{0,60}_{2,}|[ \t]{0,20}$)/.exec(
        line,
      ) ?? [];
    const alone = /^[ \t]{0,20}\*?((?:\w{1,60}\.)?[A-Z]\w{0,80})(?=[ \t]{0,60}(?:_{2,}|$))/.exec(line)?.[1];
    if (depth === 0 && names !== undefined) {
      const tag = source.strings.length === 0 ? "" : tagIn(source, at, line);
      for (const name of names.split(/, ?/))
        fields.push({ name, type: type.replace(/[*[\]]/g, "").trim(), tags: tagsOf(tag), at });
    } else if (depth === 0 && alone !== undefined) embedded.push(alone);
    for (const char of line) depth += char === "{" ? 1 : char === "}" ? -1 : 0;
    at += line.length + 1;
    if (fields.length > 300) break;
  }
  return { fields, embedded };
}

function tagIn(source: Source, at: number, line: string): string {
  const end = line.trimEnd().length;
  let start = end;
  while (line[start - 1] === "_") start--;
  return end - start < 2 ? "" : (source.stringAt(at + start)?.value ?? "");
}

function tagsOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(/([\w-]{1,40}):"((?:[^"\\]|\\.){0,400})"/g)].map(([, key = "", value = ""]) => [key, value]));
}
