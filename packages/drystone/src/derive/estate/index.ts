export {
  type Across,
  deriveEstate,
  type Estate,
  historyObstacles,
  type Obstacle,
  type SystemChangeSets,
  underOtherSettings,
} from "./estate.js";
