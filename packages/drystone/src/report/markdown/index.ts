export { escapeMarkdown, toMarkdown } from "./to-markdown.js";
