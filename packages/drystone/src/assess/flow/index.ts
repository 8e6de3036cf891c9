export { assessFlow } from "./flow.js";
