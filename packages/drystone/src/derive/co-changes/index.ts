/** What changes together: counts, degrees, and which pairs do so more often than chance and wide change sets explain. */
export { type ChangeSets, type CoChange, type CoChanges, coChanges } from "./co-changes.js";
export {
  type FileAuthors,
  type FileCoupling,
  type FileCouplingOptions,
  fileAuthors,
  fileCoupling,
  fileSumOfCoupling,
} from "./code-maat.js";
export { type PairCounts } from "./pair-table.js";
export { type ChanceOptions, type PairChance, type PairsBeyondChance, pairsBeyondChance } from "./pairs-beyond-chance.js";
