/** Looking into values of which the shape is not known. */

/** The object itself; an empty one for anything that is no object. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** The array itself; an empty one for anything that is none. */
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Texts of an array; the text itself as the only one; nothing for anything else. */
export function texts(value: unknown): string[] {
  return (typeof value === "string" ? [value] : list(value)).filter((item): item is string => typeof item === "string");
}

/** A scalar as text; "" for anything else. (`String` throws on objects without a prototype.) */
export function scalarText(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
