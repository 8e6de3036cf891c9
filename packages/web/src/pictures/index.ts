export { DependencyMatrix } from "./dependency-matrix/dependency-matrix.js";
export { EstateMap } from "./estate-map/estate-map.js";
export { OwnershipMatrix } from "./ownership/ownership-matrix.js";
export { OwnershipTreemap } from "./ownership/ownership-treemap.js";
export { PairTimeline } from "./pair-timeline/pair-timeline.js";
export { SymptomBar, SymptomLegend } from "./symptom-bars/symptom-bar.js";
export { Trends } from "./trends/trends.js";
