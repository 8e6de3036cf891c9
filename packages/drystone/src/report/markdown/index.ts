export { toMarkdown } from "./to-markdown.js";
