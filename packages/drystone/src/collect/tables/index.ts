export { collectTableTouches, mayNameTables, patchTableTouches } from "./collect-table-touches.js";
