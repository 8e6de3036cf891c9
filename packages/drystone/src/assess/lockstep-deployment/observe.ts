/** What manifests and the deploy log show, before it is judged. */
import {
  type Batches,
  batchesOf,
  contractChanges,
  type LockstepOptions,
  lockstepPairs,
  type ProductionDeploys,
  productionDeploys,
  type ReleaseGroup,
  releaseStructure,
} from "#derive/deploys/index.js";
import type { Estate } from "#derive/estate/index.js";
import type { Ref } from "#model/refs.js";
import { type DeclaredOrder, declaredOrders } from "./declared.js";
import { type Pair, pairsOf } from "./pairs.js";

export interface Lockstep {
  readonly services: readonly Ref[];
  readonly groups: readonly ReleaseGroup[];
  /** Services of groups. */
  readonly grouped: readonly Ref[];
  /** Those that cannot be given different versions without editing a text that they share. */
  readonly bound: readonly Ref[];
  /** Services whose version stands in a manifest. */
  readonly versioned: readonly Ref[];
  readonly log: ProductionDeploys | null;
  /** Services with enough deploys to judge. */
  readonly judged: readonly Ref[];
  readonly pairs: readonly Pair[];
  /** What commits say about the order of deploys. */
  readonly declared: readonly DeclaredOrder[];
  readonly batches: Batches | null;
  readonly weeks: number;
  /** Enough deploys of two services over enough weeks. */
  readonly isTemporal: boolean;
}

export function observe(estate: Estate): Lockstep {
  const { A2, nMin } = estate.parameters;
  const services = estate.services.flatMap((index) => estate.components[index]?.ref ?? []);
  const { groups, versioned } = releaseStructure(estate.facts.deployments, new Set(services));
  const log = productionDeploys(estate.facts, estate.parameters);
  const judged = services.filter((service) => (log?.times.get(service)?.length ?? 0) >= nMin.deploys);
  const weeks = log === null ? 0 : (log.to - log.from) / (7 * 86_400);
  const isTemporal = judged.length >= 2 && weeks >= A2.weeks;
  const options = optionsOf(estate);
  const together = isTemporal
    ? lockstepPairs(
        judged.map((service) => log?.times.get(service) ?? []),
        options,
      )
    : [];
  const succeeded = (log?.deploys ?? []).filter(({ component, success }) => success !== false && services.includes(component));
  return {
    services,
    groups,
    grouped: services.filter((service) => groups.some((group) => group.services.includes(service))),
    bound: services.filter((service) => groups.some((group) => group.isExpression && group.services.includes(service))),
    versioned,
    log,
    judged,
    pairs: pairsOf(together, judged, groups, log, together.length === 0 ? new Map() : contractChanges(estate.facts), options),
    declared: declaredOrders(estate),
    batches: log === null ? null : batchesOf(succeeded, options),
    weeks,
    isTemporal,
  };
}

function optionsOf({ parameters: { A2, ci } }: Estate): LockstepOptions {
  return { ...A2, level: ci.level, seed: ci.seed };
}
