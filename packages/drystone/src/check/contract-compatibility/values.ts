/** Looking into values of which the shape is not known. */

export type Fields = Readonly<Record<string, unknown>>;

/** The object itself; an empty one for anything that is no object. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : nothing;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own value; undefined when there is none. `__proto__` is a name like any other. */
export function own(value: unknown, key: string): unknown {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): string[] {
  return list(value).filter((item): item is string => typeof item === "string");
}

/** A scalar as text; "" for anything else. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

export function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** The same text for the same value, whatever the order of its keys; cut off where it gets deep. */
export function canonical(value: unknown, depth = 0): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (depth > 40) return "…";
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join()}]`;
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item, depth + 1)}`)
    .join()}}`;
}

/** A value for a sentence, short. */
export function shown(value: unknown): string {
  const whole = canonical(value);
  return whole.length > 60 ? `${whole.slice(0, 57)}...` : whole;
}

const nothing: Fields = {};
