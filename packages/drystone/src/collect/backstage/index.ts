export { type CatalogEntity, isCatalogFile, readCatalog } from "./read-catalog.js";
