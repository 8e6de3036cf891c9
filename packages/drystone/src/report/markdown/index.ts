export { escapeMarkdown } from "#report/_shared/index.js";
export { toMarkdown } from "./to-markdown.js";
