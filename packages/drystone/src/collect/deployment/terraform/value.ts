/** Values of Terraform as far as files say them. */

export type TerraformValue = string | number | boolean | null | Unresolved | Encoded | readonly TerraformValue[] | TerraformMap;

export interface TerraformMap {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, TerraformValue>;
  readonly lineOf: (key: string) => { readonly file: string; readonly line: number };
}

/** What only an applied plan knows: `aws_sqs_queue.orders.url`. */
export interface Unresolved {
  readonly kind: "unresolved";
  readonly text: string;
}

/** Text of a value in JSON. */
export interface Encoded {
  readonly kind: "encoded";
  readonly value: TerraformValue;
}

export function unresolved(text: string): Unresolved {
  return { kind: "unresolved", text: text.slice(0, 500) };
}

export function isList(value: TerraformValue | undefined): value is readonly TerraformValue[] {
  return Array.isArray(value);
}

export function isMap(value: TerraformValue | undefined): value is TerraformMap {
  return kindOf(value) === "map";
}

export function isUnresolved(value: TerraformValue | undefined): value is Unresolved {
  return kindOf(value) === "unresolved";
}

export function isEncoded(value: TerraformValue | undefined): value is Encoded {
  return kindOf(value) === "encoded";
}

function kindOf(value: TerraformValue | undefined): string {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : "";
}

export function listOf(value: TerraformValue | undefined): readonly TerraformValue[] {
  return isList(value) ? value : [];
}

/** Value of a key; null when there is none. */
export function fieldOf(value: TerraformValue | undefined, key: string): TerraformValue {
  return isMap(value) ? (value.entries.get(key) ?? null) : null;
}

/** As a text has it; what is not resolved stays as it is written. */
export function scalarOf(value: TerraformValue | undefined): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isUnresolved(value)) return value.text;
  return isEncoded(value) ? jsonText(value.value) : null;
}

/** A text that is fully known; null otherwise. */
export function knownText(value: TerraformValue | undefined): string | null {
  const text = isUnresolved(value) ? null : scalarOf(value);
  return text === null || text === "" || text.includes("${") ? null : text;
}

export function jsonText(value: TerraformValue): string {
  return JSON.stringify(plain(value, { left: 20_000 })) ?? "null";
}

function plain(value: TerraformValue, budget: { left: number }): unknown {
  if (budget.left-- <= 0) return null;
  if (isUnresolved(value)) return `\${${value.text}}`;
  if (isEncoded(value)) return jsonText(value.value);
  if (isList(value)) return value.map((item) => plain(item, budget));
  return isMap(value) ? Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item, budget)])) : value;
}
