/** Expressions and arguments of C# as templates: settings, connection strings, `nameof`, target-typed `new`, named arguments. */
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import { perSource } from "../per-source.js";
import { readSource, type Source } from "../source.js";
import { settingChains } from "./setting-chains.js";
import { structureOf } from "./structure.js";

/** The template of the expression at the offset; null when unknown. An empty text is unknown too. */
export function valueAt(source: Source, offset: number): Template | null {
  return templateAt(expanded(source), offset);
}

/** Argument by name, else by index. */
export function argument(source: Source, open: number, index: number, ...names: readonly string[]): Template | null {
  const offset = argumentAt(source, open, index, ...names);
  return offset === null ? null : valueAt(source, offset);
}

/** Offset of the value of an argument: the one with one of the names, else the one at the index that has no name. */
export function argumentAt(source: Source, open: number, index: number, ...names: readonly string[]): number | null {
  const offsets = argumentOffsets(source, open);
  for (const offset of offsets) {
    const label = labelAt(source, offset);
    if (label !== null && names.includes(label.name)) return label.valueAt;
  }
  const plain = offsets[index];
  return plain === undefined || labelAt(source, plain) !== null ? null : plain;
}

function labelAt({ bare }: Source, offset: number): { readonly name: string; readonly valueAt: number } | null {
  const pattern = /([A-Za-z_]\w{0,80})\s{0,9}:(?!:)\s{0,60}/y;
  pattern.lastIndex = offset;
  const found = pattern.exec(bare);
  return found?.[1] === undefined ? null : { name: found[1], valueAt: pattern.lastIndex };
}

/** True for `""` and `string.Empty`. */
export function isEmptyText(source: Source, offset: number): boolean {
  return source.stringAt(offset)?.value === "" || /^[sS]tring\.Empty\b/.test(source.bare.slice(offset, offset + 20));
}

const maxChanges = 400;
/** Longer names are no names to the reader of templates. */
const maxName = 70;

/** The same text, offsets kept, with names for expressions of C# that templates do not see through; what they stand for is behind the end. */
const expanded = perSource((source): Source => {
  const changes = [...settingChains(source), ...namesOfTypes(source), ...targetTyped(source)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
  const pieces: string[] = [];
  const tail: string[] = [];
  let at = 0;
  for (const [index, { start, end, expression }] of changes.slice(0, maxChanges).entries()) {
    const short = `q${index}`;
    if (start < at || end - start < short.length) continue;
    const name = short.padEnd(Math.min(end - start, maxName), "_");
    pieces.push(source.code.slice(at, start), name.padEnd(end - start));
    tail.push(`${name} = ${expression};`);
    at = end;
  }
  pieces.push(source.code.slice(at));
  return tail.length === 0 ? source : readSource(source.path, `${pieces.join("")}\n${tail.join("\n")}\n`, source.language);
});

interface Change {
  readonly start: number;
  readonly end: number;
  readonly expression: string;
}

/** `nameof(A.B)`, `typeof(B).Name`. */
function namesOfTypes({ bare }: Source): Change[] {
  return [
    ...bare.matchAll(
      /\b(?:nameof\(\s{0,9}[\w.]{0,120}?(\w{1,80})\s{0,9}\)|typeof\(\s{0,9}[\w.]{0,120}?(\w{1,80})\s{0,9}\)\.Name\b)/g,
    ),
  ].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    expression: `"${match[1] ?? match[2] ?? ""}"`,
  }));
}

/** `BaseAddress = new("http://orders")`, `new (uri)`. */
function targetTyped(source: Source): Change[] {
  return [...source.bare.matchAll(/(?<=[=(,:]\s{0,9})new\s{0,3}(?=\()/g)].flatMap((match) => {
    const open = match.index + match[0].length;
    const close = structureOf(source).closeOf(open);
    if (close - open > 300) return [];
    return [{ start: match.index, end: close + 1, expression: `new Uri${inner(source, open, close + 1)}` }];
  });
}

/** The text of a part, with the settings inside of it written out. */
function inner(source: Source, from: number, to: number): string {
  let text = "";
  let at = from;
  for (const { start, end, expression } of settingChains(source)) {
    if (start < at || end > to) continue;
    text += source.code.slice(at, start) + expression;
    at = end;
  }
  return text + source.code.slice(at, to);
}
