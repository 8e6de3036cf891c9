export { type SystemWindow, systemWindow } from "./window.js";
