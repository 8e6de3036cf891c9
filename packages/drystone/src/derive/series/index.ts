export { seriesMeasures } from "./series-measures.js";
