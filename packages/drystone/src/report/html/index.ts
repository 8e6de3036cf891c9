export { type PageData, packedFrom, pageJson, toHtml } from "./to-html.js";
