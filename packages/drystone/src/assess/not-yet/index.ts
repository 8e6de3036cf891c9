export { assessNotYet } from "./not-yet.js";
