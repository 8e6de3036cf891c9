export { decideSplit, type SplitCase } from "./split-out.js";
