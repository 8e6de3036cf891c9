/** Everything that a repository says about Kubernetes: plain objects, kustomizations and Helm charts. */
import { folderOf, lastPart } from "#collect/manifests/index.js";
import type { Problem } from "#model/facts.js";
import { record, scalarText } from "../yaml/index.js";
import { readCharts } from "./helm/charts.js";
import { isHelmScript } from "./helm/releases.js";
import { type BuiltImage, mayHoldBuilds, readBuilds } from "./kubernetes-builds.js";
import { readChartEstate } from "./kubernetes-charts.js";
import type { Scope } from "./kubernetes-lookup.js";
import { isService, type KubeObject, mayHoldObjects, readObjects } from "./kubernetes-objects.js";
import type { Place } from "./kubernetes-places.js";
import { type IngressRoute, routesOf } from "./kubernetes-routes.js";
import { isTemplated, withoutTemplate } from "./kubernetes-templated.js";
import { byBaseFirst, withVariants } from "./kubernetes-variants.js";
import { type Origin, type Workload, workloadsOf } from "./kubernetes-workloads.js";
import { isKustomization, type Kustomization, readKustomizations } from "./kustomization.js";
import { buildKustomization, type KustomizeSources } from "./kustomize.js";

export interface KubernetesEstate {
  readonly workloads: readonly Workload[];
  readonly ingressRoutes: readonly IngressRoute[];
  /** Services that are only another name for a host outside. */
  readonly externalNames: readonly ExternalName[];
  readonly builds: readonly BuiltImage[];
  readonly problems: readonly Problem[];
}

export interface ExternalName {
  readonly name: string;
  readonly host: string;
  readonly file: string;
  readonly line: number;
}

/** Cheap look whether a file says something about Kubernetes: objects, charts and their values, kustomizations and what they make ConfigMaps of. */
export function mayHoldKubernetes(path: string, text: string): boolean {
  if (/\.ya?ml$/.test(path)) {
    return (
      mayHoldObjects(text) ||
      mayHoldBuilds(text) ||
      /^(?:chart|requirements|helmfile[\w.-]{0,40}|kustomization|[\w.-]{0,60}values[\w.-]{0,60})\.ya?ml$/i.test(lastPart(path)) ||
      /(?:^|\/)templates\//.test(path) ||
      (isHelmScript(path) && /\bhelm\b/.test(text)) ||
      isNearby(path) ||
      // JSON patches.
      /^\s{0,8}-\s{1,8}op:/m.test(text)
    );
  }
  if (isKustomization(path) || /(?:^|\/)templates\/.{1,300}\.(?:tpl|txt)$/.test(path)) return true;
  return isHelmScript(path)
    ? /\bhelm3?\s{1,10}(?:install|upgrade)\b/.test(text)
    : /\.(?:env|properties|conf|json|toml)$/.test(path) && isNearby(path);
}

/** Files beside manifests: values, and what becomes part of a ConfigMap. */
function isNearby(path: string): boolean {
  return /(?:^|\/)(?:k8s|kubernetes|kube|kustomize|helm|charts?|manifests|overlays|base|deploy|deployments?)\//i.test(path);
}

/**
 * Reads what repositories describe in files; nothing is asked of a cluster and nothing of a chart is run but its templates, within bounds.
 * @param files texts by path: all for which `mayHoldKubernetes` holds. @param paths all of the repository.
 */
export function readKubernetesFiles(files: ReadonlyMap<string, string>, paths: readonly string[] = []): KubernetesEstate {
  const chartFolders = [...readCharts(files).keys()];
  const plain = readPlain(files, chartFolders);
  const outer: Scope = { objects: plain.objects, outer: null };
  const kustomized = readKustomized(files, paths, plain.objects);
  const charts = readChartEstate(files, outer);
  const origin = (variant: string): Origin => ({
    format: "kubernetes",
    variant,
    chartOf: () => null,
    writtenAt: (place) => lineAt(files, place),
    aliasesOf: () => [],
  });
  const loose: Scope = { objects: plain.objects.filter((object) => !kustomized.taken.has(object.file)), outer };
  // Loose objects are selected by services that stand in kustomizations too.
  const plainWorkloads = workloadsOf({ objects: plain.objects, outer: null }, origin("")).filter(
    (workload) => !kustomized.taken.has(workload.file),
  );
  const builtWorkloads = kustomized.scopes.flatMap(({ scope, variant }) => workloadsOf({ ...scope, outer }, origin(variant)));
  const bases = [...plainWorkloads, ...builtWorkloads.filter((workload) => workload.variant === "")];
  const overlays = builtWorkloads.filter((workload) => workload.variant !== "");
  bases.sort((one, other) => byBaseFirst(one.file, other.file));
  const scopes = [loose, ...kustomized.scopes.map(({ scope }) => scope), ...charts.scopes];
  return {
    workloads: withVariants([
      ...[...bases, ...overlays].map((workload) => ({ workload, otherwise: placeName(workload.file) })),
      ...charts.workloads,
    ]),
    ingressRoutes: distinct(
      scopes.flatMap((scope) => scope.objects.flatMap(routesOf)),
      (route) => JSON.stringify(route),
    ),
    externalNames: distinct(
      scopes.flatMap((scope) => scope.objects.flatMap(externalName)),
      (name) => JSON.stringify(name),
    ),
    builds: [...files].flatMap(([path, text]) => (/\.ya?ml$/.test(path) && mayHoldBuilds(text) ? readBuilds(path, text) : [])),
    problems: [...plain.problems, ...kustomized.problems, ...charts.problems],
  };
}

interface Plain {
  readonly objects: readonly KubeObject[];
  readonly problems: readonly Problem[];
}

/** Files outside of the templates of charts, base first. Templates of other tools are read as far as they go. */
function readPlain(files: ReadonlyMap<string, string>, chartFolders: readonly string[]): Plain {
  const templates = chartFolders.map((folder) => (folder === "" ? "templates/" : `${folder}/templates/`));
  const objects: KubeObject[] = [];
  const problems: Problem[] = [];
  for (const path of [...files.keys()].sort(byBaseFirst)) {
    const text = files.get(path) ?? "";
    if (
      !/\.ya?ml$/.test(path) ||
      !mayHoldObjects(text) ||
      isKustomization(path) ||
      templates.some((folder) => path.startsWith(folder))
    )
      continue;
    const templated = text.includes("{{");
    const read = readObjects(path, templated ? withoutTemplate(text) : text);
    objects.push(...read.objects.filter((object) => !isTemplated(object.name)));
    // A template is no YAML before it is rendered: nothing is wrong with the file.
    if (!templated) problems.push(...read.problems);
  }
  return { objects, problems };
}

interface Kustomized {
  readonly scopes: readonly { readonly scope: Scope; readonly variant: string }[];
  /** Files whose objects come through a kustomization. */
  readonly taken: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** Builds of all kustomizations: those of files only first, then those that build upon others. */
function readKustomized(
  files: ReadonlyMap<string, string>,
  paths: readonly string[],
  objects: readonly KubeObject[],
): Kustomized {
  const all = readKustomizations(files, paths);
  const problems = [...all.values()].flatMap((kustomization) => kustomization.problems);
  const sources: KustomizeSources = { files, objects: byFile(objects), all, built: new Map(), count: { objects: 0 }, problems };
  const ordered = [...all.values()].sort(
    (one, other) => one.folders.length - other.folders.length || byBaseFirst(one.file, other.file),
  );
  const scopes = ordered.map((kustomization) => ({
    scope: {
      objects: kustomization.component ? ownObjects(kustomization, objects) : buildKustomization(sources, kustomization.folder),
      outer: null,
    },
    variant: variantOf(kustomization),
  }));
  return { scopes, taken: new Set([...all.values()].flatMap((kustomization) => kustomization.files)), problems };
}

function byFile(objects: readonly KubeObject[]): ReadonlyMap<string, readonly KubeObject[]> {
  const found = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const same = found.get(object.file);
    if (same) same.push(object);
    else found.set(object.file, [object]);
  }
  return found;
}

/** A component is never built alone: what it adds is shown as it stands. */
function ownObjects(component: Kustomization, objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter((object) => component.files.includes(object.file));
}

/** "" for a base: files only, or what is called one. */
function variantOf({ folder, folders, component }: Kustomization): string {
  const name = lastPart(folder);
  return !component && (folders.length === 0 || name === "base" || name === "") ? "" : name;
}

function placeName(file: string): string {
  return lastPart(folderOf(file)) || lastPart(file).replace(/\.ya?ml$/, "");
}

function externalName(object: KubeObject): ExternalName[] {
  const host = scalarText(record(object.value["spec"])["externalName"]);
  if (!isService(object) || host === "") return [];
  return [{ name: object.name, host, file: object.file, line: object.line }];
}

function lineAt(files: ReadonlyMap<string, string>, place: Place): string | null {
  return files.get(place.file)?.split("\n", place.line)[place.line - 1] ?? null;
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
