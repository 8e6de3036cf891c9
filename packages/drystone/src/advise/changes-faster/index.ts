export { signalChangesFaster } from "./changes-faster.js";
