/** Arguments, lists and object literals of JavaScript. */
import type { Template } from "../cue.js";
import type { Source } from "../source.js";
import { argumentOffsets } from "./argument-offsets.js";
import { textAt } from "./text-at.js";

export function argumentText(source: Source, open: number, index: number): Template | null {
  return textAt(source, argumentOffsets(source, open)[index]);
}

/** Offset of argument `index`; null when there is none. */
export function argumentAt(source: Source, open: number, index: number): number | null {
  return argumentOffsets(source, open)[index] ?? null;
}

/** Values by name of the object literal at the offset, or of the one that the name there is given; empty when it is none. Shorthand names give their own offset. */
export function propertiesAt(source: Source, offset: number | null, depth = 0): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (offset === null || depth > 2) return found;
  if (source.bare[offset] !== "{") {
    const name = /(?:this\.)?(?:[A-Za-z_$][\w$]{0,80}\.){0,2}([A-Za-z_$][\w$]{0,80})\s{0,9}(?=[,);\]}\n])/y;
    name.lastIndex = offset;
    const values = source.assignments.get(name.exec(source.bare)?.[1] ?? "") ?? [];
    const object = [...values].reverse().find((at) => source.bare[at] === "{");
    return object === undefined ? found : propertiesAt(source, object, depth + 1);
  }
  for (const at of argumentOffsets(source, offset)) {
    const literal = source.stringAt(at);
    const key = literal === null ? /^[A-Za-z_$][\w$]{0,80}/.exec(source.bare.slice(at, at + 90))?.[0] : literal.value;
    if (key === undefined) continue;
    const behind = literal === null ? at + key.length : literal.end;
    const colon = /^\s{0,9}:\s{0,200}/.exec(source.bare.slice(behind, behind + 220));
    if (colon) found.set(key, behind + colon[0].length);
    else if (literal === null && /^\s{0,9}[,}\n]/.test(source.bare.slice(behind, behind + 10))) found.set(key, at);
  }
  return found;
}

/** The text of the first of the properties that has one. */
export function propertyText(
  source: Source,
  properties: ReadonlyMap<string, number>,
  ...names: readonly string[]
): Template | null {
  for (const name of names) {
    const text = textAt(source, properties.get(name));
    if (text !== null) return text;
  }
  return null;
}

/** Texts of an array literal, or the one text; at most 20. */
export function textsAt(source: Source, offset: number | null | undefined): readonly Template[] {
  if (offset === null || offset === undefined) return [];
  if (source.bare[offset] !== "[") {
    const text = textAt(source, offset);
    return text === null ? [] : [text];
  }
  return argumentOffsets(source, offset)
    .slice(0, 20)
    .flatMap((at) => {
      const text = textAt(source, at);
      return text === null ? [] : [text];
    });
}
