/** Do deploys of several services at once fail more often than deploys of one? */
import type { Batches, ProductionDeploys } from "#derive/deploys/index.js";
import type { Finding } from "#model/result.js";
import { newcombe } from "#util/statistics/index.js";
import { finding, percent, rounded } from "../_shared/index.js";
import { isJointDeploy } from "./joint.js";

export interface FailureShares {
  readonly alone: { readonly failed: number; readonly n: number };
  readonly together: { readonly failed: number; readonly n: number };
}

/** Null where the log does not say how deploys ended. */
export function failureShares(
  log: ProductionDeploys | null,
  batches: Pick<Batches, "windowSeconds"> | null,
): FailureShares | null {
  const told = (log?.deploys ?? []).filter(({ success }) => success !== null);
  if (log === null || batches === null || told.every(({ success }) => success === true)) return null;
  const isJoint = isJointDeploy(log.deploys, batches.windowSeconds);
  const shares = { alone: { failed: 0, n: 0 }, together: { failed: 0, n: 0 } };
  for (const [index, { success }] of log.deploys.entries()) {
    if (success === null) continue;
    const counts = isJoint[index] === true ? shares.together : shares.alone;
    counts.n++;
    if (!success) counts.failed++;
  }
  return shares;
}

const least = 10;

/** Only a difference whose interval excludes none. */
export function failures(
  log: ProductionDeploys | null,
  batches: Pick<Batches, "windowSeconds"> | null,
  level: number,
): Finding[] {
  const shares = failureShares(log, batches);
  if (shares === null || shares.alone.n < least || shares.together.n < least) return [];
  const { alone, together } = shares;
  const difference = newcombe(together.failed, together.n, alone.failed, alone.n, level);
  if (difference === null || difference.low <= 0) return [];
  const failed = (log?.deploys ?? []).filter(({ success }) => success === false);
  return [
    finding({
      code: "lockstep-deployment/fail-together",
      severity: "note",
      subjects: ["system"],
      message: `Of ${together.n} deploys that came with another service ${percent(together.failed / together.n)} failed, of ${alone.n} that came alone ${percent(alone.failed / alone.n)}.`,
      fix: "Deploy what failed together one after the other, and see which one needs the other.",
      value: rounded(difference.value),
      unit: "difference of shares",
      interval: [rounded(difference.low), rounded(difference.high)],
      sample: { n: together.n + alone.n, of: "deploys" },
      evidence: failed.slice(0, 20).map(({ id }) => ({ type: "deploy" as const, id })),
      evidenceTotal: failed.length,
    }),
  ];
}
