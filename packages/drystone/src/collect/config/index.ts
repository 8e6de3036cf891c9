export { closest } from "./closest.js";
export { type KeptValue, readConfig, type SystemDeclaration } from "./read-config.js";
export { configJsonSchema } from "./schema.js";
