/** Functions on lists. */
import { isList, isMap, isTrue, listOf, numberOf, type TemplateFunction, textOf, type Value } from "./value.js";

const maxItems = 10_000;

export const listFunctions: Readonly<Record<string, TemplateFunction>> = {
  list: (args) => args,
  tuple: (args) => args,
  len: ([value]) => (isMap(value) ? value.size : isList(value) ? value.length : textOf(value).length),
  index: (args) => args.slice(1).reduce<Value>(step, args[0] ?? null),
  slice: ([value, from, to]) => listOf(value).slice(numberOf(from), to === undefined ? undefined : numberOf(to)),
  first: ([value]) => listOf(value)[0] ?? null,
  last: ([value]) => listOf(value).at(-1) ?? null,
  rest: ([value]) => listOf(value).slice(1),
  initial: ([value]) => listOf(value).slice(0, -1),
  append: ([value, item]) => [...listOf(value).slice(0, maxItems), item ?? null],
  prepend: ([value, item]) => [item ?? null, ...listOf(value).slice(0, maxItems)],
  concat: (args) => args.flatMap((arg) => listOf(arg)).slice(0, maxItems),
  uniq: ([value]) => unique(listOf(value)),
  compact: ([value]) => listOf(value).filter(isTrue),
  reverse: ([value]) => [...listOf(value)].reverse(),
  without: ([value, ...others]) => listOf(value).filter((item) => !others.includes(item)),
  has: ([item, value]) => listOf(value).some((other) => other === item || textOf(other) === textOf(item)),
  sortAlpha: ([value]) =>
    listOf(value)
      .map((item) => textOf(item))
      .sort(),
  toStrings: ([value]) => listOf(value).map((item) => textOf(item)),
  until: ([to]) => numbers(0, numberOf(to), 1),
  untilStep: ([from, to, by]) => numbers(numberOf(from), numberOf(to), numberOf(by)),
  seq: (args) => numbers(args.length > 1 ? numberOf(args[0]) : 1, numberOf(args.at(-1)) + 1, 1).join(" "),
};

function step(value: Value, key: Value): Value {
  if (isMap(value)) return value.get(textOf(key)) ?? null;
  return isList(value) ? (value[numberOf(key)] ?? null) : null;
}

function unique(items: readonly Value[]): Value[] {
  const seen = new Set<Value>();
  return items.filter((item) => !seen.has(item) && seen.add(item));
}

function numbers(from: number, to: number, by: number): number[] {
  const found: number[] = [];
  for (let at = from; by > 0 ? at < to : by < 0 && at > to; at += by) if (found.push(at) >= 1000) break;
  return found;
}
