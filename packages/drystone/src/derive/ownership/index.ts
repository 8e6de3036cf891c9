export { type ComponentOwnership, componentOwnership, type OwnerShare, ownedShare } from "./component-ownership.js";
export { type OwnerRefs, ownerRefs } from "./owner-refs.js";
export { ownersBySource, ownersOf, type PathOwners, type RuleSource, ruleSource } from "./owners-of.js";
export { compilePattern, type Dialect } from "./pattern.js";
export { type OwnershipResolution, ownershipResolution } from "./resolution.js";
