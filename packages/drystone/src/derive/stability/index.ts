export { type CommunityChurn, churnOf, communityChurn } from "./community-churn.js";
