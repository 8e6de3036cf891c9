export { checkOwnershipRules, type OwnershipCheck, type OwnershipInput } from "./ownership-rules.js";
