/** Statistics for noisy history, each checked against known answers. Everything is deterministic: what resamples takes a seed. */
export { benjaminiHochberg, fisherGreater, mannKendall, rateRatio, senSlope, type Trend } from "./comparisons.js";
export {
  communicationChannels,
  degreeOfAuthorship,
  effectiveNumber,
  fractalValue,
  organisationalCoupling,
  quantiles,
  teamStability,
} from "./concentration.js";
export { hypergeometricTail, normalQuantile, normalTail } from "./distributions.js";
export {
  type Cluster,
  clopperPearson,
  type Estimate,
  kishEffectiveSize,
  newcombe,
  proportionInterval,
  type Thresholds,
  verdictOfProportion,
  weekBootstrap,
  weeklyClusters,
  wilson,
} from "./proportions.js";
export {
  adjustedRandIndex,
  type Congruence,
  congruence,
  coordinationRequirements,
  crossTeamShare,
  type Matrix,
  type Propagation,
  propagationCost,
  teamRequirements,
} from "./structure.js";
