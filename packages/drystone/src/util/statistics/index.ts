/** Statistics for noisy history, each checked against known answers. Everything is deterministic: what resamples takes a seed. */
export { benjaminiHochberg, mannWhitney, rateRatio } from "./comparisons.js";
export {
  degreeOfAuthorship,
  effectiveNumber,
  fractalValue,
  quantiles,
  teamStability,
} from "./concentration.js";
export { hypergeometricTail } from "./distributions.js";
export {
  type Cluster,
  type Estimate,
  newcombe,
  proportionInterval,
  type Thresholds,
  verdictOfProportion,
  weeklyClusters,
  wilson,
} from "./proportions.js";
export { interval, rounded } from "./rounded.js";
export {
  adjustedRandIndex,
  type Congruence,
  congruence,
  coordinationRequirements,
  crossTeamShare,
  type Matrix,
  teamRequirements,
} from "./structure.js";
