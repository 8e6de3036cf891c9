/** Remembers where the values of deployment files stand, through copies, patches and templates. */

export interface Place {
  readonly file: string;
  readonly line: number;
}

type PlaceOfKey = (key: string | number) => Place | null;

/** By object and list: it lives as long as they do, and copies are given the places of what they were made of. */
const places = new WeakMap<object, PlaceOfKey>();

/**
 * A copy of a tree of plain values that remembers its places.
 * @param placeAt of a path in the tree; asked for only when somebody wants to know. @param change for each text.
 */
export function located(
  value: unknown,
  placeAt: (path: readonly (string | number)[]) => Place,
  change: (text: string) => string = (text) => text,
  path: readonly (string | number)[] = [],
): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map((item, index) => located(item, placeAt, change, [...path, index]))
    : fromEntries(Object.entries(value).map(([key, inner]) => [change(key), located(inner, placeAt, change, [...path, key])]));
  places.set(copy, (key) => placeAt([...path, key]));
  return copy;
}

/** Place of a key or item; null for what was never located. */
export function placeOf(holder: unknown, key: string | number): Place | null {
  return typeof holder === "object" && holder !== null ? (places.get(holder)?.(key) ?? null) : null;
}

/** Says for each key of an object from which other object its place comes. @returns the object. */
export function placedAs<T extends object>(made: T, source: (key: string | number) => object | null): T {
  places.set(made, (key) => placeOf(source(key), key));
  return made;
}

/** Says the place of each key. @returns the object. */
export function placedAt<T extends object>(made: T, place: PlaceOfKey): T {
  places.set(made, place);
  return made;
}

/** An object without a prototype: keys are written by strangers. */
export function fromEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const made = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) made[key] = value;
  return made;
}
