/** What really runs and ships, where it was given: facts of older form, and runs without these inputs, have none. */
import type { DeployFact, Facts } from "#model/facts.js";
import type { Ref } from "#model/refs.js";

/** How much work one component, or one route of it, did over time. */
export interface LoadSeries {
  readonly component: Ref | null;
  /** Values in time order: [seconds since 1970, load]. */
  readonly points: readonly (readonly [time: number, value: number])[];
}

interface Running {
  readonly deploys?: readonly DeployFact[];
  readonly loads?: readonly Partial<LoadSeries>[];
}

/** Every deploy that was read, in time order. */
export function deploysOf(facts: Facts): readonly DeployFact[] {
  return [...((facts as Running).deploys ?? [])].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

/** Deploys to production that did not fail and are no stand-ins; an environment that is not named counts as production. */
export function successfulDeploys(facts: Facts, component: Ref): readonly DeployFact[] {
  return deploysOf(facts).filter(
    (deploy) =>
      deploy.component === component &&
      deploy.success !== false &&
      !deploy.proxy &&
      (deploy.environment === "" || /^prod/i.test(deploy.environment)),
  );
}

/** Series of load with at least one point; entries of another form are left out. */
export function loadsOf(facts: Facts): readonly LoadSeries[] {
  return ((facts as Running).loads ?? []).flatMap(({ component, points }) =>
    Array.isArray(points) && points.length > 0 ? [{ component: component ?? null, points }] : [],
  );
}
