export { assessChattiness } from "./chattiness.js";
