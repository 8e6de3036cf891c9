export { toJunit } from "./to-junit.js";
