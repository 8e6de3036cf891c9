export { assessLibraryDrift } from "./library-drift.js";
