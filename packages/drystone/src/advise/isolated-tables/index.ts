export { signalIsolatedTables } from "./isolated-tables.js";
