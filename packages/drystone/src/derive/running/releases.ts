/** When each component went out to production, as every question about a part uses it. */
import { productionDeploys } from "#derive/deploys/index.js";
import type { Facts } from "#model/facts.js";
import type { Parameters } from "#model/parameters.js";
import type { Ref } from "#model/refs.js";

export interface Releases {
  /** Seconds since 1970, rising; deploys that failed are none. */
  readonly times: ReadonlyMap<Ref, readonly number[]>;
  /** Tags and commits of manifests stand for deploys: they show a release, not that it ran. */
  readonly isProxy: boolean;
}

/** Null where nothing is known to have gone out. */
export function releasesOf(facts: Facts, parameters: Parameters): Releases | null {
  const log = productionDeploys(facts, parameters);
  return log === null ? null : { times: log.times, isProxy: log.proxies };
}
