export { assessDeveloperSpread } from "./developer-spread.js";
