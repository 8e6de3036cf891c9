export { type Cut, conductance } from "./conductance.js";
export { type Crossing, type Crossings, crossings, importEdges, type TableUse, tableUses } from "./crossings.js";
export { findPart, type Part, type PartAnswer, partOfComponent, partOfFiles, wholePart } from "./part.js";
export { changesInside, type PartChanges } from "./part-changes.js";
export { ownershipOfPart, type PartOwnership } from "./part-ownership.js";
export { publicEntries } from "./public-entries.js";
