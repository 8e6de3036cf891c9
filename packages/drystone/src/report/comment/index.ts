export { checkMarkdown } from "#report/_shared/index.js";
