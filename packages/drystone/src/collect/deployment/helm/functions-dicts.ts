/** Functions on maps. */
import { readYaml } from "#collect/yaml/index.js";
import {
  copyOf,
  isMap,
  listOf,
  mapOf,
  mergeValues,
  sortedKeys,
  type TemplateFunction,
  textOf,
  toValue,
  type Value,
  type ValueMap,
} from "./value.js";

export const dictFunctions: Readonly<Record<string, TemplateFunction>> = {
  dict: (args) => pairs(args),
  get: ([map, key]) => mapOf(map).get(textOf(key)) ?? "",
  set: ([map, key, value]) => (isMap(map) ? map.set(textOf(key), value ?? null) : (map ?? null)),
  unset: ([map, key]) => {
    if (isMap(map)) map.delete(textOf(key));
    return map ?? null;
  },
  hasKey: ([map, key]) => mapOf(map).has(textOf(key)),
  keys: (args) => args.flatMap((map) => sortedKeys(mapOf(map))),
  values: (args) => args.flatMap((map) => sortedKeys(mapOf(map)).map((key) => mapOf(map).get(key) ?? null)),
  pick: ([map, ...keys]) => chosen(mapOf(map), (key) => keys.includes(key)),
  omit: ([map, ...keys]) => chosen(mapOf(map), (key) => !keys.includes(key)),
  pluck: ([key, ...maps]) => maps.flatMap((map) => mapOf(map).get(textOf(key)) ?? []),
  merge: ([into, ...others]) => written(into, others.toReversed().reduce<ValueMap>(mergedOver, new Map()), "below"),
  mergeOverwrite: ([into, ...others]) => written(into, others.reduce<ValueMap>(mergedOver, new Map()), "above"),
  deepCopy: ([value]) => copyOf(value ?? null),
  dig: (args) => dug(args),
  fromYaml: ([text]) => parsed(textOf(text)) ?? new Map(),
  fromYamlArray: ([text]) => listOf(parsed(textOf(text)) ?? []),
  fromJson: ([text]) => parsed(textOf(text)) ?? new Map(),
  fromJsonArray: ([text]) => listOf(parsed(textOf(text)) ?? []),
};

function pairs(args: readonly Value[]): ValueMap {
  const map: ValueMap = new Map();
  for (let at = 0; at < args.length; at += 2) map.set(textOf(args[at]), args[at + 1] ?? null);
  return map;
}

function chosen(map: ValueMap, isWanted: (key: string) => boolean): ValueMap {
  return new Map([...map].filter(([key]) => isWanted(key)));
}

function mergedOver(below: ValueMap, above: Value): ValueMap {
  return mergeValues(below, mapOf(above));
}

/** `merge` and `mergeOverwrite` write into their first map. */
function written(into: Value | undefined, others: ValueMap, place: "above" | "below"): Value {
  const target = mapOf(into);
  const merged = place === "above" ? mergeValues(target, others) : mergeValues(others, target);
  for (const [key, value] of merged) target.set(key, value);
  return target;
}

/** `dig "a" "b" default map`. */
function dug(args: readonly Value[]): Value {
  const map = args.at(-1);
  let value: Value | undefined = map;
  for (const key of args.slice(0, -2)) value = isMap(value) ? value.get(textOf(key)) : undefined;
  return value ?? args.at(-2) ?? null;
}

function parsed(text: string): Value | null {
  const document = readYaml("", text.slice(0, 200_000)).documents[0];
  return document ? toValue(document.value) : null;
}
