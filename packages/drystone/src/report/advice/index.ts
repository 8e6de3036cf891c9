export { adviceHeadline } from "./advice-headline.js";
export { adviceToMarkdown } from "./advice-to-markdown.js";
export { adviceToText } from "./advice-to-text.js";
export { type AdviceRow, type AdviceView, adviceView, splitQuestions } from "./advice-view.js";
