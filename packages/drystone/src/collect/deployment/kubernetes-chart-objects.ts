/** Objects that a chart renders to, and what of their names nobody wrote. */
import type { Problem } from "#model/facts.js";
import { readYaml, record, scalarText, type YamlDocument } from "../yaml/index.js";
import type { Chart } from "./helm/charts.js";
import { afterRelease, holdsRelease, withoutReleaseSigns } from "./helm/marks.js";
import type { RenderedChart } from "./helm/render-chart.js";
import { isOfInterest, type KubeObject, objectsOf, podOf } from "./kubernetes-objects.js";

export interface ChartObjects {
  readonly objects: readonly KubeObject[];
  /** Chart of each object. */
  readonly charts: ReadonlyMap<KubeObject, Chart>;
  /** Workloads whose name holds that of a release which nobody gave, with what is their own of it: "" when that is nothing. */
  readonly assumed: ReadonlyMap<KubeObject, string>;
  readonly problems: readonly Problem[];
}

export function readRendered(rendered: RenderedChart): ChartObjects {
  const charts = new Map<KubeObject, Chart>();
  const assumed = new Map<KubeObject, string>();
  const problems: Problem[] = [];
  for (const file of rendered.files) {
    const { documents, problems: broken } = readYaml(file.path, file.text, { wanted: isOfInterest });
    for (const problem of broken) {
      const place = file.placeOf(problem.line ?? 1);
      problems.push({
        path: place.file,
        line: place.line,
        message: `${place.file}:${place.line} could not be rendered: ${problem.message.replace(/^\S{1,500} /, "")}`.slice(0, 500),
        hint: "what this template describes is missing",
      });
    }
    for (const document of documents) {
      for (const made of objectsOf(document, file.placeOf, withoutReleaseSigns)) {
        // The namespace of a release that nobody gave is anybody's guess.
        const object = made.namespace === "default" ? { ...made, namespace: null } : made;
        charts.set(object, file.chart);
        const name = nameIn(document);
        if (holdsRelease(name) && podOf(object) !== null) assumed.set(object, ownName(name, file.chart));
      }
    }
  }
  return { objects: [...charts.keys()], charts, assumed, problems };
}

function nameIn(document: YamlDocument): string {
  return scalarText(record(record(document.value)["metadata"])["name"]);
}

/** `cart` of `shop-cart`, and of `cart-shop` in a chart `cart`; the whole name where it is built in another way. */
function ownName(name: string, chart: Chart): string {
  const rest = afterRelease(name);
  if (rest !== null) return rest;
  return name.startsWith(`${chart.name}-`) ? chart.name : withoutReleaseSigns(name);
}

/**
 * `shop-cart` of a chart `shop` is `cart` when nobody says how the release is called and the chart holds many programs.
 * A chart of one program keeps its name before that of its database.
 */
export function shortNames(read: ChartObjects, isAssumed: boolean): ReadonlyMap<KubeObject, string> {
  const names = [...read.assumed.values()];
  if (!isAssumed || names.includes("")) return new Map();
  return new Map(
    [...read.assumed].filter(([object, name]) => name !== object.name && names.indexOf(name) === names.lastIndexOf(name)),
  );
}
