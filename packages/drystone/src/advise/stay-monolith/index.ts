export { adviseStay, type StayFacts } from "./stay-monolith.js";
