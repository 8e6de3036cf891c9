/** Names a reader knows instead of refs; people only as far as `people` allows. */
import { type Ref, shortName } from "#model/refs.js";
import type { Result } from "#model/result.js";
import type { TextOptions } from "./page.js";
import { shorten } from "./width.js";

/** The name of a component, resource or team, at most `width` columns; people by handle only where `people` is `handles`. */
export type NameOf = (ref: Ref, width?: number) => string;

export function namesOf(result: Result, people: TextOptions["people"]): NameOf {
  const { components, resources, teams } = result.model;
  const names = new Map<Ref, string>([...components, ...resources, ...teams].map(({ ref, name }) => [ref, name]));
  return (ref, width = 60) => {
    if (/^user:/i.test(ref)) return people === "handles" ? `@${shorten(shortName(ref), width - 1)}` : "one person";
    return shorten(names.get(ref) ?? shortName(ref), width);
  };
}
