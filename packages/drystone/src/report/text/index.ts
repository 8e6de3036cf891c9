export { toText } from "./to-text.js";
