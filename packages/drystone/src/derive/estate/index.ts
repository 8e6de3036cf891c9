export { type Across, deriveEstate, type Estate, type Obstacle, type SystemChangeSets, underOtherSettings } from "./estate.js";
