/** Tables and the files that use them. */
export { type KnownTable, type KnownUse, knownTables } from "./known-tables.js";
