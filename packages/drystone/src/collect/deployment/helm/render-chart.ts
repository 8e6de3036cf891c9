/** A chart with its parts, rendered for one release. */
import { lastPart } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import type { Chart, ChartDependency } from "./charts.js";
import { type Definition, isExhausted, type Rendering, rendering, renderTemplate } from "./evaluate.js";
import { type MarkedLine, readMarks, withoutSigns } from "./marks.js";
import { parseTemplate } from "./parse-template.js";
import { mapOf, mergeValues, textOf, type Value, type ValueMap, valueAt } from "./value.js";

export interface RenderedFile {
  /** Path of the template. */
  readonly path: string;
  /** The chart it belongs to: a part of the one that was asked for, or itself. */
  readonly chart: Chart;
  readonly text: string;
  /** Where a line of the text comes from, from 1. */
  readonly placeOf: (line: number) => { readonly file: string; readonly line: number };
}

export interface RenderedChart {
  readonly files: readonly RenderedFile[];
  /** Switched on, but its source is elsewhere. */
  readonly remote: readonly ChartDependency[];
  readonly problems: readonly Problem[];
  /** Functions and templates that are not known; what they would have printed is missing. */
  readonly unknown: readonly string[];
}

/** The charts and files of a repository. Trees of templates are kept from one rendering to the next. */
export interface ChartSources {
  readonly charts: ReadonlyMap<string, Chart>;
  readonly files: ReadonlyMap<string, string>;
  readonly parsed: Map<string, ReturnType<typeof parseTemplate>>;
  /** What is left for all charts of the repository. */
  readonly budget: { steps: number; characters: number };
}

const maxParts = 200;

/**
 * Renders all templates of a chart and of its parts that are switched on.
 * @param release name of the release, with the signs of `assumedRelease` where nobody gave one. @param over values beyond those of the chart.
 */
export function renderChart(sources: ChartSources, chart: Chart, release: string, over: ValueMap): RenderedChart {
  const paths: string[] = [];
  const remote: ChartDependency[] = [];
  const parts = partsOf(sources, chart, mergeValues(chart.values, over), remote);
  const definitions = new Map<string, Definition>();
  for (const { chart: part } of parts.toReversed()) {
    for (const path of part.templates) {
      const file = paths.push(path) - 1;
      for (const [name, nodes] of parsedTemplate(sources, path).defines) definitions.set(name, { nodes, file });
    }
  }
  const files: RenderedFile[] = [];
  const unknown = new Set<string>();
  const problems: Problem[] = [];
  const runs: Rendering[] = [];
  for (const part of parts) {
    const root = rootOf(part.chart, part.values, release);
    const run = rendering(definitions, root);
    // The bounds hold for the release as a whole.
    const before = runs.at(-1) ?? sources.budget;
    Object.assign(run, { steps: Math.min(run.steps, before.steps), characters: Math.min(run.characters, before.characters) });
    const start = { steps: run.steps, characters: run.characters };
    runs.push(run);
    for (const path of part.chart.templates) {
      if (!isRendered(path) || isExhausted(run)) continue;
      const { nodes } = parsedTemplate(sources, path);
      setTemplate(root, path, part.chart);
      const marked = renderTemplate({ nodes, file: paths.indexOf(path) }, root, run);
      if (marked.trim() !== "") files.push(renderedFile(path, part.chart, marked, paths));
    }
    for (const name of run.unknown) unknown.add(name);
    sources.budget.steps -= start.steps - run.steps;
    sources.budget.characters -= start.characters - run.characters;
  }
  if (runs.some(isExhausted)) {
    const path = `${chart.folder}/Chart.yaml`.replace(/^\//, "");
    problems.push({
      path,
      line: null,
      message: `${path}: the chart renders to more than is read`,
      hint: "what comes later is missing",
    });
  }
  return { files, remote, problems, unknown: [...unknown].sort() };
}

interface Part {
  readonly chart: Chart;
  readonly values: ValueMap;
}

/** The chart and, in any depth, the parts that its values switch on. A chart within itself is passed over. */
function partsOf(sources: ChartSources, chart: Chart, values: ValueMap, remote: ChartDependency[]): Part[] {
  const parts: Part[] = [];
  const add = (part: Part, around: readonly string[]) => {
    if (parts.length >= maxParts || around.includes(part.chart.folder) || around.length > 10) return;
    parts.push(part);
    for (const dependency of part.chart.dependencies) {
      if (!isOn(dependency, part.values)) continue;
      const below = dependency.folder === null ? undefined : sources.charts.get(dependency.folder);
      if (!below) remote.push(dependency);
      else add({ chart: below, values: partValues(below, dependency, part.values) }, [...around, part.chart.folder]);
    }
  };
  add({ chart, values }, []);
  return parts;
}

function isOn(dependency: ChartDependency, values: ValueMap): boolean {
  for (const condition of dependency.conditions) {
    const value = valueAt(values, condition.split("."));
    if (typeof value === "boolean") return value;
  }
  return true;
}

/** A part gets what stands below its name, and what is global. */
function partValues(chart: Chart, dependency: ChartDependency, parent: ValueMap): ValueMap {
  const own = mergeValues(chart.values, mapOf(parent.get(dependency.alias ?? dependency.name)));
  const global = mergeValues(mapOf(own.get("global")), mapOf(parent.get("global")));
  return global.size > 0 ? new Map([...own, ["global", global]]) : own;
}

function parsedTemplate(sources: ChartSources, path: string): ReturnType<typeof parseTemplate> {
  const known = sources.parsed.get(path);
  if (known) return known;
  const parsed = parseTemplate(withoutSigns(sources.files.get(path) ?? ""));
  sources.parsed.set(path, parsed);
  return parsed;
}

/** Files with `_` only define, notes are for people, tests run on demand. */
function isRendered(path: string): boolean {
  return /\.ya?ml$/.test(path) && !lastPart(path).startsWith("_") && !/\/templates\/(?:.{0,200}\/)?tests?\//.test(path);
}

function rootOf(chart: Chart, values: ValueMap, release: string): ValueMap {
  const file = (args: readonly Value[]) => chart.file(textOf(args[0]));
  return new Map<string, Value>([
    ["Values", values],
    [
      "Release",
      new Map<string, Value>([
        ["Name", release],
        ["Namespace", "default"],
        ["Service", "Helm"],
        ["Revision", 1],
        ["IsInstall", true],
        ["IsUpgrade", false],
      ]),
    ],
    [
      "Chart",
      new Map<string, Value>([
        ["Name", chart.name],
        ["Version", chart.version],
        ["AppVersion", chart.appVersion],
      ]),
    ],
    [
      "Capabilities",
      new Map<string, Value>([
        [
          "APIVersions",
          new Map<string, Value>([
            ["Has", ([name]) => /^(?:apps|batch|networking\.k8s\.io|policy|autoscaling)\/v/.test(textOf(name))],
          ]),
        ],
        [
          "KubeVersion",
          new Map<string, Value>([
            ["Version", "v1.31.0"],
            ["GitVersion", "v1.31.0"],
            ["Major", "1"],
            ["Minor", "31"],
          ]),
        ],
        ["HelmVersion", new Map<string, Value>([["Version", "v3.16.0"]])],
      ]),
    ],
    [
      "Files",
      new Map<string, Value>([
        ["Get", file],
        ["GetBytes", file],
        ["Lines", (args) => (chart.file(textOf(args[0])) ?? "").split("\n").slice(0, 5000)],
        ["Glob", ([pattern]) => globbed(chart, textOf(pattern))],
      ]),
    ],
  ]);
}

/** Files that match, by path, with the methods that `.Files` has for them. */
function globbed(chart: Chart, pattern: string): Value {
  const found = chart.files.filter((path) => isMatch(pattern, path)).slice(0, 200);
  const texts = new Map<string, Value>(found.map((path) => [path, chart.file(path) ?? ""]));
  const byName = [...texts].map(([path, text]) => [lastPart(path), text] as const);
  const config = () => byName.map(([name, text]) => `${name}: ${JSON.stringify(text)}`).join("\n");
  return new Map<string, Value>([...texts, ...(found.length > 0 ? ([["AsConfig", config]] as const) : [])]);
}

/** `*` within a part of the path, `**` over parts; compared part by part, without a pattern that could run away. */
function isMatch(pattern: string, path: string): boolean {
  const wanted = pattern.replace(/^\.?\//, "").split("/");
  const given = path.split("/");
  const deep = wanted.indexOf("**");
  if (deep < 0 && wanted.length !== given.length) return false;
  const head = deep < 0 ? wanted : wanted.slice(0, deep);
  const tail = deep < 0 ? [] : wanted.slice(deep + 1);
  if (given.length < head.length + tail.length) return false;
  const end = given.slice(given.length - tail.length);
  return (
    head.every((part, at) => isPartMatch(part, given[at] ?? "")) && tail.every((part, at) => isPartMatch(part, end[at] ?? ""))
  );
}

function isPartMatch(pattern: string, part: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return pattern === part;
  if (!part.startsWith(first) || !part.endsWith(last) || part.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = part.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= part.length - last.length;
}

function setTemplate(root: ValueMap, path: string, chart: Chart): void {
  const base = `${chart.name}/templates`;
  root.set(
    "Template",
    new Map<string, Value>([
      ["BasePath", base],
      ["Name", `${base}/${lastPart(path)}`],
    ]),
  );
}

function renderedFile(path: string, chart: Chart, marked: string, paths: readonly string[]): RenderedFile {
  const { text, lines } = readMarks(marked);
  const places: (MarkedLine | null)[] = [];
  // A line without a mark belongs to the one before it.
  for (const line of lines) places.push(line ?? places.at(-1) ?? null);
  return {
    path,
    chart,
    text,
    placeOf: (line) => {
      const place = places[Math.max(0, Math.min(line, places.length) - 1)];
      return place ? { file: paths[place.file] ?? path, line: place.line } : { file: path, line: 1 };
    },
  };
}

/** True for a chart that deploys something by itself. */
export function isDeployable(chart: Chart): boolean {
  return !chart.library && (chart.templates.some(isRendered) || chart.dependencies.length > 0);
}
