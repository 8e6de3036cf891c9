/** Values of expressions as far as the files at hand decide them. Nothing is run, and what only a plan knows stays as it is written. */

import { terraformFunction } from "./functions.js";
import type { Expression, ForExpression } from "./hcl.js";
import type { Scope } from "./scope.js";
import {
  fieldOf,
  isEncoded,
  isList,
  isMap,
  isUnresolved,
  jsonText,
  listOf,
  scalarOf,
  type TerraformMap,
  type TerraformValue,
  unresolved,
} from "./value.js";

const maxDepth = 80;
const maxItems = 2000;
const maxText = 200_000;

export function evaluate(expression: Expression, outer: Scope): TerraformValue {
  if (--outer.budget.steps <= 0 || outer.depth > maxDepth) return null;
  const scope = { ...outer, depth: outer.depth + 1 };
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "template":
      return templateText(expression.parts, scope);
    case "path":
      return pathValue(expression.base, expression.steps, scope);
    case "list":
      return expression.items.slice(0, maxItems).map((item) => evaluate(item, scope));
    case "map":
      return mapValue(expression.entries.slice(0, maxItems), scope);
    case "call":
      return terraformFunction(expression.name, expression.args.slice(0, 200), scope, evaluate);
    case "choice":
      return choice(expression, scope);
    case "operation":
      return operation(
        expression.operator,
        expression.left === null ? null : evaluate(expression.left, scope),
        evaluate(expression.right, scope),
      );
    default:
      return forValue(expression, scope);
  }
}

function templateText(parts: readonly Expression[], scope: Scope): TerraformValue {
  let text = "";
  for (const part of parts) {
    const value = evaluate(part, scope);
    scope.budget.steps -= Math.floor(text.length / 1000);
    text += isUnresolved(value) ? `\${${value.text}}` : (scalarOf(value) ?? "");
    if (text.length > maxText) return text.slice(0, maxText);
  }
  return text;
}

function mapValue(
  entries: readonly { readonly key: Expression; readonly value: Expression; readonly line: number }[],
  scope: Scope,
): TerraformMap {
  const lines = new Map<string, number>();
  const values = new Map<string, TerraformValue>();
  for (const entry of entries) {
    const key = scalarOf(evaluate(entry.key, scope)) ?? "";
    values.set(key, evaluate(entry.value, scope));
    lines.set(key, entry.line);
  }
  const first = entries[0]?.line ?? 1;
  return { kind: "map", entries: values, lineOf: (key) => ({ file: scope.file, line: lines.get(key) ?? first }) };
}

/** Where the test is not known the alternative that says more. */
function choice({ test, yes, no }: Extract<Expression, { kind: "choice" }>, scope: Scope): TerraformValue {
  const value = evaluate(test, scope);
  if (!isUnresolved(value) && value !== null) return evaluate(value === true || value === "true" ? yes : no, scope);
  const first = evaluate(yes, scope);
  return first === null || first === "" || (isList(first) && first.length === 0) ? evaluate(no, scope) : first;
}

function operation(operator: string, left: TerraformValue, right: TerraformValue): TerraformValue {
  if (operator === "!") return isUnresolved(right) ? right : !isTrue(right);
  if (operator === "&&") return [left, right].every(isTrue) || ([left, right].find((value) => !isTrue(value)) ?? false);
  if (operator === "||") return [left, right].some(isTrue) || ([left, right].find(isUnresolved) ?? false);
  if (isUnresolved(left) || isUnresolved(right))
    return unresolved(`${scalarOf(left) ?? ""} ${operator} ${scalarOf(right) ?? ""}`);
  if (operator === "==") return isSame(left, right);
  if (operator === "!=") return !isSame(left, right);
  const [one, other] = [Number(scalarOf(left) ?? 0), Number(scalarOf(right) ?? 0)];
  return arithmetic.get(operator)?.(one, other) ?? null;
}

const arithmetic: ReadonlyMap<string, (one: number, other: number) => number | boolean> = new Map<
  string,
  (one: number, other: number) => number | boolean
>([
  ["+", (one, other) => one + other],
  ["-", (one, other) => one - other],
  ["*", (one, other) => one * other],
  ["/", (one, other) => (other === 0 ? 0 : one / other)],
  ["%", (one, other) => (other === 0 ? 0 : one % other)],
  ["<", (one, other) => one < other],
  [">", (one, other) => one > other],
  ["<=", (one, other) => one <= other],
  [">=", (one, other) => one >= other],
]);

function isTrue(value: TerraformValue): boolean {
  return value === true || value === "true";
}

function isSame(left: TerraformValue, right: TerraformValue): boolean {
  if (isList(left) || isMap(left) || isList(right) || isMap(right)) return jsonText(left) === jsonText(right);
  return scalarOf(left) === scalarOf(right);
}

function forValue(expression: ForExpression, scope: Scope): TerraformValue {
  const over = evaluate(expression.over, scope);
  if (isUnresolved(over)) return over;
  const items: TerraformValue[] = [];
  const values = new Map<string, TerraformValue>();
  const sources = new Map<string, { file: string; line: number }>();
  for (const { key, value, place } of itemsOf(over).slice(0, maxItems)) {
    const [first = "", second] = expression.names;
    const names = new Map([
      ...scope.names,
      ...(second === undefined ? [[first, value] as const] : [[first, key] as const, [second, value] as const]),
    ]);
    const inner = { ...scope, names };
    if (expression.condition !== null && evaluate(expression.condition, inner) === false) continue;
    const made = withPlace(evaluate(expression.value, inner), place);
    if (expression.key === null) items.push(made);
    else {
      const name = scalarOf(evaluate(expression.key, inner)) ?? "";
      values.set(name, expression.groups ? [...listOf(values.get(name)), made] : made);
      if (place) sources.set(name, place);
    }
    if (scope.budget.steps <= 0) break;
  }
  if (expression.key === null) return items;
  return { kind: "map", entries: values, lineOf: (key) => sources.get(key) ?? { file: scope.file, line: 1 } };
}

/** What is made of an entry of a map stands where the entry stands, not where the loop does. */
function withPlace(value: TerraformValue, place: { readonly file: string; readonly line: number } | null): TerraformValue {
  return place !== null && isMap(value) ? { ...value, lineOf: () => place } : value;
}

interface Item {
  readonly key: TerraformValue;
  readonly value: TerraformValue;
  readonly place: { readonly file: string; readonly line: number } | null;
}

/** Items of a list or map, with their keys. */
export function itemsOf(value: TerraformValue): Item[] {
  if (isMap(value)) return [...value.entries].map(([key, item]) => ({ key, value: item, place: value.lineOf(key) }));
  return listOf(value).map((item, index) => ({ key: index, value: item, place: null }));
}

function pathValue(base: Expression | string, steps: readonly (Expression | string | null)[], scope: Scope): TerraformValue {
  const known = steps.map((step) =>
    step === null ? null : typeof step === "string" ? step : (scalarOf(evaluate(step, scope)) ?? ""),
  );
  if (typeof base !== "string") return walk(evaluate(base, scope), known);
  const named = scope.names.get(base);
  if (named !== undefined) return walk(named, known);
  const plain = known.slice(0, Math.max(0, known.indexOf(null) < 0 ? known.length : known.indexOf(null))) as string[];
  const found = scope.lookup(base, plain);
  return found ? walk(found.value, known.slice(found.taken)) : walk(unresolved(base), known);
}

function walk(start: TerraformValue, steps: readonly (string | null)[]): TerraformValue {
  let value = start;
  for (const [index, step] of steps.entries()) {
    if (isUnresolved(value)) value = unresolved(step === null ? value.text : `${value.text}.${step}`);
    else if (step === null) {
      const rest = steps.slice(index + 1);
      return isUnresolved(value) ? value : (isList(value) ? value : [value]).map((item) => walk(item, rest));
    } else if (isList(value)) value = value[Number(step)] ?? null;
    else value = isEncoded(value) ? null : fieldOf(value, step);
  }
  return value;
}
