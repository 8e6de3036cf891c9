export { missingMembers, missingOwners } from "./missing-teams.js";
export { type ObservedOwner, observedOwners } from "./observed-owners.js";
export { owningTeams, type Responsible, responsibleFor, subjectsOfOwnership } from "./owning-teams.js";
export {
  byComponent,
  changesOfComponents,
  isKnown,
  type PeopleAnswer,
  peopleAnswer,
  strongestTeam,
  teamWeights,
} from "./team-changes.js";
