export { type AuthoredFile, authoredFiles, truckFactor } from "./truck-factor.js";
