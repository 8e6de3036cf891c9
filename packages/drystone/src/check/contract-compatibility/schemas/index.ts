/** Does what one side sends keep to what the other one expects? The words of JSON Schema, in every dialect of OpenAPI and AsyncAPI too. */
export { type SchemaComparer, schemaComparer } from "./compare-schemas.js";
export { isAnything, part } from "./normal-schema.js";
export { normaliser } from "./normaliser.js";
export { type Dialect, type SchemaNode, type SchemaReader, schemaReader } from "./schema-reader.js";
export type { Comparison, Gap, SchemaDirection } from "./walk.js";
