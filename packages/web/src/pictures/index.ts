import { DependencyMatrix } from "./dependency-matrix/dependency-matrix.js";
import { EstateMap } from "./estate-map/estate-map.js";
import { OwnershipMatrix } from "./ownership/ownership-matrix.js";
import { OwnershipTreemap } from "./ownership/ownership-treemap.js";

export { DependencyMatrix, EstateMap, OwnershipMatrix, OwnershipTreemap };
export const pictures = { EstateMap, OwnershipMatrix, OwnershipTreemap, DependencyMatrix };
