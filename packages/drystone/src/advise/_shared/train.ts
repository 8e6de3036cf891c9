/** Which deploys ship a part, and what else they ship. */

import { deployedAs } from "#derive/calls/index.js";
import { isTestPath } from "#derive/files/index.js";
import { releasesOf } from "#derive/running/index.js";
import { quantiles } from "#util/statistics/index.js";
import type { Advising } from "./advising.js";

export interface Train {
  /** own: the part deploys alone; shared: it travels with others. */
  readonly kind: "own" | "shared";
  /** Seconds since 1970, ascending. */
  readonly deploys: readonly number[];
  /** Tags and commits of manifests stand for deploys. */
  readonly isProxy: boolean;
}

/** Deploys of the part, or of the deployable that holds it. Null where none are known at all. */
export function trainOf({ estate, part, view }: Advising): Train | null {
  const releases = releasesOf(estate.facts, estate.parameters);
  if (releases === null) return null;
  const { isProxy } = releases;
  const times = (refs: Iterable<string>) => [...refs].flatMap((ref) => releases.times.get(ref) ?? []).sort((a, b) => a - b);
  const isService = estate.services.some((index) => part.components.has(index));
  if (isService) return { kind: "own", deploys: times(part.refs), isProxy };
  const whole = deployedAs(estate.facts);
  const holders = new Set(
    [...part.files].flatMap((file) => estate.components[view.files[file]?.component ?? -1]?.ref ?? []).map(whole),
  );
  const services = new Set(estate.services.flatMap((index) => estate.components[index]?.ref ?? []));
  const holding = [...holders].filter((ref) => services.has(ref));
  // A module outside of every deployable travels with the only one there is.
  return { kind: "shared", deploys: times(holding.length === 0 && services.size === 1 ? services : holding), isProxy };
}

export interface Shipped {
  /** Deploys with changes in the window. */
  readonly total: number;
  readonly withPart: number;
  readonly solo: number;
  /** Median share of deploys that the other modules are in; null with fewer than two of them. */
  readonly medianTrigger: number | null;
  /** Seconds from change to deploy. */
  readonly waits: { readonly own: readonly number[]; readonly others: readonly number[] };
}

/** Each change goes with the first deploy after it. */
export function shippedBy({ estate, part, view }: Advising, times: readonly number[]): Shipped {
  const perDeploy = new Map<number, { part: boolean; others: boolean; modules: Set<number> }>();
  const waits = { own: [] as number[], others: [] as number[] };
  for (const { set, files } of view.changes) {
    const deploy = times.find((time) => time >= set.time);
    if (deploy === undefined || files.length === 0) continue;
    const known = perDeploy.get(deploy) ?? { part: false, others: false, modules: new Set<number>() };
    perDeploy.set(deploy, known);
    const inside = files.some((file) => part.files.has(file));
    const outside = files.some((file) => !part.files.has(file) && !isTestPath(view.files[file]?.path ?? ""));
    known.part ||= inside;
    known.others ||= outside;
    for (const component of set.components) if (!part.components.has(component)) known.modules.add(component);
    if (inside) waits.own.push(deploy - set.time);
    else waits.others.push(deploy - set.time);
  }
  const deploys = [...perDeploy.values()];
  const others = estate.subjects.filter((index) => !part.components.has(index));
  const shares = others.map((index) => deploys.filter(({ modules }) => modules.has(index)).length / Math.max(1, deploys.length));
  const [median = null] = shares.length < 2 ? [] : quantiles(shares, [0.5]);
  const own = deploys.filter((deploy) => deploy.part);
  return {
    total: deploys.length,
    withPart: own.length,
    solo: own.filter((deploy) => !deploy.others).length,
    medianTrigger: median,
    waits,
  };
}
