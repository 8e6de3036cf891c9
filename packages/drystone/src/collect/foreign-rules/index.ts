export {
  type ForeignRules,
  type KnownViolation,
  type ModuleDraft,
  moduleDraft,
  type RuleDraft,
  type Unread,
} from "./foreign-rules.js";
export { foreignFormats, readForeignRules } from "./read-foreign-rules.js";
