/** Arguments of calls and attributes of annotations, as written. */
import { argumentOffsets } from "../expression.js";
import type { Source } from "../source.js";
import { type Annotation, structureOf } from "./structure.js";

/** Text of each argument as written, trimmed. */
export function argumentTexts(source: Source, open: number): string[] {
  const offsets = argumentOffsets(source, open);
  const close = Math.min(structureOf(source).closeOf(open), open + 4000);
  return offsets.map((from, index) => {
    const next = offsets[index + 1];
    const piece = source.code.slice(from, next ?? close);
    return (next === undefined ? piece : piece.slice(0, piece.lastIndexOf(","))).trim();
  });
}

/** Offsets of the values of an attribute, lists taken apart. `value` is also what stands without a name. */
export function attributeOffsets(source: Source, annotation: Annotation, ...names: readonly string[]): number[] {
  if (annotation.open === null) return [];
  const found: number[] = [];
  for (const offset of argumentOffsets(source, annotation.open)) {
    const named = /^([A-Za-z]\w{0,60})\s{0,9}=(?!=)\s{0,60}/.exec(source.bare.slice(offset, offset + 140));
    if (!names.includes(named?.[1] ?? "value")) continue;
    found.push(...elementOffsets(source, offset + (named?.[0].length ?? 0)));
  }
  return found;
}

/** `{a, b}`, `[a, b]`, `arrayOf(a, b)`, or the one expression itself. */
export function elementOffsets(source: Source, offset: number): number[] {
  const list =
    /(?:\{|\[|\*?(?:arrayOf|listOf|setOf|List\.of|Set\.of|Arrays\.asList|asList|Collections\.singleton(?:List)?)\s{0,3}\()/y;
  list.lastIndex = offset;
  return list.exec(source.bare) === null ? [offset] : argumentOffsets(source, list.lastIndex - 1);
}

/** The plain text of an attribute as written, placeholders included; null when it is no text. */
export function attributeText(source: Source, annotation: Annotation, ...names: readonly string[]): string | null {
  const offset = attributeOffsets(source, annotation, ...names)[0];
  return offset === undefined ? null : (source.stringAt(offset)?.value ?? null);
}
