export { collectTableTouches } from "./collect-table-touches.js";
