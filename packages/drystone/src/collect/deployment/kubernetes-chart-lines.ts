/** Where the words of a workload stand that a template only prints: in the values of its chart. */
import type { Chart } from "./helm/charts.js";
import { onlyLine, valuesSection } from "./helm/values-line.js";
import type { ChartObjects } from "./kubernetes-chart-objects.js";
import type { Place } from "./kubernetes-places.js";
import type { Workload } from "./kubernetes-workloads.js";

/** What a template prints for whatever the values list stands in the values: a line that names neither the workload nor the variable shows nobody anything. */
export function withValuesLines(
  workload: Workload,
  read: ChartObjects,
  root: Chart,
  files: ReadonlyMap<string, string>,
): Workload {
  const own = [...read.charts.values()].find((one) => one.name === workload.chart);
  const sources = valuesTexts([...(own ? [own] : []), root], files);
  const names = [workload.name, ...workload.aliases];
  const sections = sources.flatMap(({ file, text }) => {
    const found = names.map((name) => valuesSection(text, name)).find((section) => section !== null);
    return found ? [{ file, ...found }] : [];
  });
  const places = (key: string): Place[] => [
    ...sections.flatMap(({ file, lineOf }) => placeOfLine(file, lineOf(key))),
    ...sources.flatMap(({ file, text }) => placeOfLine(file, onlyLine(text, key))),
  ];
  const environment = workload.environment.map((entry) =>
    isPrinted(lineAt(files, entry)) ? { ...entry, ...places(entry.key)[0] } : entry,
  );
  const [section] = sections;
  const isNamed = lineAt(files, workload)?.includes(workload.name) ?? false;
  if (!section || isNamed || !isOneOfMany(workload, read)) return { ...workload, environment };
  const imageLine = section.lineOf("image") ?? section.lineOf("repository") ?? section.line;
  return {
    ...workload,
    file: section.file,
    line: section.line,
    imageLine,
    images: workload.images.map(({ image }, index) => ({ image, line: index === 0 ? imageLine : section.line })),
    environment,
    dependsOn: workload.dependsOn.map((wait) => ({ ...wait, line: section.line })),
    volumes: workload.volumes.map((volume) => ({ ...volume, line: section.line })),
  };
}

function valuesTexts(
  charts: readonly Chart[],
  files: ReadonlyMap<string, string>,
): { readonly file: string; readonly text: string }[] {
  return [...new Set(charts.map(({ folder }) => (folder === "" ? "values.yaml" : `${folder}/values.yaml`)))].flatMap((file) => {
    const text = files.get(file);
    return text === undefined ? [] : [{ file, text }];
  });
}

function placeOfLine(file: string, line: number | null): Place[] {
  return line === null ? [] : [{ file, line }];
}

/** `- name: {{ .name }}`, or a whole list that is printed. */
function isPrinted(line: string | null): boolean {
  return /^(?:- )?(?:name:\s{0,20})?["']?\{\{/.test(line?.trim() ?? "");
}

/** True when one line of a template describes several workloads. */
function isOneOfMany(workload: Workload, read: ChartObjects): boolean {
  const same = read.objects.filter(
    (object) => object.kind === workload.kind && object.file === workload.file && object.line === workload.line,
  );
  return same.length > 1;
}

export function lineAt(files: ReadonlyMap<string, string>, place: Place): string | null {
  return files.get(place.file)?.split("\n", place.line)[place.line - 1] ?? null;
}
