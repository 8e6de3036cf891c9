/** Values that the templates of a chart ask for, that its own file does not have, and that a file around it has: charts of one system often share them. */
import { folderOf } from "#collect/manifests/index.js";
import { readYaml } from "#collect/yaml/index.js";
import type { Chart } from "./charts.js";
import { withoutSigns } from "./marks.js";
import { isMap, mapOf, toValue, type ValueMap } from "./value.js";

/** Files of values by folder: maps that are neither objects nor settings of a tool that is known. */
export type ValuesAround = ReadonlyMap<string, readonly ValueMap[]>;

const maxFilesEach = 20;

/** @param folders of charts: only files around them are looked at. */
export function readValuesAround(files: ReadonlyMap<string, string>, charts: ReadonlyMap<string, Chart>): ValuesAround {
  const around = new Set([...charts.keys()].flatMap((folder) => (folder === "" ? [] : foldersAround(folder))));
  const found = new Map<string, ValueMap[]>();
  for (const [path, text] of files) {
    const folder = folderOf(path);
    if (
      !around.has(folder) ||
      charts.has(folder) ||
      !/\.ya?ml$/.test(path) ||
      /^(?:apiVersion|kind|services|version):/m.test(text)
    )
      continue;
    const list = found.get(folder) ?? [];
    const values = list.length < maxFilesEach && text.length < 200_000 ? valuesOf(path, text) : null;
    if (values) found.set(folder, [...list, values]);
  }
  return found;
}

/** The values that are missing, each from the closest file that has it. */
export function missingValues(chart: Chart, files: ReadonlyMap<string, string>, around: ValuesAround): ValueMap {
  const missing = new Set(usedKeys(chart, files).filter((key) => !chart.values.has(key) && key !== "global"));
  const found: ValueMap = new Map();
  for (const folder of chart.folder === "" ? [] : foldersAround(chart.folder)) {
    for (const values of around.get(folder) ?? []) {
      for (const [key, value] of values) {
        if (!missing.has(key) || !isMap(value)) continue;
        found.set(key, value);
        missing.delete(key);
      }
    }
    if (missing.size === 0) break;
  }
  return found;
}

function valuesOf(path: string, text: string): ValueMap | null {
  const value = toValue(readYaml(path, withoutSigns(text)).documents[0]?.value ?? null);
  return isMap(value) ? mapOf(value) : null;
}

function usedKeys(chart: Chart, files: ReadonlyMap<string, string>): string[] {
  const keys = new Set<string>();
  const own = chart.folder === "" ? "values.yaml" : `${chart.folder}/values.yaml`;
  for (const path of [...chart.templates, own]) {
    for (const match of (files.get(path) ?? "").matchAll(/\.Values\.([A-Za-z_]\w{0,100})/g)) if (match[1]) keys.add(match[1]);
  }
  return [...keys];
}

/** The folder's parents, the closest first; the root of the repository is none: it holds settings of everything. */
function foldersAround(folder: string): string[] {
  const found: string[] = [];
  for (let at = folderOf(folder); at !== ""; at = folderOf(at)) found.push(at);
  return found;
}
