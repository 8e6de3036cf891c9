export { askOwner } from "./owner.js";
