export { type ChangedFile, crossingTeams } from "./crossing-teams.js";
export { checkOwnershipRules, type OwnershipCheck, type OwnershipInput } from "./ownership-rules.js";
