export {
  type ChangeSet,
  type ChangeSetPart,
  changeSetsOf,
  joinByKey,
  namesTicket,
  type RepositoryChangeSets,
  type RepositoryView,
  viewRepository,
} from "./change-sets.js";
export type { Cut } from "./cuts.js";
export type { Mainline } from "./mainline.js";
export type { Unit } from "./units.js";
