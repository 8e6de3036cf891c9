export { type ConfigDocument, readDocument } from "./document.js";
export { alternatives, expansions, fill, hasCapture, trimmed } from "./globs.js";
export {
  moduleFileSchema,
  policyKeys,
  type RawDependency,
  type RawLayer,
  type RawModule,
  type RawRule,
  type RawStatements,
} from "./policy-schema.js";
export { type DeclaredPolicy, type KeptValue, readConfig, type SystemDeclaration } from "./read-config.js";
export { configJsonSchema } from "./schema.js";
export { validateAs } from "./validate.js";
