export { type ComponentOwnership, componentOwnership, type OwnerShare } from "./component-ownership.js";
export { type OwnerRefs, ownerRefs } from "./owner-refs.js";
export { ownersOf, type PathOwners, type RuleSource } from "./owners-of.js";
export { compilePattern, compileSegments, type Dialect, type SegmentsMatcher } from "./pattern.js";
export { type OwnershipResolution, ownershipResolution } from "./resolution.js";
