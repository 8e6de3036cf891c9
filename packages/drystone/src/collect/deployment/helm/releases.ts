/** Releases of charts that files of a repository ask for: Skaffold, helmfile, Argo CD, Flux, and `helm install` in scripts. */
import { folderOf, joinPath, lastPart } from "#collect/manifests/index.js";
import { readYaml, record, scalarText, texts, type YamlDocument } from "#collect/yaml/index.js";
import { shellWords } from "../command-words.js";
import { withoutSigns } from "./marks.js";
import { mapOf, mergeValues, toValue, type ValueMap } from "./value.js";

export interface Release {
  readonly name: string;
  /** Folder of the chart in the repository; null for one from elsewhere. */
  readonly folder: string | null;
  /** As written: path, or name of a chart from elsewhere. */
  readonly chart: string;
  /** Paths of files of values, the last wins. */
  readonly valuesFiles: readonly string[];
  /** Values written beside it, over those of the files. */
  readonly values: ValueMap;
  readonly file: string;
  readonly line: number;
}

const maxReleases = 500;

/** True for a script that may call helm. */
export function isHelmScript(path: string): boolean {
  return (
    /\.(?:sh|bash|ps1|mk)$|^(?:Makefile|Taskfile\.ya?ml|Jenkinsfile|Justfile|justfile)$/.test(lastPart(path)) || isPipeline(path)
  );
}

function isPipeline(path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]{1,200}\.ya?ml$|(?:^|\/)(?:\.gitlab-ci|azure-pipelines[\w.-]{0,60}|bitbucket-pipelines)\.ya?ml$/.test(
    path,
  );
}

export function readReleases(files: ReadonlyMap<string, string>, chartFolders: ReadonlySet<string>): Release[] {
  const found: Release[] = [];
  for (const [path, text] of files) {
    if (found.length >= maxReleases) break;
    if (isHelmScript(path) && /\bhelm\b/.test(text)) found.push(...scriptReleases(path, text, chartFolders));
    else if (/\.ya?ml$/.test(path) && namesCharts(path, text)) {
      const plain = withoutSigns(text);
      for (const document of readYaml(path, plain).documents) found.push(...documentReleases(path, document, chartFolders));
    }
  }
  return found.slice(0, maxReleases);
}

function namesCharts(path: string, text: string): boolean {
  return (
    /^apiVersion:\s{0,9}["']?(?:skaffold\/|argoproj\.io\/|helm\.toolkit\.fluxcd\.io\/|helm\.cattle\.io\/)/m.test(text) ||
    /^helmfile(?:[\w.-]{0,40})?\.ya?ml$/.test(lastPart(path))
  );
}

type Fields = Readonly<Record<string, unknown>>;

function documentReleases(path: string, document: YamlDocument, folders: ReadonlySet<string>): Release[] {
  const root = record(document.value);
  const apiVersion = scalarText(root["apiVersion"]);
  const make = maker(path, folders);
  if (apiVersion.startsWith("skaffold/")) return skaffold(root, document, make);
  if (root["kind"] === "HelmRelease") return flux(root, document, make);
  if (root["kind"] === "Application") return argo(root, document, make);
  return lastPart(path).startsWith("helmfile") ? helmfile(root, document, make) : [];
}

type Make = (release: {
  name: string;
  chart: string;
  valuesFiles: readonly string[];
  values: ValueMap;
  line: number;
  from?: string;
}) => Release[];

function maker(file: string, folders: ReadonlySet<string>): Make {
  return ({ name, chart, valuesFiles, values, line, from }) => {
    if (name === "" || chart === "" || /[${<]/.test(name)) return [];
    const places = [from ?? folderOf(file), ""];
    const resolve = (written: string) => places.flatMap((place) => joinPath(place, written) ?? []);
    const folder = resolve(chart).find((path) => folders.has(path)) ?? null;
    const valuesPaths = valuesFiles.flatMap((written) => resolve(written));
    return [{ name, folder, chart, valuesFiles: valuesPaths, values, file, line }];
  };
}

function skaffold(root: Fields, document: YamlDocument, make: Make): Release[] {
  return [["deploy"], ["manifests"]].flatMap((path) => {
    const helm = record(record(root[path[0] ?? ""])["helm"]);
    return maps(helm["releases"]).flatMap((release, index) =>
      make({
        name: scalarText(release["name"]),
        chart: scalarText(release["chartPath"]) || scalarText(release["remoteChart"]),
        valuesFiles: texts(release["valuesFiles"]),
        values: settings(Object.entries(record(release["setValues"])).map(([key, value]) => [key, scalarText(value)])),
        line: document.lineOf([...path, "helm", "releases", index, "name"]),
      }),
    );
  });
}

function helmfile(root: Fields, document: YamlDocument, make: Make): Release[] {
  return maps(root["releases"]).flatMap((release, index) => {
    const values = Array.isArray(release["values"]) ? release["values"] : [];
    return make({
      name: scalarText(release["name"]),
      chart: scalarText(release["chart"]),
      valuesFiles: texts(values),
      values: values.reduce<ValueMap>((below, item) => mergeValues(below, mapOf(toValue(item))), new Map()),
      line: document.lineOf(["releases", index, "name"]),
    });
  });
}

function flux(root: Fields, document: YamlDocument, make: Make): Release[] {
  const spec = record(root["spec"]);
  const chart = record(record(spec["chart"])["spec"]);
  return make({
    name: scalarText(spec["releaseName"]) || scalarText(record(root["metadata"])["name"]),
    chart: scalarText(chart["chart"]),
    valuesFiles: texts(chart["valuesFiles"]),
    values: mapOf(toValue(spec["values"])),
    line: document.lineOf(["metadata", "name"]),
  });
}

function argo(root: Fields, document: YamlDocument, make: Make): Release[] {
  const spec = record(root["spec"]);
  const name = scalarText(record(root["metadata"])["name"]);
  return [record(spec["source"]), ...maps(spec["sources"])].flatMap((source) => {
    const helm = record(source["helm"]);
    const path = scalarText(source["path"]);
    const inline = scalarText(helm["values"]);
    const written = inline === "" ? new Map() : mapOf(toValue(readYaml("", inline).documents[0]?.value ?? null));
    return make({
      name: scalarText(helm["releaseName"]) || name,
      chart: path || scalarText(source["chart"]),
      valuesFiles: texts(helm["valueFiles"]),
      values: mergeValues(
        mergeValues(written, mapOf(toValue(helm["valuesObject"]))),
        settings(maps(helm["parameters"]).map((parameter) => [scalarText(parameter["name"]), scalarText(parameter["value"])])),
      ),
      line: document.lineOf(["metadata", "name"]),
      // Paths of values are relative to the chart, that of the chart to the repository.
      from: path,
    });
  });
}

/** `helm install name chart -f values.yaml --set a.b=c`. Calls whose name or chart is only known when the script runs are passed over. */
function scriptReleases(path: string, text: string, folders: ReadonlySet<string>): Release[] {
  const make = maker(path, folders);
  const found: Release[] = [];
  const lines = text.slice(0, 500_000).split("\n");
  for (let at = 0; at < lines.length; at++) {
    const start = /\bhelm3?\s{1,10}(?:install|upgrade)\b.{0,2000}$/.exec((lines[at] ?? "").slice(0, 4000))?.[0];
    if (start === undefined) continue;
    const line = at + 1;
    let command = start;
    while (/[\\`]\s{0,5}$/.test(command) && at + 1 < lines.length && command.length < 10_000)
      command = `${command.replace(/[\\`]\s{0,5}$/, "")} ${(lines[++at] ?? "").slice(0, 2000)}`;
    found.push(...commandRelease(shellWords(command), line, make));
  }
  return found;
}

const withoutValue =
  /^--?(?:install|i|wait|atomic|debug|dry-run|create-namespace|force|cleanup-on-fail|reuse-values|reset-values|devel|verify|dependency-update|history-max=.*)$/;

function commandRelease(words: readonly string[], line: number, make: Make): Release[] {
  const names: string[] = [];
  const valuesFiles: string[] = [];
  const set: [string, string][] = [];
  for (let at = 2; at < words.length; at++) {
    const word = words[at] ?? "";
    if (/^(?:[|;&]{1,2}|>)$/.test(word)) break;
    const [option = "", joined] = word.startsWith("-") ? word.split(/=(.*)/s, 2) : [];
    if (option === "") names.push(word);
    else if (!withoutValue.test(word)) {
      const value = joined ?? words[++at] ?? "";
      if (option === "-f" || option === "--values") valuesFiles.push(...value.split(","));
      else if (/^--set(?:-string)?$/.test(option)) set.push(...value.split(",").flatMap(pair));
      else if (option === "--name") names.unshift(value);
    }
  }
  const [name = "", chart = ""] = names;
  const releases = chart.includes("$") ? [] : make({ name, chart, valuesFiles, values: settings(set), line });
  // A chart from elsewhere has the name of its repository before its own.
  return releases.filter(
    (release) =>
      release.folder !== null ||
      (!isPipeline(release.file) && /^(?:oci:\/\/[\w./-]{1,200}|[a-z][\w-]{0,60}\/[a-z][\w-]{0,60})$/.test(chart)),
  );
}

function pair(text: string): [string, string][] {
  const equals = text.indexOf("=");
  return equals < 1 || text.includes("$") ? [] : [[text.slice(0, equals), text.slice(equals + 1)]];
}

/** `a.b=c` as nested maps. */
function settings(pairs: readonly (readonly [string, string])[]): ValueMap {
  return pairs.slice(0, 500).reduce<ValueMap>((below, [path, value]) => {
    const steps = path.split(".").slice(0, 20).toReversed();
    const typed = value === "true" ? true : value === "false" ? false : value;
    const nested = steps.reduce<ValueMap | string | boolean>((inner, step) => new Map([[step, inner]]), typed);
    return nested instanceof Map ? mergeValues(below, nested) : below;
  }, new Map());
}

function maps(value: unknown): Fields[] {
  return (Array.isArray(value) ? value.slice(0, 500) : []).map(record);
}
