/** Pooled ripple: of the changes that touch a service, how many touch another one too (metrics.md A1). */

import type { Parameters } from "#model/parameters.js";
import { type Estimate, proportionInterval, weeklyClusters, wilson } from "#util/statistics/index.js";
import type { ChangeSet } from "../change-sets/index.js";

export interface Ripple {
  /** Services in more than half of the change sets: they would make everything look coupled and are reported apart. None where all are. */
  readonly hubs: readonly number[];
  /** Sets that touch a service which is no hub. */
  readonly n: number;
  /** Those of them that touch two services or more. */
  readonly hits: number;
  /** The wider of Wilson and week bootstrap; null without sets. */
  readonly estimate: Estimate | null;
  readonly rippled: readonly ChangeSet[];
  readonly byService: ReadonlyMap<number, ServiceRipple>;
}

export interface ServiceRipple {
  readonly n: number;
  readonly hits: number;
  readonly estimate: Estimate | null;
}

/** @param subjects services by component index. */
export function pooledRipple(sets: readonly ChangeSet[], subjects: readonly number[], parameters: Parameters): Ripple {
  const isSubject = new Set(subjects);
  const touched = sets.map((set) => set.components.filter((component) => isSubject.has(component)));
  const counts = new Map<number, { n: number; hits: number }>(subjects.map((subject) => [subject, { n: 0, hits: 0 }]));
  for (const services of touched) {
    for (const service of services) {
      const count = counts.get(service);
      if (!count) continue;
      count.n++;
      if (services.length > 1) count.hits++;
    }
  }
  const active = subjects.filter((subject) => (counts.get(subject)?.n ?? 0) > 0);
  const busy = active.filter(
    (subject) => sets.length >= parameters.nMin.service && (counts.get(subject)?.n ?? 0) > parameters.A1.hub * sets.length,
  );
  // Where every service is in more than half of the changes they change together: none of them hides how the others are coupled.
  const hubs = busy.length < active.length ? busy : [];
  const isHub = new Set(hubs);
  const cases = sets.flatMap((set, index) => {
    const services = touched[index] ?? [];
    return services.some((service) => !isHub.has(service)) ? [{ set, time: set.time, hit: services.length > 1 }] : [];
  });
  const rippled = cases.filter(({ hit }) => hit).map(({ set }) => set);
  return {
    hubs,
    n: cases.length,
    hits: rippled.length,
    estimate: proportionInterval(weeklyClusters(cases), {
      level: parameters.ci.level,
      seed: parameters.ci.seed,
      draws: parameters.ci.draws,
    }),
    rippled,
    byService: new Map(
      [...counts].map(([service, { n, hits }]) => [service, { n, hits, estimate: wilson(hits, n, parameters.ci.level) }]),
    ),
  };
}
