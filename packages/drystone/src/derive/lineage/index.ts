export { type ComponentOfPath, componentIndex } from "./component-index.js";
export { type FolderMove, followRenames, type Lineage } from "./lineage.js";
