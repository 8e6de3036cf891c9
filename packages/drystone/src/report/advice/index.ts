export { adviceToMarkdown } from "./advice-to-markdown.js";
export { adviceToText } from "./advice-to-text.js";
export { splitQuestions } from "./advice-view.js";
