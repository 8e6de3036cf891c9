/** Reads Ruby: arguments with and without brackets, options, classes and blocks. */
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import type { Source } from "../source.js";

/** Offsets of the arguments of the call whose name ends at the offset: `get("/x", a: 1)` and `get "/x", a: 1`. */
function argumentsAt(source: Source, nameEnd: number): number[] {
  const { bare } = source;
  const gap = /^[ \t]{0,20}/.exec(bare.slice(nameEnd, nameEnd + 21))?.[0].length ?? 0;
  const from = nameEnd + gap;
  if (bare[from] === "(") return argumentOffsets(source, from);
  if (gap === 0) return [];
  const found = [from];
  let depth = 0;
  for (let at = from; at < Math.min(bare.length, from + 2000); at++) {
    const char = bare[at];
    if (char === "(" || char === "[" || char === "{") depth++;
    else if (char === ")" || char === "]" || char === "}") depth--;
    if (depth < 0 || (char === "\n" && depth === 0 && !/[,\\]\s{0,9}$/.test(bare.slice(Math.max(from, at - 12), at)))) break;
    if (char === "," && depth === 0) found.push(at + 1 + (/^\s{0,100}/.exec(bare.slice(at + 1, at + 102))?.[0].length ?? 0));
  }
  return found;
}

/** The template of the argument at the index, when it is no option. */
export function argument(source: Source, nameEnd: number, index: number): Template | null {
  const offset = argumentsAt(source, nameEnd)[index];
  return offset === undefined || /^(?:[a-z_]\w{0,60}:(?!:)|:\w{1,60}\s{0,3}=>)/.test(source.bare.slice(offset, offset + 70))
    ? null
    : textAt(source, offset);
}

/** `url: X` or `:url => X` among the arguments, also inside of a hash. */
export function option(source: Source, nameEnd: number, ...names: readonly string[]): Template | null {
  for (const offset of argumentsAt(source, nameEnd)) {
    const inner = source.bare[offset] === "{" ? argumentOffsets(source, offset) : [offset];
    for (const at of inner) {
      const key = /^(?:["']?([a-z_]\w{0,60})["']?(?::(?!:)|\s{0,3}=>)\s{0,9}|:(\w{1,60})\s{0,5}=>\s{0,9})/.exec(
        source.code.slice(at, at + 90),
      );
      if (key !== null && names.includes(key[1] ?? key[2] ?? "")) return textAt(source, at + key[0].length);
    }
  }
  return null;
}

/** A symbol is the text of its name. Null for what begins with a hole and tells nothing. */
function textAt(source: Source, offset: number): Template | null {
  const symbol = /^:([a-z_]\w{0,80})\b/i.exec(source.bare.slice(offset, offset + 90))?.[1];
  const wrapped = /^(?:URI(?:\.parse|\.join)?|Addressable::URI\.parse|URI::HTTP\.build)\(/.exec(
    source.bare.slice(offset, offset + 40),
  );
  const inner = wrapped === null ? undefined : argumentOffsets(source, offset + wrapped[0].length - 1)[0];
  const value = symbol ?? templateAt(source, inner ?? offset);
  return value === null || /^(?:\{\}[^/]*)?$/.test(value) ? null : value;
}

export interface RubyClass {
  /** As written behind `class`. */
  readonly name: string;
  /** Modules and classes around it, joined with `::`; "" outside of all. */
  readonly namespace: string;
  readonly base: string | null;
  readonly at: number;
  /** Offset of the next class, or the end: good enough for what stands in a class. */
  readonly end: number;
}

export function classesOf({ bare }: Source): RubyClass[] {
  const matches = [
    ...bare.matchAll(
      /^[ \t]{0,40}class\s{1,5}([A-Z][\w:]{0,160})(?:[ \t]{0,5}<[ \t]{0,5}([A-Z][\w:]{0,160}(?:[[(][^\n]{0,80}[\])])?))?/gm,
    ),
  ].slice(0, 300);
  const namespaces = namespacesOf(bare);
  return matches.map((match, index) => ({
    name: match[1] ?? "",
    namespace: namespaces.get(match.index) ?? "",
    base: match[2] ?? null,
    at: match.index + match[0].search(/class/),
    end: matches[index + 1]?.index ?? bare.length,
  }));
}

/** What stands around each module and class, by the start of its line. The `end` of one stands below the word that opened it. */
function namespacesOf(bare: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  let around: readonly { readonly indent: number; readonly name: string }[] = [];
  for (const { 0: line, 1: space = "", 2: name, index } of bare.matchAll(boundary)) {
    if (name === undefined) {
      if (around.at(-1)?.indent === space.length) around = around.slice(0, -1);
      continue;
    }
    found.set(index, around.map((one) => one.name).join("::"));
    if (!/;[ \t]{0,9}end\b/.test(line) && around.length < mostNested) around = [...around, { indent: space.length, name }];
  }
  return found;
}

const mostNested = 20;
const boundary = /^([ \t]{0,40})(?:(?:module|class)[ \t]{1,5}([A-Z][\w:]{0,160})[^\n]{0,200}|end\b)/gm;

/** Inside of a block that runs for each of many, within the same method. */
export function inLoop({ bare }: Source, offset: number): boolean {
  const from = Math.max(0, bare.lastIndexOf("\n  def ", offset), bare.lastIndexOf("\n    def ", offset), offset - 3000);
  let depth = 0;
  for (const line of bare
    .slice(from, bare.indexOf("\n", offset) < 0 ? bare.length : bare.lastIndexOf("\n", offset))
    .split("\n")
    .reverse()) {
    if (/^\s{0,80}end\b/.test(line)) depth++;
    else if (
      /\bdo\b(?:\s{0,5}\|[^|]{0,80}\|)?\s{0,9}$|^\s{0,80}(?:if|unless|case|begin|while|until|for|def|class|module)\b/.test(line)
    ) {
      if (depth > 0) depth--;
      else if (
        /\.(?:each|map|each_with_index|each_slice|flat_map|find_each|times|select|collect|each_with_object|in_batches)\b|^\s{0,80}(?:while|until|for|loop)\b/.test(
          line,
        )
      )
        return true;
    }
  }
  return /\.(?:each|map|flat_map|find_each|collect)\s{0,3}\{[^{}\n]{0,300}$/.test(bare.slice(Math.max(0, offset - 320), offset));
}
