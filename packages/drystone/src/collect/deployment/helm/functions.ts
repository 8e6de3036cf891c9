/** Functions of Go templates, Sprig and Helm that say something about names, images, addresses and environments. */
import { dictFunctions } from "./functions-dicts.js";
import { listFunctions } from "./functions-lists.js";
import { mathFunctions } from "./functions-math.js";
import { textFunctions } from "./functions-text.js";
import { isList, isMap, isTrue, type TemplateFunction, textOf, type Value } from "./value.js";

const logic: Readonly<Record<string, TemplateFunction>> = {
  and: (args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1) ?? null,
  or: (args) => args.find(isTrue) ?? args.at(-1) ?? null,
  not: ([value]) => !isTrue(value),
  eq: ([value, ...others]) => others.some((other) => isSame(value, other)),
  ne: ([left, right]) => !isSame(left, right),
  lt: ([left, right]) => order(left, right) < 0,
  le: ([left, right]) => order(left, right) <= 0,
  gt: ([left, right]) => order(left, right) > 0,
  ge: ([left, right]) => order(left, right) >= 0,
  default: (args) => (isTrue(args[1]) ? (args[1] ?? null) : (args[0] ?? null)),
  coalesce: (args) => args.find(isTrue) ?? null,
  empty: ([value]) => !isTrue(value),
  ternary: ([yes, no, test]) => (isTrue(test) ? (yes ?? null) : (no ?? null)),
  all: (args) => args.every(isTrue),
  any: (args) => args.some(isTrue),
  required: (args) => args[1] ?? null,
  fail: () => "",
  kindIs: ([kind, value]) => kindOf(value) === kind,
  kindOf: ([value]) => kindOf(value),
  typeIs: ([kind, value]) => kindOf(value) === kind || (kind === "float64" && typeof value === "number"),
  typeOf: ([value]) => kindOf(value),
  // Nothing is known of the cluster.
  lookup: () => new Map(),
};

function isSame(left: Value | undefined, right: Value | undefined): boolean {
  return left === right || (left !== null && right !== null && typeof left !== "object" && textOf(left) === textOf(right));
}

function order(left: Value | undefined, right: Value | undefined): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return textOf(left) < textOf(right) ? -1 : textOf(left) > textOf(right) ? 1 : 0;
}

function kindOf(value: Value | undefined): string {
  if (isMap(value)) return "map";
  if (isList(value)) return "slice";
  if (value === null || value === undefined) return "invalid";
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" ? (Number.isInteger(value) ? "int" : "float64") : "string";
}

const functions: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries({ ...logic, ...textFunctions, ...listFunctions, ...dictFunctions, ...mathFunctions }),
);

/** The function of that name, also for its `must…` form; undefined for one that is not known. */
export function templateFunction(name: string): TemplateFunction | undefined {
  const bare = /^must[A-Z]/.test(name) ? name.charAt(4).toLowerCase() + name.slice(5) : name;
  return functions.get(name) ?? functions.get(bare);
}
