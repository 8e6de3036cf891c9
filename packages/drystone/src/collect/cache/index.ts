export { writeAtomically } from "./write-atomically.js";
