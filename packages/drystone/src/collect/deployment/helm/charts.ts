/** Helm charts of a repository: what their files say, nothing rendered. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { readYaml, record, scalarText, texts, type YamlDocument } from "#collect/yaml/index.js";
import { withoutSigns } from "./marks.js";
import { mapOf, toValue, type ValueMap } from "./value.js";

export interface Chart {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  /** Holds definitions for other charts and is never deployed alone. */
  readonly library: boolean;
  readonly values: ValueMap;
  /** Paths of its templates, sorted. */
  readonly templates: readonly string[];
  readonly dependencies: readonly ChartDependency[];
  /** Text of a file of the chart, for `.Files.Get`. */
  readonly file: (path: string) => string | null;
  /** Paths of its other files, relative to the chart. */
  readonly files: readonly string[];
}

export interface ChartDependency {
  readonly name: string;
  readonly alias: string | null;
  readonly repository: string;
  /** Dotted paths of values, the first that is there decides. */
  readonly conditions: readonly string[];
  readonly file: string;
  readonly line: number;
  /** Folder of the chart in the repository; null when it comes from elsewhere. */
  readonly folder: string | null;
}

const maxCharts = 500;

/** Charts by folder: those with a `Chart.yaml`, and folders with templates beside a `values.yaml`. */
export function readCharts(files: ReadonlyMap<string, string>): Map<string, Chart> {
  const folders = chartFolders(files);
  const within = new Map<string, string[]>();
  for (const path of files.keys()) {
    const folder = closestFolder(path, folders);
    if (folder === null) continue;
    const paths = within.get(folder) ?? [];
    paths.push(path);
    within.set(folder, paths);
  }
  return new Map([...folders].map((folder) => [folder, readChart(folder, within.get(folder) ?? [], files, folders)]));
}

/** The chart in which a file stands; null when there is none. */
function closestFolder(path: string, folders: ReadonlySet<string>): string | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (folders.has(folder)) return folder;
    if (folder === "") return null;
  }
}

function chartFolders(files: ReadonlyMap<string, string>): Set<string> {
  const folders = new Set<string>();
  for (const [path, text] of files) {
    if (folders.size >= maxCharts) break;
    if (lastPart(path) === "Chart.yaml" || lastPart(path) === "Chart.yml") folders.add(folderOf(path));
    const templates = /^(.{0,400}?)(?:^|\/)templates\/[^/]{1,200}\.ya?ml$/.exec(path);
    const folder = templates?.[1];
    if (folder !== undefined && text.includes("{{") && files.has(inside(folder, "values.yaml"))) folders.add(folder);
  }
  return folders;
}

function readChart(
  folder: string,
  paths: readonly string[],
  files: ReadonlyMap<string, string>,
  folders: ReadonlySet<string>,
): Chart {
  const about = document(inside(folder, "Chart.yaml"), files) ?? document(inside(folder, "Chart.yml"), files);
  const root = record(about?.value);
  const isTemplate = (path: string) => path.startsWith(inside(folder, "templates/"));
  return {
    folder,
    name: scalarText(root["name"]) || lastPart(folder) || "chart",
    version: scalarText(root["version"]),
    appVersion: scalarText(root["appVersion"]),
    library: root["type"] === "library",
    values: readValues(inside(folder, "values.yaml"), files),
    templates: paths.filter((path) => isTemplate(path) && /\.(?:ya?ml|tpl|txt)$/.test(path)).sort(),
    dependencies: dependencies(folder, about, files, folders),
    file: (path) => files.get(inside(folder, path)) ?? null,
    files: paths.filter((path) => !isTemplate(path)).map((path) => (folder === "" ? path : path.slice(folder.length + 1))),
  };
}

/** Values of a file; empty when there is none or it cannot be read. */
export function readValues(path: string, files: ReadonlyMap<string, string>): ValueMap {
  return mapOf(toValue(document(path, files)?.value ?? null));
}

function document(path: string, files: ReadonlyMap<string, string>): YamlDocument | null {
  const text = files.get(path);
  return text === undefined ? null : (readYaml(path, withoutSigns(text)).documents[0] ?? null);
}

/** From `Chart.yaml`, or `requirements.yaml` of older charts. */
function dependencies(
  folder: string,
  about: YamlDocument | null,
  files: ReadonlyMap<string, string>,
  folders: ReadonlySet<string>,
): ChartDependency[] {
  const older = inside(folder, "requirements.yaml");
  const inOlder = document(older, files);
  const declared = [...listed(inside(folder, "Chart.yaml"), about, folder, folders), ...listed(older, inOlder, folder, folders)];
  // A chart below `charts/` is a part, whether it is listed or not.
  const parts = [...folders].filter((other) => folderOf(other) === inside(folder, "charts"));
  const known = new Set(declared.map((dependency) => dependency.folder));
  return [
    ...declared,
    ...parts
      .filter((part) => !known.has(part))
      .map((part) => ({
        name: lastPart(part),
        alias: null,
        repository: "",
        conditions: [],
        file: inside(part, "Chart.yaml"),
        line: 1,
        folder: part,
      })),
  ];
}

function listed(file: string, about: YamlDocument | null, folder: string, folders: ReadonlySet<string>): ChartDependency[] {
  const list = record(about?.value)["dependencies"];
  return (Array.isArray(list) ? list.slice(0, 200) : []).flatMap((item, index) => {
    const dependency = record(item);
    const name = scalarText(dependency["name"]);
    if (name === "") return [];
    const repository = scalarText(dependency["repository"]);
    const near = repository.startsWith("file://") ? joinPath(folder, repository.slice("file://".length)) : null;
    const candidates = [near, inside(folder, `charts/${name}`)];
    return [
      {
        name,
        alias: scalarText(dependency["alias"]) || null,
        repository,
        conditions: texts(dependency["condition"]).flatMap((condition) => condition.split(",").map((path) => path.trim())),
        file,
        line: about?.lineOf(["dependencies", index, "name"]) ?? 1,
        folder: candidates.find((candidate) => candidate !== null && folders.has(candidate)) ?? null,
      },
    ];
  });
}

function inside(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}
