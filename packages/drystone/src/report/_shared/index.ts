/** What reporters share: safe text, numbers for readers, names, evidence, and the order in which a report says things. */
export { counted, listed } from "#util/words.js";
export { checkMarkdown } from "./check-markdown.js";
export { escapeMarkdown } from "./escape-markdown.js";
export { evidenceCommand, evidenceText, repositoryArgument, shellQuoted, shortCommit } from "./evidence.js";
export { compareFindings, type FindingsView, findingsView, messageAndFix, pathOf, placeOf } from "./findings.js";
export { type NameOf, namesOf } from "./names.js";
export { comparisonText, isShare, percent, plainNumber, quantity, sampleText } from "./numbers.js";
export { type Folders, newPage, type Page, type TextOptions, type Tone } from "./page.js";
export type { RelationsView } from "./relations.js";
export { bar, type Scale, scaleOf } from "./scale.js";
export type { Topic } from "./topic.js";
export { checklistCaveat, isProblem, peopleIds, symptomIds, topicOf, verdictMark } from "./topics.js";
export {
  commandsOf,
  explainCommand,
  gradeNote,
  type HeadlineView,
  type ReportView,
  type RowGroup,
  type RowView,
  reportView,
  rowOf,
  type StepView,
  strongestFirst,
  type UnknownView,
  unitWords,
} from "./view.js";
export { clean, displayWidth, shorten, tame } from "./width.js";
