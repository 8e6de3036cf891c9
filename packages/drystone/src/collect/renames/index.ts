export { movedFiles, renamesBetween } from "./moved-files.js";
