/** What reporters share: safe text, numbers for readers, names, evidence, and the order in which a report says things. */
export { escapeMarkdown } from "./escape-markdown.js";
export { evidenceCommand, evidenceText, repositoryArgument, shellQuoted } from "./evidence.js";
export { counted, listed, type NameOf, namesOf } from "./names.js";
export { comparisonText, isShare, percent, plainNumber, quantity, sampleText } from "./numbers.js";
export { type Folders, newPage, type Page, type TextOptions, type Tone } from "./page.js";
export type { RelationsView } from "./relations.js";
export { bar, type Scale, scaleOf } from "./scale.js";
export { checklistCaveat, isProblem, symptomIds, topicOf, verdictMark } from "./topics.js";
export {
  commandsOf,
  gradeNote,
  type ReportView,
  type RowGroup,
  type RowView,
  reportView,
  type StepView,
  strongestFirst,
  type UnknownView,
} from "./view.js";
export { clean, displayWidth, shorten, tame } from "./width.js";
