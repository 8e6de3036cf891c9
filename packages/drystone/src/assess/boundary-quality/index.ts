export { assessBoundaryQuality } from "./boundary-quality.js";
