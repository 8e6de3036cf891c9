export { coupledPairs, type Pair } from "./pairs.js";
export { pooledRipple, type Ripple, type ServiceRipple } from "./ripple.js";
