/** What changed in contracts, for a terminal and for a pull request. */
export { contractsToMarkdown } from "./contracts-to-markdown.js";
export { contractsToText } from "./contracts-to-text.js";
export { checklistToText, compatibleToText, contractListToText } from "./lists.js";
export { checklistToMarkdown, compatibleToMarkdown, contractListToMarkdown } from "./lists-to-markdown.js";
