export { signalTackedOn } from "./tacked-on.js";
