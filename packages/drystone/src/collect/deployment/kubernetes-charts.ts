/** Workloads of the charts of a repository: each chart as its files ask for it, with variants for other files of values. */
import type { Problem } from "#model/facts.js";
import { type Chart, readCharts, readValues } from "./helm/charts.js";
import { assumedRelease } from "./helm/marks.js";
import { type Release, readReleases } from "./helm/releases.js";
import { type ChartSources, isDeployable, renderChart } from "./helm/render-chart.js";
import { missingValues, readValuesAround, type ValuesAround } from "./helm/shared-values.js";
import { mapOf, mergeValues, type ValueMap } from "./helm/value.js";
import { lineAt, withValuesLines } from "./kubernetes-chart-lines.js";
import { readRendered, shortNames } from "./kubernetes-chart-objects.js";
import type { Scope } from "./kubernetes-lookup.js";
import type { KubeObject } from "./kubernetes-objects.js";
import { type RemotePart, remoteWorkloads } from "./kubernetes-remote-charts.js";
import { byBaseFirst, type Described } from "./kubernetes-variants.js";
import { type Workload, workloadsOf } from "./kubernetes-workloads.js";

export interface ChartEstate {
  /** Base first, variants after it. */
  readonly workloads: readonly Described[];
  readonly scopes: readonly Scope[];
  readonly problems: readonly Problem[];
}

const maxRenderings = 600;
const maxVariants = 6;

/** @param outer where to look for what charts do not bring themselves. */
export function readChartEstate(files: ReadonlyMap<string, string>, outer: Scope): ChartEstate {
  const charts = readCharts(files);
  if (charts.size === 0 && ![...files.keys()].some((path) => /helmfile|skaffold|release/i.test(path))) return nothing;
  const sources: ChartSources = { charts, files, parsed: new Map(), budget: { steps: 4_000_000, characters: 100_000_000 } };
  const releases = readReleases(files, new Set(charts.keys()));
  const around = readValuesAround(files, charts);
  const asked = askedFor(charts, releases, files, around).slice(0, maxRenderings);
  const estates = asked.map((one) => renderedEstate(sources, one, outer));
  const remote = remoteWorkloads(
    releases,
    estates.flatMap((estate) => estate.remote),
  );
  return {
    workloads: [
      ...estates.flatMap((estate) => estate.workloads.map((workload) => ({ workload, otherwise: estate.name }))),
      ...remote.map((workload) => ({ workload, otherwise: workload.chart ?? "" })),
    ],
    scopes: estates.map((estate) => estate.scope),
    problems: distinct(estates.flatMap((estate) => estate.problems)),
  };
}

const nothing: ChartEstate = { workloads: [], scopes: [], problems: [] };

interface Asked {
  readonly chart: Chart;
  /** Null when nobody says how the release is called. */
  readonly release: string | null;
  readonly values: ValueMap;
  readonly variant: string;
}

/** Charts as releases ask for them; others once by themselves, unless another chart holds them. */
function askedFor(
  charts: ReadonlyMap<string, Chart>,
  releases: readonly Release[],
  files: ReadonlyMap<string, string>,
  around: ValuesAround,
): Asked[] {
  const parts = new Set([...charts.values()].flatMap((chart) => chart.dependencies.map((dependency) => dependency.folder)));
  const byFolder = new Map<string, Release[]>();
  for (const release of releases) {
    if (release.folder === null) continue;
    byFolder.set(release.folder, [...(byFolder.get(release.folder) ?? []), release]);
  }
  const ordered = [...charts.values()].sort((one, other) => byBaseFirst(one.folder, other.folder));
  return ordered.flatMap((chart) => {
    const own = byFolder.get(chart.folder) ?? [];
    if (!isDeployable(chart) || (parts.has(chart.folder) && own.length === 0)) return [];
    const base = missingValues(chart, files, around);
    if (new Set(own.map((release) => release.name)).size > 1) return own.map((release) => askedBy(release, chart, base, files));
    const release = own[0]?.name ?? null;
    const first = own[0] ? askedBy(own[0], chart, base, files) : { chart, release, values: base, variant: "" };
    return [
      first,
      ...variantFiles(chart).map(({ variant, path }) => ({
        ...first,
        variant,
        values: mergeValues(first.values, readValues(path, files)),
      })),
    ];
  });
}

function askedBy(release: Release, chart: Chart, base: ValueMap, files: ReadonlyMap<string, string>): Asked {
  const given = release.valuesFiles.reduce((below, path) => mergeValues(below, readValues(path, files)), base);
  return { chart, release: release.name, values: mergeValues(given, release.values), variant: "" };
}

/** `values-prod.yaml`, `values.prod.yaml`, `prod-values.yaml` beside the values of the chart. */
function variantFiles(chart: Chart): { readonly variant: string; readonly path: string }[] {
  return chart.files
    .flatMap((path) => {
      const variant = /^values[-._]([\w.-]{1,60})\.ya?ml$|^([\w.-]{1,60})[-._]values\.ya?ml$/.exec(path)?.slice(1).find(Boolean);
      return variant === undefined ? [] : [{ variant, path: chart.folder === "" ? path : `${chart.folder}/${path}` }];
    })
    .slice(0, maxVariants);
}

interface Estate {
  /** Name of the release, or of its chart. */
  readonly name: string;
  readonly workloads: readonly Workload[];
  readonly scope: Scope;
  readonly remote: readonly RemotePart[];
  readonly problems: readonly Problem[];
}

function renderedEstate(sources: ChartSources, asked: Asked, outer: Scope): Estate {
  const { chart, values, variant } = asked;
  const release = asked.release ?? assumedRelease(chart.name);
  const rendered = renderChart(sources, chart, release, values);
  const read = readRendered(rendered);
  const scope: Scope = { objects: read.objects, outer };
  const renamed = shortNames(read, asked.release === null);
  const workloads = workloadsOf(scope, {
    format: "helm",
    variant,
    chartOf: (object) => read.charts.get(object)?.name ?? chart.name,
    writtenAt: (place) => lineAt(sources.files, place),
    aliasesOf: (object) => (renamed.has(object) ? [object.name] : []),
  });
  const named = workloads
    .map((workload) => withShortName(workload, renamed))
    .map((workload) => withValuesLines(workload, read, chart, sources.files));
  const all = mergeValues(chart.values, values);
  return {
    name: asked.release ?? chart.name,
    workloads: named,
    scope,
    remote:
      variant === ""
        ? rendered.remote.map((dependency) => ({
            ...dependency,
            chart: chart.name,
            release: asked.release ?? chart.name,
            values: mapOf(all.get(dependency.alias ?? dependency.name)),
          }))
        : [],
    problems: [...rendered.problems, ...read.problems],
  };
}

function withShortName(workload: Workload, renamed: ReadonlyMap<KubeObject, string>): Workload {
  const short = [...renamed].find(([object]) => object.writtenName === workload.name && object.kind === workload.kind)?.[1];
  if (short === undefined) return workload;
  return { ...workload, name: short, aliases: [workload.name, ...workload.aliases.filter((alias) => alias !== short)] };
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}
