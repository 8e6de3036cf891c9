/** Functions on numbers and versions. */
import { numberOf, type TemplateFunction, textOf } from "./value.js";

export const mathFunctions: Readonly<Record<string, TemplateFunction>> = {
  int: ([value]) => Math.trunc(numberOf(value)),
  int64: ([value]) => Math.trunc(numberOf(value)),
  float64: ([value]) => numberOf(value),
  atoi: ([value]) => Math.trunc(numberOf(value)),
  toDecimal: ([value]) => Math.trunc(numberOf(value)),
  add: (args) => args.reduce<number>((sum, value) => sum + numberOf(value), 0),
  add1: ([value]) => numberOf(value) + 1,
  sub: ([left, right]) => numberOf(left) - numberOf(right),
  mul: (args) => args.reduce<number>((product, value) => product * numberOf(value), 1),
  div: ([left, right]) => (numberOf(right) === 0 ? 0 : Math.trunc(numberOf(left) / numberOf(right))),
  mod: ([left, right]) => (numberOf(right) === 0 ? 0 : numberOf(left) % numberOf(right)),
  max: (args) => args.reduce<number>((most, value) => Math.max(most, numberOf(value)), Number.NEGATIVE_INFINITY),
  min: (args) => args.reduce<number>((least, value) => Math.min(least, numberOf(value)), Number.POSITIVE_INFINITY),
  floor: ([value]) => Math.floor(numberOf(value)),
  ceil: ([value]) => Math.ceil(numberOf(value)),
  round: ([value]) => Math.round(numberOf(value)),
  semverCompare: ([constraint, version]) => fits(textOf(constraint), numbersOf(textOf(version))),
};

/** Alternatives with `||`, each a list of bounds. */
function fits(constraint: string, version: readonly number[]): boolean {
  return constraint
    .split("||")
    .some((bounds) =>
      [...bounds.matchAll(/([<>=!^~]{0,2})\s{0,5}v?(\d[\w.-]{0,40})/g)].every((bound) => isInside(bound, version)),
    );
}

function isInside(bound: RegExpMatchArray, version: readonly number[]): boolean {
  const limit = numbersOf(bound[2] ?? "");
  const order = compared(version, limit);
  const operator = bound[1] ?? "";
  if (operator === ">") return order > 0;
  if (operator === ">=" || operator === "=>") return order >= 0;
  if (operator === "<") return order < 0;
  if (operator === "<=" || operator === "=<") return order <= 0;
  if (operator === "!=") return order !== 0;
  if (operator === "^") return order >= 0 && version[0] === limit[0];
  return operator === "~" ? order >= 0 && version[0] === limit[0] && version[1] === limit[1] : order === 0;
}

function numbersOf(version: string): number[] {
  return (/^v?(\d{1,9}(?:\.\d{1,9}){0,3})/.exec(version)?.[1] ?? "0").split(".").map(Number);
}

function compared(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
