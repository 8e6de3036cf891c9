export { type MembershipCoverage, type TeamMembership, type TeamShare, teamMembership } from "./team-membership.js";
