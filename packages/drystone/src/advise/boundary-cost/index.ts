export { askBoundaryCost, type BoundaryCost } from "./boundary-cost.js";
