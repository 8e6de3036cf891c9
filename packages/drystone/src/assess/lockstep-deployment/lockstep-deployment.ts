/**
 * Does deploying one service require deploying others at the same time?
 * Temporal: pairs that deploy together beyond what working hours explain. Structural: one version for several services in the manifests (metrics.md A2).
 */
import type { Estate } from "#derive/estate/index.js";
import type { Assessment, VerdictWord } from "#model/result.js";
import { type Assess, assessment, counted, interval, percent, rounded } from "../_shared/index.js";
import { failures } from "./failures.js";
import { declaredFindings, groupFindings, pairFindings, timedFindings } from "./findings.js";
import { deployMeasures } from "./measures.js";
import { type Lockstep, observe } from "./observe.js";
import type { Pair } from "./pairs.js";
import { isBundled, reasonsOf } from "./reasons.js";

const id = "lockstep-deployment";
const question = "Does deploying one service require deploying others at the same time?";

export const assessLockstepDeployment: Assess = (estate) => {
  if (estate.services.length < 2) {
    const reason = `The question needs at least 2 services; ${estate.services.length === 1 ? "there is one" : "there are none"}.`;
    return { assessment: assessment(id, question, { verdict: "not-applicable", reasons: [reason] }), measures: [] };
  }
  const { A2, nMin, ci } = estate.parameters;
  const found = observe(estate);
  const inPairs = new Set(found.pairs.filter(({ isLockstep }) => isLockstep).flatMap(({ a, b }) => [a, b]));
  const pairShare = shareOf(found, ({ isLockstep }) => isLockstep);
  const openShare = shareOf(found, ({ isLockstep, isTimed, isCrowded }) => isLockstep || isTimed || isCrowded);
  const structural = found.bound.length / found.services.length;
  const { batches } = found;
  const verdict = judge(estate, found, pairShare, openShare);
  return {
    assessment: assessment(
      id,
      question,
      {
        verdict,
        ...valueOf(found, pairShare, inPairs.size),
        conditions: [
          {
            text: `present: one version expression for ${percent(A2.structuralShare)} of the services or more`,
            met: found.versioned.length === 0 ? null : structural >= A2.structuralShare,
            source: "parameters A2",
          },
          {
            text: `present: a third of the services with ${nMin.deploys} deploys deploys in lockstep with another`,
            met: found.isTemporal ? pairShare >= A2.pairShare : null,
            source: "parameters A2",
          },
          {
            text: `absent: share of batches with several services, upper bound ≤ ${A2.batchAbsent}, and no common version`,
            met:
              found.isTemporal && batches?.estimate != null
                ? batches.estimate.high <= A2.batchAbsent && found.groups.length === 0
                : null,
            source: "parameters A2",
          },
          {
            text: `deploys of two services, ${nMin.deploys} of each, over ${A2.weeks} weeks`,
            met: found.isTemporal,
            source: "parameters A2",
          },
        ],
        grade: gradeOf(found, structural >= A2.structuralShare, inPairs.size > 0),
        reasons: reasonsOf(estate, found, inPairs.size),
        missing: found.isTemporal ? (verdict === "unknown" ? [decidingTimed] : []) : [missing(found, nMin.deploys, A2.weeks)],
        findings: [
          ...groupFindings(found, estate),
          ...pairFindings(found),
          ...timedFindings(found),
          ...declaredFindings(found),
          ...failures(found.log, batches, ci.level),
        ],
      },
      ci.level,
    ),
    measures: deployMeasures(found),
  };
};

/** Of the services with enough deploys, those in a pair of this kind. */
function shareOf({ pairs, judged }: Lockstep, isMeant: (pair: Pair) => boolean): number {
  return new Set(pairs.filter(isMeant).flatMap(({ a, b }) => [a, b])).size / Math.max(1, judged.length);
}

/**
 * Where manifests say that services cannot be deployed apart and the log shows that they are, neither is believed alone.
 * One version for a product that customers get as a whole is what they ask for. What always goes at the same hour, or too often to tell, is not known to go apart.
 */
function judge(estate: Estate, found: Lockstep, pairShare: number, openShare: number): VerdictWord {
  const { A2 } = estate.parameters;
  const isStructural = found.bound.length / found.services.length >= A2.structuralShare;
  const isApart = found.isTemporal && (found.batches?.estimate?.high ?? 1) <= A2.batchAbsent && openShare === 0;
  if (found.isTemporal && pairShare >= A2.pairShare) return isBundled(estate) ? "mixed" : "present";
  if (isStructural) return isApart || isBundled(estate) ? "mixed" : "present";
  if (isApart && found.groups.length === 0) return "absent";
  if (openShare >= A2.pairShare) return "unknown";
  return found.isTemporal || found.groups.length > 0 ? "mixed" : "unknown";
}

const decidingTimed: Assessment["missing"][number] = {
  input: "the version of each deploy: one version for all that goes at the same time makes it one release",
  how: "drystone assess PATH --deploys FILE   (JSON lines with service, version, time, environment, success)",
};

function valueOf(
  found: Lockstep,
  pairShare: number,
  inPairs: number,
): Pick<Assessment, "value" | "unit" | "interval" | "sample"> {
  const { services, grouped, judged, batches } = found;
  // The number that decides: what the log shows where there is one, else what the manifests say.
  if (found.isTemporal && inPairs === 0 && found.pairs.some(({ isTimed, isCrowded }) => isTimed || isCrowded))
    return { value: null, unit: null, interval: null, sample: null };
  if (found.isTemporal && (inPairs > 0 || found.groups.length === 0))
    return inPairs > 0 || batches === null
      ? { value: rounded(pairShare), unit: "share of services", interval: null, sample: { n: judged.length, of: "services" } }
      : {
          value: rounded(batches.several / Math.max(1, batches.clusters)),
          unit: "share of deploy batches",
          interval: interval(batches.estimate),
          sample: { n: batches.clusters, of: "deploy batches" },
        };
  if (found.versioned.length === 0) return { value: null, unit: null, interval: null, sample: null };
  return {
    value: rounded(grouped.length / services.length),
    unit: "share of services",
    interval: null,
    sample: { n: services.length, of: "services" },
  };
}

function gradeOf(found: Lockstep, isStructural: boolean, hasPairs: boolean): Assessment["grade"] {
  if (found.isTemporal) return found.log?.proxies === true ? "C" : isStructural && hasPairs ? "A" : "B";
  return found.versioned.length > 0 ? "C" : null;
}

function missing(found: Lockstep, least: number, weeks: number): Assessment["missing"][number] {
  const known =
    found.log === null
      ? ""
      : ` (so far ${counted(found.log.deploys.length, found.log.proxies ? "release told by tags and manifests" : "deploy", found.log.proxies ? "releases told by tags and manifests" : "deploys")} over ${Math.floor(found.weeks)} weeks)`;
  return {
    input: `deploys to production of ${weeks} weeks, ${least} of each service${known}`,
    how: "drystone assess PATH --deploys FILE   (from GitHub: gh api --paginate repos/OWNER/NAME/deployments > FILE)",
  };
}
