/** Arguments and attributes as templates. */
import type { Template } from "../cue.js";
import { argumentOffsets, templateAt } from "../expression.js";
import type { Source } from "../source.js";
import { attributeOffsets } from "./arguments.js";
import { expanded } from "./expanded.js";
import { springTemplate } from "./placeholders.js";
import type { Annotation } from "./structure.js";

/** The template of argument `index`, seen through small methods and fields; null when unknown. */
export function argument(source: Source, open: number, index: number): Template | null {
  const offset = argumentOffsets(source, open)[index];
  return offset === undefined ? null : valueAt(source, offset);
}

/** The template of the expression at the offset; null when unknown. */
export function valueAt(source: Source, offset: number): Template | null {
  const template = templateAt(expanded(source), offset);
  return template === null ? null : springTemplate(template);
}

/** Templates of an attribute; an empty text is one too, what is unknown is left out. */
export function attributes(source: Source, annotation: Annotation, ...names: readonly string[]): Template[] {
  return attributeOffsets(source, annotation, ...names).flatMap((offset) => {
    if (source.stringAt(offset)?.value === "") return [""];
    const template = valueAt(source, offset);
    return template === null ? [] : [template];
  });
}

export function attribute(source: Source, annotation: Annotation, ...names: readonly string[]): Template | null {
  return attributes(source, annotation, ...names)[0] ?? null;
}
