export { toSarif } from "./to-sarif.js";
