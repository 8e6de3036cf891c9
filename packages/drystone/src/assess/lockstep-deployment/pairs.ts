/** Pairs of services with why they deploy together. */
import { type ProductionDeploys, type ReleaseGroup, shipsChange, type Together } from "#derive/deploys/index.js";
import type { Ref } from "#model/refs.js";

export interface Pair {
  readonly a: Ref;
  readonly b: Ref;
  /** The direction in which it is stronger. */
  readonly strongest: Together;
  readonly from: Ref;
  readonly to: Ref;
  readonly isLockstep: boolean;
  readonly cause: Cause | null;
  /** Deploys of `from` that came with one of `to`. */
  readonly joint: readonly string[];
}

/** train: always at the same hour of the week. umbrella: one version for both. contract: the joint deploys ship changes of a contract. habit: nothing explains it. */
export type Cause = "train" | "umbrella" | "contract" | "habit";

/** Share of the joint deploys within two hours of the week that makes a train: ours, no source. */
const trainShare = 0.6;
const week = 7 * 86_400;
const slot = 2 * 3600;
/** Joint deploys with a change of a contract that make it the cause, as a share of them and against deploys that came alone: ours, no source. */
const contractShare = 0.5;
const contractRatio = 2;
const leastAlone = 5;

export function pairsOf(
  together: readonly Together[],
  services: readonly Ref[],
  groups: readonly ReleaseGroup[],
  log: ProductionDeploys | null,
  contracts: ReadonlyMap<Ref, readonly number[]>,
): readonly Pair[] {
  return services.flatMap((a, one) =>
    services.slice(one + 1).flatMap((b, offset): Pair[] => {
      const other = one + 1 + offset;
      const both = together.filter(
        ({ of, with: against }) => (of === one && against === other) || (of === other && against === one),
      );
      const strongest = both.toSorted((x, y) => Number(y.isLockstep) - Number(x.isLockstep) || y.rate.low - x.rate.low)[0];
      if (strongest === undefined) return [];
      const [from, to] = strongest.of === one ? [a, b] : [b, a];
      const joint = jointDeploys(from, to, strongest.windowSeconds, log);
      const { isLockstep } = strongest;
      return [
        {
          a,
          b,
          strongest,
          from,
          to,
          isLockstep,
          cause: isLockstep
            ? causeOf(
                a,
                b,
                joint,
                groups,
                isContract(
                  log?.times.get(from) ?? [],
                  joint,
                  [a, b].flatMap((ref) => contracts.get(ref) ?? []),
                ),
              )
            : null,
          joint: joint.map(({ id }) => id),
        },
      ];
    }),
  );
}

function jointDeploys(from: Ref, to: Ref, window: number, log: ProductionDeploys | null) {
  const others = log?.times.get(to) ?? [];
  return (log?.deploys ?? []).filter(
    ({ component, time, success }) =>
      component === from && success !== false && others.some((other) => Math.abs(other - time) <= window),
  );
}

function causeOf(
  a: Ref,
  b: Ref,
  joint: readonly { readonly time: number }[],
  groups: readonly ReleaseGroup[],
  shipsContracts: boolean,
): Cause {
  if (groups.some(({ services }) => services.includes(a) && services.includes(b))) return "umbrella";
  const times = joint.map(({ time }) => time % week);
  const most = times.reduce(
    (best, start) =>
      Math.max(best, times.filter((time) => Math.min(Math.abs(time - start), week - Math.abs(time - start)) <= slot / 2).length),
    0,
  );
  if (joint.length > 0 && most / joint.length >= trainShare) return "train";
  return shipsContracts ? "contract" : "habit";
}

/** Half of the joint deploys ship a change of a contract of the two, and twice as many of them as of those that came alone. */
function isContract(
  deploys: readonly number[],
  joint: readonly { readonly time: number }[],
  changes: readonly number[],
): boolean {
  if (joint.length === 0 || changes.length === 0) return false;
  const times = new Set(joint.map(({ time }) => time));
  const ships = shipsChange(
    deploys,
    changes.toSorted((a, b) => a - b),
  );
  const count = { joint: 0, alone: 0, aloneWith: 0, jointWith: 0 };
  for (const [index, time] of deploys.entries()) {
    if (times.has(time)) {
      count.joint++;
      if (ships[index] === true) count.jointWith++;
    } else {
      count.alone++;
      if (ships[index] === true) count.aloneWith++;
    }
  }
  const share = count.jointWith / Math.max(1, count.joint);
  if (share < contractShare) return false;
  return count.alone < leastAlone || share >= (contractRatio * count.aloneWith) / count.alone;
}
