/** Charts from elsewhere that a repository deploys. */

import { lastPart } from "#collect/manifests/index.js";
import { plainDeployed } from "./deployed-defaults.js";
import type { ChartDependency } from "./helm/charts.js";
import type { Release } from "./helm/releases.js";
import { textOf, type ValueMap } from "./helm/value.js";
import type { Place } from "./kubernetes-places.js";
import type { Workload } from "./kubernetes-workloads.js";

/** A part of a chart whose source is elsewhere. */
export interface RemotePart extends ChartDependency {
  readonly chart: string;
  readonly release: string;
  readonly values: ValueMap;
}

/** Charts from elsewhere run something too; which image is not said, so the name of the chart stands for it. */
export function remoteWorkloads(releases: readonly Release[], parts: readonly RemotePart[]): Workload[] {
  const byRelease = releases
    .filter((release) => release.folder === null && !/^\.{0,2}\/|[${]/.test(release.chart))
    .map((release) => remoteWorkload(release.name, release.chart, release, [], null));
  const owners = new Map<string, Set<string>>();
  for (const part of parts)
    owners.set(part.alias ?? part.name, (owners.get(part.alias ?? part.name) ?? new Set()).add(part.chart));
  const byChart = parts
    .filter((part) => part.name !== "common" && part.repository !== "" && !part.repository.startsWith("file:"))
    .map((part) => {
      const short = part.alias ?? part.name;
      const full = `${part.release}-${short}`;
      const name = (owners.get(short)?.size ?? 0) > 1 ? full : short;
      const given = textOf(part.values.get("fullnameOverride"));
      const names = [full, `${full}-master`, `${full}-primary`, `${full}-headless`, given].filter(
        (alias) => alias !== "" && alias !== name,
      );
      return remoteWorkload(name, `${lastPart(part.repository.replace(/\/$/, ""))}/${part.name}`, part, names, part.chart);
    });
  return [...byRelease, ...byChart];
}

function remoteWorkload(name: string, image: string, place: Place, aliases: readonly string[], chart: string | null): Workload {
  return {
    ...plainDeployed("helm", place.file, place.line, name),
    aliases,
    image,
    kind: "Chart",
    chart,
    images: [{ image, line: place.line }],
  };
}
