/** Pairs of services with why they deploy together. */
import { type ProductionDeploys, type ReleaseGroup, shipsChange, type Together } from "#derive/deploys/index.js";
import type { Ref } from "#model/refs.js";
import { wilson } from "#util/statistics/index.js";

export interface Pair {
  readonly a: Ref;
  readonly b: Ref;
  /** The direction in which it is stronger. */
  readonly strongest: Together;
  readonly from: Ref;
  readonly to: Ref;
  readonly isLockstep: boolean;
  /** They go at the same hours anyway, so that the log cannot tell whether one waits for the other. */
  readonly isTimed: boolean;
  /** Both deploy so often that the log neither shows nor excludes that one follows the other. */
  readonly isCrowded: boolean;
  readonly cause: Cause | null;
  /** Deploys of `from` that came with one of `to`. */
  readonly joint: readonly string[];
}

/** train: always at the same hour of the week. umbrella: one version for both, in the manifests or in all that went out. contract: the joint deploys ship changes of a contract. habit: nothing explains it. */
export type Cause = "train" | "umbrella" | "contract" | "habit";

/** Share of the joint deploys within two hours of the week that makes a train: ours, no source. */
const trainShare = 0.6;
const week = 7 * 86_400;
const slot = 2 * 3600;
/** Joint deploys with a change of a contract that make it the cause, as a share of them and against deploys that came alone: ours, no source. */
const contractShare = 0.5;
const contractRatio = 2;
const leastAlone = 5;
/** Versions that both had at once before they count as released under one: ours, no source. */
const leastVersions = 5;

export function pairsOf(
  together: readonly Together[],
  services: readonly Ref[],
  groups: readonly ReleaseGroup[],
  log: ProductionDeploys | null,
  contracts: ReadonlyMap<Ref, readonly number[]>,
  { obsLo, level }: { readonly obsLo: number; readonly level: number },
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
      const isOne = isOneRelease(joint, obsLo, level);
      const isLockstep = strongest.isLockstep || (strongest.isTimed && isOne);
      return [
        {
          a,
          b,
          strongest,
          from,
          to,
          isLockstep,
          isTimed: strongest.isTimed && !isLockstep,
          isCrowded: !isLockstep && !strongest.isTimed && both.some(({ isCrowded }) => isCrowded),
          cause: isLockstep
            ? causeOf(
                joint,
                isOne || groups.some(({ services: own }) => own.includes(a) && own.includes(b)),
                isContract(
                  log?.times.get(from) ?? [],
                  joint,
                  [a, b].flatMap((ref) => contracts.get(ref) ?? []),
                ),
              )
            : null,
          joint: joint.map(({ deploy }) => deploy.id),
        },
      ];
    }),
  );
}

interface JointDeploy {
  readonly deploy: ProductionDeploys["deploys"][number];
  /** Of the other service, within the window. */
  readonly versions: readonly (string | null)[];
}

function jointDeploys(from: Ref, to: Ref, window: number, log: ProductionDeploys | null): JointDeploy[] {
  const good = (log?.deploys ?? []).filter(({ success }) => success !== false);
  const others = good.filter(({ component }) => component === to);
  return good
    .filter(({ component }) => component === from)
    .map((deploy) => ({
      deploy,
      versions: others.filter(({ time }) => Math.abs(time - deploy.time) <= window).map(({ version }) => version),
    }))
    .filter(({ versions }) => versions.length > 0);
}

/** What goes out together under one version, again and again, is one release (metrics.md A2, structural). Plain numbers are counters, which two pipelines may share by chance. */
function isOneRelease(joint: readonly JointDeploy[], obsLo: number, level: number): boolean {
  const same = joint.filter(
    ({ deploy, versions }) => deploy.version !== null && !/^\d{1,6}$/.test(deploy.version) && versions.includes(deploy.version),
  );
  const share = wilson(same.length, joint.length, level);
  return share !== null && share.low >= obsLo && new Set(same.map(({ deploy }) => deploy.version)).size >= leastVersions;
}

function causeOf(joint: readonly JointDeploy[], isUmbrella: boolean, shipsContracts: boolean): Cause {
  if (isUmbrella) return "umbrella";
  const times = joint.map(({ deploy }) => deploy.time % week);
  const most = times.reduce(
    (best, start) =>
      Math.max(best, times.filter((time) => Math.min(Math.abs(time - start), week - Math.abs(time - start)) <= slot / 2).length),
    0,
  );
  if (joint.length > 0 && most / joint.length >= trainShare) return "train";
  return shipsContracts ? "contract" : "habit";
}

/** Half of the joint deploys ship a change of a contract of the two, and twice as many of them as of those that came alone. */
function isContract(deploys: readonly number[], joint: readonly JointDeploy[], changes: readonly number[]): boolean {
  if (joint.length === 0 || changes.length === 0) return false;
  const times = new Set(joint.map(({ deploy }) => deploy.time));
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
