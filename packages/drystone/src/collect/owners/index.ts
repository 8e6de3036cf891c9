export { collectOwners, type OwnersFiles } from "./collect-owners.js";
