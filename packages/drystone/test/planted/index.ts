export {
  type PolyrepoTruth,
  writeDecoupledPolyrepo,
  writeDocsRepository,
  writeLibraryMonorepo,
  writeMonolith,
  writePolyrepo,
} from "./controls.js";
export { writeExampleShop } from "./example-shop.js";
export { drawParameters, type PlantedParameters } from "./parameters.js";
export { type PlantedHistory, plantedEnd, plantHistory } from "./planted-history.js";
export { type PlantedTruth, type Ratio } from "./truth.js";
export { writePlanted } from "./write.js";
